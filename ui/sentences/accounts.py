"""What to say of log-ins, passwords and what an account may do."""

from app.services import errors
from ui.sentences.message import Message, Sentences, plain
from ui.text import _

SENTENCES: Sentences = {
    errors.LogInRefused: plain(lambda: (_("账号或密码不对。"), "", _("请再输一次。"))),
    errors.LogInDelayed: lambda error: Message(
        _("密码错误次数过多。"), "", _("请等 %(seconds)d 秒再试。") % {"seconds": error.wait_s}
    ),
    errors.AccountDisabled: plain(lambda: (_("这个账号已停用。"), "", _("请由管理员在“设置→账号”中启用。"))),
    errors.FirstPasswordKept: plain(
        lambda: (_("这个账号还在用初始密码。"), "", _("请先锁定窗口，用这个账号登录并改密码。"))
    ),
    errors.LoginTaken: lambda error: Message(
        _("账号 %(login)s 已经有了。") % {"login": error.login}, "", _("请换一个账号名。")
    ),
    errors.LastAdministrator: plain(
        lambda: (_("这是最后一个管理员，不能停用或改为其他角色。"), _("账号没有改动。"), _("请先指定另一个管理员。"))
    ),
    errors.BadPassword: lambda error: Message(
        _("新密码太简单。"),
        "",
        _("至少 %(count)d 个字符，不要只用一个字符或自己的名字。") % {"count": error.minimum_length},
    ),
    errors.NotPermitted: plain(lambda: (_("账号没有这项权限。"), "", _("请由有权限的人办理，权限在“设置→账号”中。"))),
}
