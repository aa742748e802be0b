"""How large a file from outside and a page of it may be."""

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
