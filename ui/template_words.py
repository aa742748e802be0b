"""What templates, their blocks, their places and what is wrong with them are called on the screen. Qt-free."""

from collections.abc import Sequence

from app.domain.paper import PaperKind, SignerRole
from app.domain.paper_places import PLACES
from app.domain.template_draft import DATE, BlockKind, DraftBlock, TemplateDraft
from app.domain.template_remarks import TemplateFault, TemplateRemark
from ui.text import _, pgettext

LONGEST = 40


def block_words(kind: BlockKind) -> str:
    """Return what a kind of block is called."""
    return {
        BlockKind.TITLE: pgettext("template", "大标题"),
        BlockKind.ISSUER: pgettext("template", "发证机关"),
        BlockKind.ENDS: pgettext("template", "左右两端"),
        BlockKind.PARAGRAPH: pgettext("template", "正文"),
        BlockKind.GRID: pgettext("template", "表格"),
        BlockKind.TABLE: pgettext("template", "清单"),
        BlockKind.SIGNING: pgettext("template", "签名盖章"),
        BlockKind.CUT: pgettext("template", "裁切线"),
        BlockKind.CODE: pgettext("template", "二维码"),
        BlockKind.SPACE: pgettext("template", "空行"),
    }[kind]


def said_words(block: DraftBlock) -> str:
    """Return the beginning of what a block says."""
    words = " ".join(text for row in (*block.rows, block.lines) for text in row if text)
    return words if len(words) <= LONGEST else words[:LONGEST] + "…"


def setting_words(name: str) -> str:
    """Return what a setting of the paper, or an option of a block, is called; its own name where it has none."""
    return {
        "title": pgettext("template", "文书名称"),
        "levels": pgettext("template", "谁可以出"),
        "form": pgettext("template", "表单字段"),
        "numbering": pgettext("template", "编号样式"),
        "pending": pgettext("template", "编号前显示"),
        "text_size": pgettext("template", "正文字号"),
        "title_size": pgettext("template", "标题字号"),
        "line_height": pgettext("template", "行距倍数"),
        "note": pgettext("template", "页脚文字"),
        "witness": pgettext("template", "存证码前的字"),
        "proof": pgettext("template", "核验提示"),
        "copies": pgettext("template", "印哪几联"),
        "blank": pgettext("template", "空白凭证"),
        "holder": pgettext("template", "二维码里的姓名"),
        "holder_code": pgettext("template", "二维码里的证号"),
        "signatures": pgettext("template", "屏幕签名"),
        "indent": pgettext("template", "首行缩进"),
        "height": pgettext("template", "空格行高"),
        "size": pgettext("template", "宽度毫米"),
        "space": pgettext("template", "空几行"),
        "seal": pgettext("template", "圆圈里的字"),
        "foot": pgettext("template", "表尾"),
        "right": pgettext("template", "右边文字"),
        "blocks": pgettext("template", "内容"),
    }.get(name, name)


def places_for(draft: TemplateDraft, fields: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what to write for each place of this kind of paper, and its words, those that are wanted most first.

    The ``fields`` of the item's form come last, as far as the paper shows them.
    """
    usual = {
        "name": _("姓名"),
        "id_number": _("身份号码"),
        "sex": _("性别"),
        "birth_date": _("出生日期"),
        "household_address": _("户籍地址"),
        "number": _("编号"),
        "date": pgettext("template", "今天"),
        "valid_until": pgettext("template", "有效期至"),
        "body": pgettext("template", "发证机关"),
        "clerk": _("经办人"),
        "window_phone": _("联系电话"),
        "copy": pgettext("template", "第几联"),
    }
    known = PLACES[PaperKind(draft.kind)]
    labels = dict(fields)
    named = {**{name: words for name, words in usual.items() if name in known}}
    named |= {code: labels.get(code, code) for code in draft.form}
    named |= {name: name for name in sorted(known - named.keys())}
    return [(f"{{{name}}}", words) for name, words in named.items()]


def signer_words() -> dict[str, str]:
    """Return what is called who signs behind a label on the screen."""
    return {
        "": pgettext("template", "不在屏幕上签"),
        SignerRole.APPLICANT.value: _("申请人"),
        SignerRole.AGENT.value: _("代办人"),
        SignerRole.COLLECTOR.value: _("领取人"),
        DATE: pgettext("template", "签名日期"),
    }


def remark_words(draft: TemplateDraft, remark: TemplateRemark) -> str:
    """Return where something is to be mended, and how."""
    return f"{_where(draft, remark)}：{fault_words(remark)}"


def fault_words(remark: TemplateRemark) -> str:
    """Return how something is to be mended."""
    said = {"value": remark.value}
    words = {
        TemplateFault.EMPTY: _("请填写，或把它删去"),
        TemplateFault.BRACKETS: _("括号没有配对，或方括号里没有 {填写项}"),
        TemplateFault.PLACE: _("没有 {%(value)s} 这个填写项"),
        TemplateFault.NUMBER: _("请填 %(value)s 之间的数"),
        TemplateFault.NAME: _("“%(value)s”只能用小写字母、数字和 _"),
        TemplateFault.TWICE: _("“%(value)s”写了两次"),
        TemplateFault.NUMBERING: _("年份 {year} 和序号 {serial} 要各有一个"),
        TemplateFault.FORBIDDEN: _("%(value)s，村（社区）不得出具，请选县或乡镇"),
        TemplateFault.SIGNED: _("“%(value)s”处要签名，可是没有这一栏了"),
        TemplateFault.BLANK: _("空白证上印好的文字里不能有填写项，请改用表格"),
        TemplateFault.UNNAMED: _("请先在“整张文书”里写空白凭证的名称"),
        TemplateFault.GLYPHS: _("本机字体打印不出这些字：%(value)s"),
        TemplateFault.OTHER: "%(value)s",
    }[remark.fault]
    return words % said


def _where(draft: TemplateDraft, remark: TemplateRemark) -> str:
    field = remark.field.partition(".")[0]
    name = "" if field.isdecimal() else setting_words(field)
    if not remark.block:
        return name or setting_words("blocks")
    kind = block_words(draft.blocks[remark.block - 1].kind)
    place = _("第 %(block)d 块") % {"block": remark.block}
    return f"{place} {kind}{' ' if name else ''}{name}"
