"""What is taken out of a ZIP from elsewhere, and what is not."""

import io
import zipfile

import pytest

from app.storage.stored_zip import read_stored


def archive_with(compression=zipfile.ZIP_STORED):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as archive:
        archive.writestr("page", b"ten bytes.")
    return data


def test_a_member_is_read_up_to_its_bound():
    with zipfile.ZipFile(archive_with()) as archive:
        assert read_stored(archive, "page", 10) == b"ten bytes."
        with pytest.raises(zipfile.BadZipFile):
            read_stored(archive, "page", 9)
        with pytest.raises(KeyError):
            read_stored(archive, "another", 10)


def test_a_member_that_would_unpack_is_refused():
    with zipfile.ZipFile(archive_with(zipfile.ZIP_DEFLATED)) as archive, pytest.raises(zipfile.BadZipFile):
        read_stored(archive, "page", 10)


def test_a_member_whose_bytes_were_changed_or_that_says_it_is_encrypted_is_refused():
    changed = archive_with().getvalue().replace(b"ten bytes.", b"ten other.")
    with zipfile.ZipFile(io.BytesIO(changed)) as archive, pytest.raises(zipfile.BadZipFile):
        read_stored(archive, "page", 10)
    with zipfile.ZipFile(archive_with()) as archive, pytest.raises(zipfile.BadZipFile):
        archive.getinfo("page").flag_bits |= 1
        read_stored(archive, "page", 10)
