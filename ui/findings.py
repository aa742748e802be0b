"""The words of what ``doctor`` finds: how things are, and what to do. Qt-free."""

import json
from collections.abc import Iterable

from app.services.findings import Finding, Grade
from ui.sentences import sentence
from ui.text import _

SIGNS = {Grade.GOOD: "✓", Grade.LOOK: "!", Grade.BAD: "✗"}


def as_lines(findings: Iterable[Finding]) -> str:
    """Return one line a finding, with a sign for how it is to be taken."""
    return "\n".join(f"{SIGNS[finding.grade]} {words(finding)}" for finding in findings)


def as_json(findings: Iterable[Finding]) -> str:
    """Return the findings for a script: code, grade, figures, words, and the name of the error if there was one."""
    told = [
        {
            "code": finding.code,
            "grade": finding.grade.value,
            "details": dict(finding.details),
            "error": type(finding.error).__name__ if finding.error else None,
            "words": words(finding),
        }
        for finding in findings
    ]
    return json.dumps(told, ensure_ascii=False, indent=1)


def words(finding: Finding) -> str:
    """Return one line about ``finding``."""
    if finding.error is not None:
        return sentence(finding.error).text
    good, otherwise = _lines()[finding.code]
    return (good if finding.is_good else otherwise or good) % finding.details


def _lines() -> dict[str, tuple[str, str]]:
    """Return, for each code, what to say when it is as it should be and when it is not; the same where one is empty."""
    return {
        "program": (
            _("立等 %(version)s，Python %(python)s，Qt %(qt)s，SQLCipher %(sqlcipher)s，%(system)s"),
            "",
        ),
        "disk": (_("磁盘剩余 %(free_mb)d MB"), _("磁盘只剩 %(free_mb)d MB，请腾出空间，至少要有 %(least_mb)d MB")),
        "disk_backup": (
            _("备份处剩余 %(free_mb)d MB"),
            _("备份处只剩 %(free_mb)d MB，请腾出空间或换一处，至少要有 %(least_mb)d MB"),
        ),
        "no_backup_place": ("", _("没有设置自动备份，请在“设置→备份”里选一处")),
        "backup_place_gone": ("", _("备份处现在找不到，请插上备份盘或检查网络")),
        "fonts": (
            _("程序自带的字体都在：%(names)s"),
            _("这些字没有字体能印：%(missing)s；请安装生僻字字体，如花园明朝或 SimSun-ExtB"),
        ),
        "characters": (
            _("能印通用规范汉字 %(standard)d/%(standard_total)d，基本区 %(basic)s，扩展区 %(extensions)s"),
            _("只能印通用规范汉字 %(standard)d/%(standard_total)d，基本区 %(basic)s，请重新安装"),
        ),
        "characters_and_more": (
            _(
                "能印通用规范汉字 %(standard)d/%(standard_total)d，基本区 %(basic)s，扩展区 %(extensions)s；"
                "要印更多生僻字，可安装字体 %(packages)s（Windows 为 SimSun-ExtB、SimSun-ExtG）"
            ),
            _("只能印通用规范汉字 %(standard)d/%(standard_total)d，基本区 %(basic)s，请重新安装"),
        ),
        "no_fonts": ("", _("程序自带的字体不见了，请重新安装")),
        "printers": (_("找到打印机 %(count)d 台：%(names)s"), ""),
        "no_printer": (_("没有找到打印机，文书可先存为 PDF"), ""),
        "libsane": (_("扫描仪程序库 libsane1 和 sane-airscan 都在"), ""),
        "no_libsane": (_("没有扫描仪程序库；要用扫描仪请安装 libsane1 和 sane-airscan"), ""),
        "no_airscan": (_("有扫描仪程序库 libsane1；网络扫描仪还要安装 sane-airscan"), ""),
        "scanners": (_("找到扫描仪 %(count)d 台：%(names)s"), ""),
        "no_scanner": (_("没有找到扫描仪，材料可用图片和 PDF 添加"), ""),
        "serial_ports": (_("串口可用：%(names)s"), ""),
        "serial_denied": (
            "",
            _("没有使用串口的权限：%(names)s；接读卡器请把这个用户加进 dialout 组，重新登录"),
        ),
        "photo_library": (_("身份证照片解码程序可用"), ""),
        "no_photo_library": (_("没有选身份证照片解码程序，读卡时不显示照片"), ""),
        "catalogue": (_("事项目录可用，共 %(items)d 项"), _("事项目录可用，但有提示：%(remarks)s")),
        "papers": (
            _("文书模板可用，共 %(templates)d 个，其中本柜台自己的 %(own)d 个"),
            _("文书模板有误，有错的改用自带的：%(remarks)s"),
        ),
        "keys_sealed": (_("密钥由口令封存"), ""),
        "keyring": (_("系统密钥环可用"), ""),
        "no_keyring": (_("系统密钥环不可用，新柜台的密钥将由口令封存"), ""),
        "pages": (_("数据文件完好"), ""),
        "journal": (_("台账的链与签名完好，共 %(entries)d 条"), ""),
        "clock": (
            _("时钟没有倒走"),
            _("电脑时钟比上一条记录早 %(behind_s)d 秒，请校准电脑时间；若记录的时间不对，请管理员在“设置→时钟”里校正"),
        ),
        "clock_silent": ("", _("很久没有记录了，请核对电脑的日期")),
    }
