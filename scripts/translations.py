"""Keeps the translations: ``extract``, ``update``, ``draft``, ``compile``, ``check``.

Chinese is the source language: the words in the code are what a clerk sees. ``check`` fails when a word lacks its
translation, when a placeholder differs, or when a file is older than the code.

``draft`` puts what is missing in Traditional Chinese by characters and marks it fuzzy, so that ``check`` asks for a
person: words differ across the strait. It needs OpenCC, which nothing else does:
``uv run --with opencc==1.4.2 scripts/translations.py draft``.
"""

import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

TOP = Path(__file__).resolve().parent.parent
LOCALE = TOP / "resources" / "locale"
TEMPLATE = LOCALE / "lideng.pot"
SPEAKING = ("commands", "ui")
"""Folders whose code speaks to people."""
LANGUAGES = ("zh_TW", "en")
DRAFTED = "zh_TW"
WORDING = {
    "文件夾": "資料夾",
    "文件": "檔案",
    "打印機": "印表機",
    "打印": "列印",
    "默認": "預設",
    "設置": "設定",
    "特別程序": "特別〇程〇序",
    "程序結果": "〇程〇序結果",
    "程序": "程式",
    "〇程〇序": "程序",
    "網絡": "網路",
    "軟件": "軟體",
    "數據": "資料",
    "屏幕": "螢幕",
    "鼠標": "滑鼠",
    "剪貼板": "剪貼簿",
    "粘貼": "貼上",
    "登錄": "登入",
    "賬號": "帳號",
    "保存": "儲存",
    "另存為": "另存新檔",
    "撤銷": "復原",
    "備份": "備份",
    "字號": "字級",
    "身份證": "身分證",
    "信息": "資訊",
    "臺賬": "台帳",
    "賬戶": "帳戶",
    "移動盤": "行動碟",
    "備份盤": "備份碟",
    "網路盤": "網路磁碟",
    "磁盤": "磁碟",
    "密鑰": "金鑰",
    "公鑰": "公開金鑰",
    "導出": "匯出",
    "哈希": "雜湊值",
    "模板": "範本",
    "字段": "欄位",
    "環境變量": "環境變數",
    "聯繫": "聯絡",
    "聯系": "聯絡",
    "打開": "開啟",
    "打不開": "無法開啟",
    "字符": "字元",
    "掃碼": "掃描條碼",
    "回車": "Enter ",
    "手機號應": "手機號碼應",
    "手機號，": "手機號碼，",
    "刷新": "重新整理",
    "複印件": "影本",
    "字體": "字型",
    "掃描儀地址": "掃描器位址",
    "掃描儀": "掃描器",
    "高拍儀": "文件攝影機",
    "攝像頭": "攝影機",
    "讀卡器": "讀卡機",
    "串口": "序列埠",
    "資料線": "傳輸線",
    "數據線": "傳輸線",
    "內存": "記憶體",
    "清晰度": "解析度",
    "灰度": "灰階",
    "查找": "尋找",
    "設備": "裝置",
    "按空格": "按空白鍵",
    "用戶組": "群組",
    "腳本": "指令稿",
    "運行": "執行",
    "錄入": "輸入",
    "重置": "重設",
    "週歲": "歲",
    "複議": "復議",
    "複核": "覆核",
    "銷燬": "銷毀",
    "演示": "示範",
    "退出碼": "結束代碼",
    "“": "「",
    "”": "」",
}
"""Words of the screen that are others there, longest first; a person decides in each place."""
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
"""The same words give the same file, whenever it is made."""
KEYWORDS = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
_PLACE = re.compile(r"%\(\w+\)[sd]|%%")


def main(command: str) -> int:
    """Carry out ``command`` and return the exit code."""
    acts = {"extract": extract, "update": update, "draft": draft, "compile": compile_all, "check": check}
    if command not in acts:
        print(f"usage: translations.py {'|'.join(acts)}")
        return 2
    return acts[command]()


def extract() -> int:
    """Write the words of the code to the template."""
    TEMPLATE.write_bytes(_po(_extracted()))
    return 0


