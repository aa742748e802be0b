"""Which cameras are connected. Reads what the system tells; opens none of them."""

from pathlib import Path

from app.services.ports import CameraInfo

CLASS = Path("/sys/class/video4linux")
BY_ID = Path("/dev/v4l/by-id")
FILM = "film:"
"""Begins the key of a film that stands in for a camera."""


def linux_cameras(kinds: Path = CLASS, links: Path = BY_ID) -> list[CameraInfo]:
    """Return the cameras that Linux knows, in the order of their devices.

    A camera has several devices; only the first carries pictures. The key is its lasting link where there is one.
    """
    lasting = _lasting(links)
    return [
        CameraInfo(lasting.get(node.name, f"/dev/{node.name}"), _read(node / "name") or node.name)
        for node in sorted(kinds.glob("video*"), key=_number)
        if _read(node / "index") in {"", "0"}
    ]


def films_in(folder: Path | None) -> list[CameraInfo]:
    """Return the films that stand in for cameras where a tester has put some."""
    films = sorted(folder.glob("*.avi")) if folder else []
    return [CameraInfo(f"{FILM}{film.name}", film.stem) for film in films]


def _lasting(links: Path) -> dict[str, str]:
    """Return the lasting links, by the name of the device that each leads to."""
    try:
        return {link.resolve().name: str(link) for link in sorted(links.iterdir())}
    except OSError:
        return {}


def _number(node: Path) -> int:
    digits = node.name.removeprefix("video")
    return int(digits) if digits.isdecimal() else 0


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace").strip()
    except OSError:
        return ""
