"""What only the desktop can do: choosing files, opening papers, the clipboard, logging what nobody foresaw."""

import logging
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.errors import BrokenRule
from app.services.errors import ServiceError
from ui.files import read_file
from ui.opened_papers import OpenedPapers
from ui.screens import other_screens
from ui.text import _

log = logging.getLogger(__name__)


class Desktop:
    """One for the window; papers that were opened are removed when it is closed."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self._opened = OpenedPapers()

    def choose_pages(self) -> list[bytes]:
        """Return the contents of the files that the clerk chooses, none when nothing is chosen."""
        kinds = _("图片和 PDF (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)")
        paths, _filter = QFileDialog.getOpenFileNames(self._parent, _("添加材料"), "", kinds)
        return [read_file(Path(path)) for path in paths]

    def choose_target(self, name: str, kinds: str) -> Path | None:
        """Return where the clerk wants to save, None when nowhere."""
        path, _filter = QFileDialog.getSaveFileName(self._parent, _("另存为"), name, kinds)
        return Path(path) if path else None

    def choose_folder(self) -> Path | None:
        """Return the folder that the clerk chooses, None for none."""
        path = QFileDialog.getExistingDirectory(self._parent, _("选文件夹"))
        return Path(path) if path else None

    def choose_source(self, kinds: str) -> Path | None:
        """Return the file that the clerk chooses to be read, None for none."""
        path, _filter = QFileDialog.getOpenFileName(self._parent, _("打开"), "", kinds)
        return Path(path) if path else None

    def open_paper(self, name: str, pdf: bytes) -> None:
        """Show a paper in the system's own program; the copy goes when the window is closed."""
        path = self._opened.keep(f"{name}.pdf", pdf)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def screens(self) -> tuple[str, ...]:
        """Return the names of the attached screens beside that of the window."""
        return tuple(other_screens(self._parent.window()))

    def copy(self, text: str) -> None:
        """Put ``text`` on the clipboard."""
        QGuiApplication.clipboard().setText(text)

    def pasted_pages(self) -> list[bytes]:
        """Return the picture or files on the clipboard, none when there are none."""
        return pages_in(QGuiApplication.clipboard().mimeData())

    def log_unforeseen(self, error: Exception) -> None:
        """Log an error whole unless it is one that was foreseen; of those what it was."""
        if isinstance(error, ServiceError | BrokenRule):
            log.info("told %s", error)
        else:
            log.error("unforeseen", exc_info=error)

    def close(self) -> None:
        """Remove the copies of papers that were opened."""
        self._opened.close()


def pages_in(mime: QMimeData) -> list[bytes]:
    """Return the contents of what was pasted or dropped: local files, or a picture."""
    if mime.hasUrls():
        return [read_file(Path(url.toLocalFile())) for url in mime.urls() if url.isLocalFile()]
    if not mime.hasImage():
        return []
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    mime.imageData().save(buffer, "PNG")
    return [bytes(buffer.data().data())]
