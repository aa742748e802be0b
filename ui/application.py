"""The Qt application: style, fonts, look, and Qt's own words in the chosen language. No window here."""

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from app.services.preferences import Preferences, Theme
from ui import text
from ui.fonts import load_text_fonts
from ui.theme import system_is_dark, theme


def make_application(cache: Path) -> QApplication:
    """Return the application of this process, made when there is none; fonts come from ``cache``."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Lideng")
    app.setApplicationDisplayName("立等")
    app.setStyle("Fusion")
    load_text_fonts(cache)
    return app


def follow(preferences: Preferences) -> None:
    """Let language, colours and text size follow ``preferences``, at once."""
    text.use(preferences.language)
    _translate_qt(preferences.language)
    dark = system_is_dark() if preferences.theme is Theme.AUTO else preferences.theme is Theme.DARK
    theme().apply(dark=dark, percent=preferences.text_percent, contrast=preferences.high_contrast)


def _translate_qt(language: str) -> None:
    """Let Qt's own buttons and menus speak the language too."""
    app = QApplication.instance()
    if app is None:
        return
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    translator = QTranslator(app)
    if translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
