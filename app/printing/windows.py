"""The list of printers that Windows keeps for each user. What prints there is drawn by Qt and lives in ``ui``."""

import sys


def names() -> list[str]:
    """Return the names of the printers; nothing elsewhere than on Windows."""
    if sys.platform != "win32":
        return []
    import winreg  # noqa: PLC0415  exists on Windows only

    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, r"Software\Microsoft\Windows NT\CurrentVersion\Devices") as key:
            return [winreg.EnumValue(key, place)[0] for place in range(winreg.QueryInfoKey(key)[1])]
    except OSError:
        return []
