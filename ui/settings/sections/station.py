"""The window itself: what was said of it at the first start."""

from ui.settings.section import Section
from ui.text import _
from ui.widgets.texts import ElidedLabel
from ui.words import level_words


class StationSection(Section):
    """One line for each thing that the counter was told of itself."""

    key, icon = "station", "desktop"

    @staticmethod
    def name() -> str:
        """Return what the section is called."""
        return _("本窗口")

    def build(self) -> None:
        """Make the lines."""
        station = self.around.counter.station
        card = self.card(_("本窗口"))
        for key, name, words, search in (
            ("service_point", _("服务点"), station.service_point, "服务点 便民服务中心 service point"),
            ("body", _("机关"), station.body, "机关 单位 body office"),
            ("window", _("窗口"), f"{station.window}（{station.code}）", "窗口 编号 window station code"),
            ("level", _("层级"), level_words(station.level), "层级 level"),
            ("phone", _("查询电话"), station.phone, "电话 phone telephone"),
            ("prefix", _("文书字头"), station.paper_prefix, "文书 字头 字号 number prefix"),
        ):
            self.setting(card, key, name, ElidedLabel(words), search)
