"""Members of a ZIP from elsewhere, taken as they lie in it: nothing unpacks to more than it was, and each has a bound."""

import zipfile


def read_stored(archive: zipfile.ZipFile, name: str, largest: int) -> bytes:
    """Return a member of at most ``largest`` bytes; KeyError when there is none.

    BadZipFile when it is larger, compressed, encrypted or damaged. OSError when the file cannot be read.
    """
    info = archive.getinfo(name)
    if info.file_size > largest or info.compress_type != zipfile.ZIP_STORED:
        raise zipfile.BadZipFile("too large, or compressed")
    try:
        return archive.read(info)
    except (RuntimeError, EOFError) as error:
        raise zipfile.BadZipFile("encrypted or cut") from error
