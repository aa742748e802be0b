"""The words of backups, for the command line and the settings. Qt-free."""

from app.services.backup_files import Manifest
from ui.text import _, long_time


def backup_words(manifest: Manifest) -> str:
    """Return one line about a backup: whose, when made, up to which entry, and which sheet opens it."""
    what = _("%(place)s（%(station)s），%(time)s，第 %(epoch)d 期第 %(seq)d 条，程序 %(program)s") % {
        "place": manifest.place,
        "station": manifest.station,
        "time": long_time(manifest.made_at),
        "epoch": manifest.epoch,
        "seq": manifest.seq,
        "program": manifest.program,
    }
    return what + (_("，恢复单 %(sheet)s") % {"sheet": manifest.sheet} if manifest.sheet else "")
