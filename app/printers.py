"""Which printers this PC knows, by what the system has for asking; none is no error."""

import os
import shutil
import subprocess
import sys

PATIENCE_S = 5


def printers() -> tuple[str, ...]:
    """Return the names of the printers, sorted; nothing when there is none or nobody to ask."""
    return tuple(sorted(_windows() if sys.platform == "win32" else _cups()))


def _cups() -> list[str]:
    """Ask CUPS: ``lpstat -e`` lists queues, the network's too; older ones know only ``-p``."""
    lpstat = shutil.which("lpstat")
    if lpstat is None:
        return []
    queues = _lines(lpstat, "-e")
    if queues:
        return [line.split()[0] for line in queues]
    return [line.split()[1] for line in _lines(lpstat, "-p") if line.startswith("printer ")]


def _lines(*command: str) -> list[str]:
    plain = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603  a program of the system with constant arguments
            command, capture_output=True, timeout=PATIENCE_S, check=False, env=plain
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return [line for line in done.stdout.decode(errors="replace").splitlines() if line.strip()]


def _windows() -> list[str]:
    """Read the list that Windows keeps for each user."""
    if sys.platform != "win32":
        return []
    import winreg  # noqa: PLC0415  exists on Windows only

    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, r"Software\Microsoft\Windows NT\CurrentVersion\Devices") as key:
            return [winreg.EnumValue(key, place)[0] for place in range(winreg.QueryInfoKey(key)[1])]
    except OSError:
        return []
