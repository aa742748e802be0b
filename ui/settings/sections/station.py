"""The window itself: what stands on its papers, how long it is open, what the centre gave it."""

from app.domain.paper import PageSize
from ui.settings.presenters.station import StationPresenter, StationState
from ui.settings.section import Section, at_left
from ui.text import _
from ui.widgets.buttons import ActionButton
from ui.widgets.choices import Segments
from ui.widgets.fields import FormField, LineField
from ui.widgets.notices import Notice
from ui.widgets.texts import ElidedLabel, label
from ui.words import level_words


class StationSection(Section):
    """One form that is saved as a whole, and what the centre gave, which is not changed here."""

    key, icon = "station", "desktop"

    @staticmethod
    def name() -> str:
        """Return what the section is called."""
        return _("本窗口")

    def build(self) -> None:
        """Make the form."""
        self.presenter = StationPresenter(self.around, self)
        self._fields: dict[str, FormField] = {}
        self._reason = label("", "small")
        self._save = ActionButton(_("保存"), "F9", "check", "primary")
        self._notice = Notice()
        self._lay_out_form()
        self._lay_out_given()
        self._save.fired.connect(self.presenter.save)

    def start(self) -> None:
        """Show what is known."""
        self.presenter.start()

    def render(self, state: StationState) -> None:
        """Show ``state``."""
        usable = not state.why_not
        for place, shown in self._fields.items():
            shown.editor.set_value(state.values.get(place, ""))
            shown.editor.setEnabled(usable)
            shown.set_remark(state.problems.get(place, ""), "error" if place in state.problems else "")
        self._size.set_value(state.values.get("page_size", PageSize.A4))
        self._size.setEnabled(usable)
        self._save.set_usable(usable and state.is_changed and not state.problems)
        self._save.set_busy(state.busy)
        self._reason.setText(state.why_not or ("" if state.is_changed else _("还没有改动")))
        self._notice.show_words(state.message, "danger")

    def _lay_out_form(self) -> None:
        card = self.card(_("窗口与文书"), _("保存后写入台账"))
        for place, name, words in (
            ("service_point", _("服务点"), "服务点 便民服务中心 名称 service point centre name"),
            ("body", _("机关"), "机关 单位 落款 body office authority"),
            ("window", _("窗口名"), "窗口 window name"),
            ("phone", _("查询电话"), "电话 phone telephone number"),
            ("paper_prefix", _("文书字头"), "文书 字头 字号 编号 paper number prefix"),
            ("hours", _("开窗时间"), "上班 下班 工作时间 营业 window hours opening time"),
            ("verification_page", _("核验网页"), "核验 验证 证照 二维码 网址 网页 verification page qr code url"),
        ):
            line = LineField()
            line.edited.connect(lambda value, place=place: self.presenter.edit(place, value))
            field = self.setting(card, place, name, line, words)
            if field is not None:
                self._fields[place] = field
        self._size = Segments([(size, size) for size in PageSize])
        self.setting(card, "page_size", _("纸张"), self._size, "纸张 幅面 A4 A5 paper page size")
        self._size.chosen.connect(lambda value: self.presenter.edit("page_size", value))
        card.body.addLayout(at_left(self._save, self._reason))
        card.body.addWidget(self._notice)

    def _lay_out_given(self) -> None:
        station = self.around.counter.station
        card = self.card(_("由中心分配"), _("不能在这里更改"))
        for key, name, shown, words in (
            ("code", _("窗口编号"), station.code, "编号 代码 station code"),
            ("division", _("区划代码"), station.division, "区划 行政区 division code"),
            ("level", _("层级"), level_words(station.level), "层级 县 乡镇 村 level"),
        ):
            self.setting(card, key, name, ElidedLabel(shown), words)
