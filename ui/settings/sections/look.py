"""The look of the window: colours, text size, language, and when it locks."""

from app.services.preferences import LONGEST_IDLE, OFF, ON, SHORTEST_IDLE, Language, Preferences, Theme
from ui.settings.presenters.look import LookPresenter
from ui.settings.section import Section
from ui.text import _, ngettext
from ui.widgets.choices import Segments

TEXT_SIZES = (100, 110, 125, 150)
LANGUAGES = [(Language.CHINESE, "简体中文"), (Language.TRADITIONAL, "繁體中文"), (Language.ENGLISH, "English")]
"""Each in its own words, for whoever cannot read the present one."""
IDLE_TIMES = (SHORTEST_IDLE, 5, 10, 30, LONGEST_IDLE)


class LookSection(Section):
    """Every choice takes effect at once."""

    key, icon = "look", "palette"

    @staticmethod
    def name() -> str:
        """Return what the section is called."""
        return _("外观")

    def build(self) -> None:
        """Make the choices."""
        self.presenter = LookPresenter(self.around, self)
        self._theme = Segments([(Theme.LIGHT, _("浅色")), (Theme.DARK, _("深色")), (Theme.AUTO, _("随系统"))])
        self._contrast = Segments([(OFF, _("普通")), (ON, _("高对比"))])
        self._size = Segments([(str(size), f"{size}%") for size in TEXT_SIZES])
        self._language = Segments(LANGUAGES)
        self._idle = Segments(
            [(str(n), ngettext("%(count)d 分钟", "%(count)d 分钟", n) % {"count": n}) for n in IDLE_TIMES]
        )
        card = self.card(_("窗口外观"), _("立即生效"))
        self.setting(card, "theme", _("颜色"), self._theme, "颜色 主题 深色 浅色 夜间 theme colour color dark light")
        words = "对比 高对比 黑白 看不清 视力 contrast high black white accessibility"
        self.setting(card, "contrast", _("对比度"), self._contrast, words)
        self.setting(card, "size", _("字号"), self._size, "字号 字体 大小 放大 text font size zoom large")
        self.setting(
            card,
            "language",
            _("语言"),
            self._language,
            "语言 中文 简体 繁體 繁体 英文 language chinese traditional english",
        )
        self.setting(card, "idle", _("离开锁定"), self._idle, "锁定 锁屏 离开 空闲 lock idle away screen timeout")
        self._theme.chosen.connect(lambda value: self.presenter.change(theme=Theme(value)))
        self._contrast.chosen.connect(lambda value: self.presenter.change(high_contrast=value == ON))
        self._size.chosen.connect(lambda value: self.presenter.change(text_percent=int(value)))
        self._language.chosen.connect(lambda value: self.presenter.change(language=Language(value)))
        self._idle.chosen.connect(lambda value: self.presenter.change(idle_minutes=int(value)))

    def start(self) -> None:
        """Show what is chosen."""
        self.presenter.start()

    def render(self, preferences: Preferences) -> None:
        """Show what is chosen."""
        self._theme.set_value(preferences.theme)
        self._contrast.set_value(ON if preferences.high_contrast else OFF)
        self._size.set_value(str(_nearest(preferences.text_percent, TEXT_SIZES)))
        self._language.set_value(preferences.language)
        self._idle.set_value(str(_nearest(preferences.idle_minutes, IDLE_TIMES)))


def _nearest(value: int, choices: tuple[int, ...]) -> int:
    return min(choices, key=lambda choice: abs(choice - value))
