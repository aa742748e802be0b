"""The words of what ``doctor`` finds. Qt-free."""

from collections.abc import Mapping
from typing import Protocol

from ui.text import _, sentence


class Finding(Protocol):
    """What a finding tells; see ``app.examination``."""

    code: str
    is_good: bool
    details: Mapping[str, str | int]
    error: Exception | None


def words(finding: Finding) -> str:
    """Return one line about ``finding``."""
    if finding.error is not None:
        return sentence(finding.error).text
    good, bad = _lines()[finding.code]
    return (good if finding.is_good else bad) % finding.details


def _lines() -> dict[str, tuple[str, str]]:
    """Return, for each code, what to say when it is as it should be and when it is not."""
    return {
        "program": (_("立等 %(version)s，Python %(python)s，%(system)s"), ""),
        "disk": (_("磁盘剩余 %(free_mb)d MB"), _("磁盘只剩 %(free_mb)d MB，至少要有 %(least_mb)d MB")),
        "fonts": (_("字体齐全，生僻字可以打印"), _("没有字体能显示：%(missing)s")),
        "catalogue": (_("事项目录可用，共 %(items)d 项"), _("事项目录可用，但有提示：%(remarks)s")),
        "keys_sealed": (_("密钥由口令封存"), ""),
        "keyring": (_("系统密钥环可用"), ""),
        "no_keyring": (_("系统密钥环不可用，新柜台的密钥将由口令封存"), ""),
        "no_profile": (_("此文件夹还没有柜台：%(folder)s"), ""),
        "store": (_("数据可以打开"), _("数据打不开")),
        "pages": (_("数据文件完好"), _("数据文件已损坏")),
        "journal": (_("台账的链与签名完好"), _("台账核对不通过")),
        "clock": (_("时钟没有倒走"), _("时钟比上次登录早 %(behind_s)d 秒，请校准")),
    }