def update() -> int:
    """Bring each translation up to the words of the code; new words come without a translation."""
    extract()
    for language in LANGUAGES:
        catalogue = _read(language)
        catalogue.update(_extracted(), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        _write(language, catalogue)
        missing = sum(1 for message in catalogue if message.id and not _is_translated(message))
        print(f"{language}: {missing} without a translation")
    return 0


def draft() -> int:
    """Propose Traditional Chinese for what has none; every proposal is fuzzy until a person has read it."""
    from opencc import OpenCC  # noqa: PLC0415  only this command needs it

    # By characters: the phrases of s2twp turn the 窗口 of a service centre into the 視窗 of a screen.
    convert = OpenCC("s2tw").convert
    catalogue = _read(DRAFTED)
    for message in catalogue:
        if message.id and not _is_translated(message):
            proposal = _worded(convert(_first(message.id)))
            message.string = (proposal,) if isinstance(message.id, tuple) else proposal
            message.flags.add("fuzzy")
    _write(DRAFTED, catalogue)
    return 0


def compile_all() -> int:
    """Write the files that the program reads."""
    for language in LANGUAGES:
        _path(language).with_suffix(".mo").write_bytes(_mo(_read(language)))
    return 0


def check() -> int:
    """Say what is missing, different or stale; 0 when nothing is."""
    wrong = [] if TEMPLATE.read_bytes() == _po(_extracted()) else ["the template is older than the code: run update"]
    for language in LANGUAGES:
        catalogue = _read(language)
        wrong += [f"{language}: {remark}" for remark in _remarks(catalogue)]
        compiled = _path(language).with_suffix(".mo")
        if not compiled.exists() or compiled.read_bytes() != _mo(catalogue):
            wrong.append(f"{language}: the compiled file is stale: run compile")
    print("\n".join(wrong) or "translations are complete")
    return 1 if wrong else 0


def _remarks(catalogue: Catalog) -> list[str]:
    words = {(message.id, message.context) for message in _extracted() if message.id}
    remarks = [
        f"{_first(word)}: not in the translation" for word, context in words if catalogue.get(word, context) is None
    ]
    for message in catalogue:
        if not message.id:
            continue
        if not _is_translated(message) or message.fuzzy:
            remarks.append(f"{_first(message.id)}: not translated")
        elif any(set(_PLACE.findall(part)) != set(_PLACE.findall(_first(message.id))) for part in _strings(message)):
            remarks.append(f"{_first(message.id)}: other placeholders")
    return remarks


def _extracted() -> Catalog:
    catalogue = Catalog(project="Lideng", charset="utf-8", header_comment="# Words of Lideng.", fuzzy=False)
    found = [
        (f"{folder}/{name}", line, word, context)
        for folder in SPEAKING
        for name, line, word, _comments, context in extract_from_dir(TOP / folder, keywords=KEYWORDS)
    ]
    for name, _line, word, context in sorted(found, key=lambda entry: (entry[0], entry[1])):
        catalogue.add(word, locations=[(name, 0)], context=context)
    return catalogue


def _read(language: str) -> Catalog:
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language, project="Lideng", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _write(language: str, catalogue: Catalog) -> None:
    _path(language).parent.mkdir(parents=True, exist_ok=True)
    _path(language).write_bytes(_po(catalogue))


def _worded(words: str) -> str:
    for mainland, there in WORDING.items():
        words = words.replace(mainland, there)
    return words


def _po(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=110, omit_header=False, include_lineno=False, sort_output=False)
    lines = buffer.getvalue().decode().splitlines()
    dated = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By')
    return ("\n".join(line for line in lines if not line.startswith(dated)) + "\n").encode()


def _mo(catalogue: Catalog) -> bytes:
    catalogue.creation_date = catalogue.revision_date = LONG_AGO
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "lideng.po"


def _is_translated(message: Message) -> bool:
    return all(_strings(message))


def _strings(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def _first(word: str | tuple[str, ...]) -> str:
    return word[0] if isinstance(word, tuple) else word


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
