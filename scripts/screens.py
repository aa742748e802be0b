"""Makes docs/screens anew: the walkthrough in light, dark, English, and on a large screen."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from app.demonstration import PASSWORD, DemonstrationStarter
from app.services.preferences import Language, Preferences, Theme
from ui.walkthrough import SIZE, Walkthrough

SCREENS = TOP / "docs" / "screens"
LOOKS = {
    "light": (None, SIZE),
    "dark": (Preferences(theme=Theme.DARK), SIZE),
    "english": (Preferences(language=Language.ENGLISH), SIZE),
    "large": (Preferences(theme=Theme.LIGHT, text_percent=125), (1920, 1080)),
}


def main(wanted: list[str]) -> None:
    """Play the looks that are ``wanted``, all of them when none is named."""
    for name in wanted or LOOKS:
        preferences, size = LOOKS[name]
        with tempfile.TemporaryDirectory() as out, tempfile.TemporaryDirectory() as cache:
            with DemonstrationStarter(Path(cache)) as starter:
                Walkthrough(starter, PASSWORD, Path(out), Path(cache), preferences, size, starter.let_pass).play()
            shutil.rmtree(SCREENS / name, ignore_errors=True)
            (SCREENS / name).mkdir(parents=True)
            for picture in Path(out).glob("*.png"):
                shutil.copy(picture, SCREENS / name)
        print(SCREENS / name)


if __name__ == "__main__":
    main(sys.argv[1:])
