"""Libraries that decode photos, compiled in the test: one that works, and ones that do what no library should."""

import shutil
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("decoder.c")
NO_LIBRARY = "not-a-library"


def compiled(folder: Path, *kinds: str) -> str:
    """Return the path of a library that behaves as the ``kinds`` say."""
    made = folder / f"lib{'-'.join(kinds) or 'works'}.so".lower()
    compiler = shutil.which("tcc") or shutil.which("cc")
    assert compiler, "scripts/test installs tcc"
    defined = [f"-D{kind}" for kind in kinds]
    subprocess.run([compiler, "-shared", "-fPIC", "-nostdlib", "-w", *defined, "-o", made, SOURCE], check=True)
    return str(made)


def no_library(folder: Path) -> str:
    """Return the path of a file that is none."""
    made = folder / NO_LIBRARY
    made.write_text("GetBmp unpack")
    return str(made)
