"""The journal: verified here or by anybody, exported, and the views built from it again."""

import argparse
import sys

from app.config import Settings
from commands.exit_codes import GOOD, UNSOUND
from ui import terminal
from ui.sync_words import unsent_words
from ui.text import _, ngettext


def verify(_called: argparse.Namespace, settings: Settings) -> int:
    """Verify every entry of this counter's journal."""
    from app.open_profile import opened_profile  # noqa: PLC0415

    with opened_profile(settings, terminal.passphrase) as profile, terminal.progress(_("正在核对台账")) as tell:
        verified = profile.ledger.verify(tell)
    head = verified.head.hash.hex() if verified.head else "—"
    print(entries_words(verified.entries) % {"count": verified.entries})
    print(_("末条哈希 %(hash)s") % {"hash": head})
    return GOOD


def export(called: argparse.Namespace, settings: Settings) -> int:
    """Export the journal, or with it the images that the centre does not have."""
    from app.open_profile import opened_profile  # noqa: PLC0415

    with opened_profile(settings, terminal.passphrase) as profile, terminal.progress(_("正在导出台账")) as tell:
        if called.images:
            handed = profile.unsent.export(called.file, tell=tell)
            print(unsent_words(handed))
            return GOOD
        exported = profile.ledger.export(called.file, tell=tell)
    words = ngettext("已导出 %(count)d 条", "已导出 %(count)d 条", exported.entries)
    print(words % {"count": exported.entries})
    return GOOD


def check(called: argparse.Namespace, _settings: Settings) -> int:
    """Check an exported journal; nothing of this counter is needed."""
    from app.security.keys import verify  # noqa: PLC0415
    from app.storage.journal_file import check_export  # noqa: PLC0415

    checked = check_export(called.file, verify, called.key, called.witness)
    print(entries_words(checked.entries) % {"count": checked.entries})
    print(_("窗口 %(station)s，末条哈希 %(hash)s") % {"station": checked.station, "hash": checked.head})
    print(_("公钥 %(key)s") % {"key": checked.public_key})
    if not called.witness:
        return GOOD
    if checked.witnessed is None:
        print(_("没有哪一条的哈希以 %(digits)s 开头") % {"digits": called.witness}, file=sys.stderr)
        return UNSOUND
    body = checked.witnessed.read()
    where = {"seq": body["seq"], "at": body["at"], "case": body["case"] or "—"}
    print(_("凭据指第 %(seq)d 条，%(at)s，办件 %(case)s") % where)
    return GOOD


def rebuild(_called: argparse.Namespace, settings: Settings) -> int:
    """Build every view from the journal again."""
    from app.open_profile import opened_profile  # noqa: PLC0415

    with opened_profile(settings, terminal.passphrase) as profile, terminal.progress(_("正在重建")) as tell:
        count = profile.ledger.rebuild(tell)
    print(ngettext("已用 %(count)d 条重建", "已用 %(count)d 条重建", count) % {"count": count})
    return GOOD


def entries_words(count: int) -> str:
    """Return what is said of entries that are sound."""
    return ngettext("共 %(count)d 条，链与签名完好", "共 %(count)d 条，链与签名完好", count)
