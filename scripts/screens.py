"""Makes docs/screens anew: the walkthrough in light, dark, English and on a large screen, and two counters at a centre."""

import os
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from PIL import Image

from app.demonstration import PASSWORD, DemonstrationStarter
from app.services.preferences import Language, Preferences, Theme
from app.two_counters.place import TwoCounters
from app.two_counters.story import tell
from ui.walkthrough import SIZE, Walkthrough
from ui.walkthrough_central import CentralWalkthrough

SCREENS = TOP / "docs" / "screens"
LOOKS = {
    "light": (None, SIZE),
    "dark": (Preferences(theme=Theme.DARK), SIZE),
    "english": (Preferences(language=Language.ENGLISH), SIZE),
    "large": (Preferences(theme=Theme.LIGHT, text_percent=125), (1920, 1080)),
}
COLOURS = 256
CENTRAL = "central"
"""A village, its town and their centre."""


def main(wanted: list[str]) -> None:
    """Play the looks that are ``wanted``, all of them when none is named."""
    for name in wanted or (*LOOKS, CENTRAL):
        with tempfile.TemporaryDirectory() as out, tempfile.TemporaryDirectory() as cache:
            if name == CENTRAL:
                _play_two_counters(Path(out), Path(cache))
            else:
                _play(name, Path(out), Path(cache))
            shutil.rmtree(SCREENS / name, ignore_errors=True)
            (SCREENS / name).mkdir(parents=True)
            for picture in Path(out).glob("*.png"):
                _keep(picture, SCREENS / name / picture.name)
        print(SCREENS / name)


def _keep(picture: Path, place: Path) -> None:
    """Save a picture with 256 colours: a screen has few more, and the history of the repository keeps every one made."""
    with Image.open(picture) as whole:
        few = whole.convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(place, optimize=True)


def _play(name: str, out: Path, cache: Path) -> None:
    preferences, size = LOOKS[name]
    with DemonstrationStarter(cache, alone=True) as starter:
        Walkthrough(starter, PASSWORD, out, cache, preferences, size, starter.let_pass).play()


def _play_two_counters(out: Path, cache: Path) -> None:
    with TwoCounters(cache) as place:
        told = partial(tell, place, out)
        CentralWalkthrough(list(place.starters.values()), PASSWORD, out, cache, told, place.office_url).play()


if __name__ == "__main__":
    main(sys.argv[1:])
