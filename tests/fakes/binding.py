"""A binder that sets pages one after the other behind the mark of a PDF; passes the contract of the real one."""

from app.services.errors import BadAttachment

MARKS = (b"\xff\xd8", b"\x89PNG")


class PlainBinder:
    """Implements the port ``PageBinder``."""

    def bind(self, pages, title):
        if not all(page.data.startswith(MARKS) for page in pages):
            raise BadAttachment("damaged")
        described = [f"{page.media_type} {page.turn} ".encode() + page.data for page in pages]
        return b"%PDF-" + title.encode() + b"".join(described)
