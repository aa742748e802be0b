"""How large a file from outside and a page of it may be, and how much memory a process may take that reads them."""

import sys

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes."""
MOST_PAGES = 60
MOST_PIXELS = 40_000_000
"""A3 at 400 dpi has 31 million."""
DPI = 150
"""At which pages of a PDF are drawn: 12 pt text is well legible, an A4 page has some 200 kB."""
JPEG_QUALITY = 80
MOST_PIXELS_IN_ALL = 540_000_000
"""Sixty pages of A4 at 300 dpi have 522 million."""
LONGEST_SIDE = 65_500
"""Pixels; a JPEG can be no longer."""
LONGEST_PAGE_S = 4
"""A decoder that computes for so long without a page is given up; the slowest honest page, A3 at 400 dpi, takes one."""
LONGEST_S = 20
"""For all pages together, by the clock."""
MOST_MEMORY = 475 * 1024 * 1024
"""Bytes of address space of the decoding process."""
MOST_CLEANING_MEMORY = 1280 * 1024 * 1024
"""Bytes of address space of the cleaning process: the libraries take 480 MiB of it, the largest page 660 more."""


def limit_files(most_bytes: int) -> None:
    """Let this process write no file that is larger, and none at all for 0; pipes stay open. Windows has no such limit."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  there is none on Windows

        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))


def limit_process(most_bytes: int) -> None:
    """Let a bomb or a driver that runs wild fail in this process instead of taking the machine's memory.

    A crash leaves no picture of the process's memory on disk either. Windows has neither limit.
    """
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  there is none on Windows

        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
