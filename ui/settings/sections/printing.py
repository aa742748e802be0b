"""Printing: which printer prints which kind of paper, from which tray, how often; and the receipt printer."""

from app.domain.paper import PaperKind
from app.services.ports import DOTS_58, DOTS_80, PrinterInfo
from app.services.print_settings import MOST_COPIES, ON_THE_ROLL
from ui.paper_titles import kind_words
from ui.print_words import SIZES, size_words, tray_words
from ui.sentences.printers import printer_trouble
from ui.settings.presenters.printing import PrintPresenter, PrintState
from ui.settings.section import Section, at_left
from ui.text import _, listed
from ui.widgets.buttons import ActionButton
from ui.widgets.choices import Segments
from ui.widgets.fields import ChoiceField, LineField
from ui.widgets.notices import Notice
from ui.widgets.texts import label

OWN, DRAWN = "own", "drawn"
OPENED = frozenset({PaperKind.CASE_REGISTER, PaperKind.RECOVERY_SHEET})
"""Kinds that are opened in the system's own program, to be kept as well as printed."""
AT_ONCE, BY_KEY = "at_once", "by_key"


class PrintSection(Section):
    """Every choice is kept at once."""

    key, icon = "printing", "printer"

    @staticmethod
    def name() -> str:
        """Return what the section is called."""
        return _("打印")

    def build(self) -> None:
        """Make the cards."""
        self.presenter = PrintPresenter(self.around, self)
        self._kinds: dict[str, PaperKind | None] = {_("所有文书"): None} | {
            kind_words(kind): kind for kind in PaperKind
        }
        self._printers: dict[str, str | None] = {}
        self._trays: dict[str, str] = {}
        self._sizes: dict[str, str] = {}
        self._lay_out_printers()
        self._lay_out_roll()

    def start(self) -> None:
        """Show how things are."""
        self.presenter.start()

    def render(self, state: PrintState) -> None:
        """Show ``state``."""
        choice, usual = state.choice, state.settings.usual
        shown = choice or usual
        self._kind.set_value(_("所有文书") if state.kind is None else kind_words(state.kind))
        self._printers = _printer_choices(state)
        chosen = next((name for name, key in self._printers.items() if key == (choice and choice.printer)), "")
        _fill(self._printer, list(self._printers), chosen)
        printer = state.printer
        self._trays = {_("打印机自己定"): ""} | {tray_words(one): one for one in _trays(printer, shown.tray)}
        self._sizes = {_("打印机自己定"): ""} | {size_words(one): one for one in _sizes(printer, shown.size)}
        _fill(self._tray, list(self._trays), tray_words(shown.tray) if shown.tray else _("打印机自己定"))
        _fill(self._size, list(self._sizes), size_words(shown.size) if shown.size else _("打印机自己定"))
        self._copies.set_value(str(shown.copies))
        of_sheets = choice is not None and choice.printer not in {"", ON_THE_ROLL}
        for field in (self._tray, self._size, self._copies):
            field.setEnabled(of_sheets)
        self._when.set_value(AT_ONCE if state.settings.by_itself else BY_KEY)
        self._known.setText(_known_words(state))
        self._own.setText(_own_words(state))
        self._own.setVisible(bool(state.settings.own))
        self._look.set_busy(state.is_looking)
        self._test.set_busy(state.is_testing)
        self._notice.show_words(state.message, state.tone)
        self._address.set_value(state.address)
        self._width.set_value(str(state.settings.roll.dots))
        self._han.set_value(OWN if state.settings.roll.types_han else DRAWN)
        self._test_roll.set_busy(state.is_testing)
        self._roll_notice.show_words(state.roll_message, state.roll_tone)

    def _lay_out_printers(self) -> None:
        card = self.card(_("打印机"), _("选好以后，打印就直接送到打印机"))
        self._kind, self._printer = ChoiceField(list(self._kinds)), ChoiceField([])
        self._tray, self._size = ChoiceField([]), ChoiceField([])
        self._copies = ChoiceField([str(number) for number in range(1, MOST_COPIES + 1)])
        self._when = Segments([(BY_KEY, _("按 Ctrl+P 打")), (AT_ONCE, _("自动打"))])
        self._known, self._own = label("", "small"), label("", "small")
        for words in (self._known, self._own):
            words.setWordWrap(True)
        self._look = ActionButton(_("再找一次"), "F5", "arrows-clockwise")
        self._test = ActionButton(_("试打一页"), "F6", "printer")
        self._notice = Notice()
        words = "打印 打印机 文书 种类 printer print paper kind cups"
        self.setting(card, "kind", _("哪种文书"), self._kind, words)
        self.setting(card, "printer", _("用哪一台"), self._printer, words)
        self.setting(card, "tray", _("纸盒"), self._tray, "纸盒 进纸 tray source")
        self.setting(card, "size", _("纸张"), self._size, "纸张 幅面 a4 a5 paper size media")
        self.setting(card, "copies", _("份数"), self._copies, "份数 copies")
        self.setting(card, "by_itself", _("受理、出证后"), self._when, "自动 打印 automatic print")
        for part in (self._known, self._own, self._notice):
            card.body.addWidget(part)
        card.body.addLayout(at_left(self._look, self._test))
        self.findable("test", _("试打一页"), self._test, "打印 测试 试打 test print")
        self._kind.edited.connect(lambda word: self.presenter.choose_kind(self._kinds[word]))
        self._printer.edited.connect(lambda word: self.presenter.choose_printer(self._printers[word]))
        self._tray.edited.connect(lambda word: self.presenter.change(tray=self._trays[word]))
        self._size.edited.connect(lambda word: self.presenter.change(size=self._sizes[word]))
        self._copies.edited.connect(lambda word: self.presenter.change(copies=int(word)))
        self._when.chosen.connect(lambda value: self.presenter.choose_by_itself(by_itself=value == AT_ONCE))
        self._look.fired.connect(self.presenter.look)
        self._test.fired.connect(self.presenter.test)

    def _lay_out_roll(self) -> None:
        card = self.card(_("小票打印机"), _("收件凭证、受理通知书和取件凭证可以打成小票，在上面按文书选"))
        self._address = LineField(longest=100)
        self._width = Segments([(str(DOTS_80), "80 mm"), (str(DOTS_58), "58 mm")])
        self._han = Segments([(OWN, _("打印机自带")), (DRAWN, _("程序画"))])
        self._test_roll = ActionButton(_("试打一张"), "F8", "printer")
        self._roll_notice = Notice()
        words = "小票 热敏 打印机 地址 网络 串口 usb receipt thermal escpos address"
        self.setting(card, "roll", _("地址"), self._address, words)
        hint = label(_("网络填 192.0.2.9，串口填 /dev/ttyUSB0，USB 填 /dev/usb/lp0；不用就空着"), "small")
        hint.setWordWrap(True)
        card.body.addWidget(hint)
        self.setting(card, "roll_width", _("纸宽"), self._width, "小票 纸宽 58 80 width")
        self.setting(card, "roll_han", _("汉字"), self._han, "小票 汉字 字库 chinese font")
        card.body.addWidget(self._roll_notice)
        card.body.addLayout(at_left(self._test_roll))
        self._address.edited.connect(self.presenter.type_address)
        self._address.left.connect(self.presenter.change_roll)
        self._width.chosen.connect(lambda value: self.presenter.change_roll(dots=int(value)))
        self._han.chosen.connect(lambda value: self.presenter.change_roll(types_han=value == OWN))
        self._test_roll.fired.connect(self.presenter.test_roll)


def _printer_choices(state: PrintState) -> dict[str, str | None]:
    """Return what can be chosen, by name; None is as everything else, empty the system's own program."""
    found: dict[str, str | None] = {} if state.kind is None else {_("和所有文书一样"): None}
    found[_("不用打印机，打开 PDF")] = ""
    for one in state.printers:
        name = one.name if one.name not in found else f"{one.name}·{one.key.partition(':')[2]}"
        found[f"{name}·{one.place}" if one.place else name] = one.key
    if state.takes_slips:
        found[_("小票打印机")] = ON_THE_ROLL
    choice = state.choice
    if choice is not None and choice.printer not in found.values():
        found[choice.name or choice.printer] = choice.printer
    return found


def _trays(printer: PrinterInfo | None, chosen: str) -> list[str]:
    trays = [tray for tray in (printer.trays if printer else ()) if tray != "auto"]
    return trays if not chosen or chosen in trays else [*trays, chosen]


def _sizes(printer: PrinterInfo | None, chosen: str) -> list[str]:
    """Return the sizes that a counter knows, of those that the printer has."""
    sizes = [size for size in SIZES if printer and size in printer.sizes]
    return sizes if not chosen or chosen in sizes else [*sizes, chosen]


def _fill(field: ChoiceField, words: list[str], chosen: str) -> None:
    if [field.itemText(place) for place in range(field.count())] != words:
        field.clear()
        field.addItems(words)
    field.set_value(chosen)


def _known_words(state: PrintState) -> str:
    """Return how the chosen printer is, or what to do when there is none."""
    if state.is_looking:
        return _("正在查找…")
    if state.has_looked and not state.printers and not state.message:
        return _("系统里没有打印机。请先在系统的打印机设置里添加，再按 F5。")
    if state.printer is not None:
        return "".join(printer_trouble(state.printer.trouble)) if state.printer.trouble else _("这台可以打印。")
    choice = state.choice or state.settings.usual
    away = state.has_looked and choice.printer not in {"", ON_THE_ROLL}
    return _("这台现在没有应答。看看电源和数据线，再按 F5。") if away else ""


def _own_words(state: PrintState) -> str:
    """Return which kinds have a printer of their own."""
    roll, none = _("小票打印机"), _("不用打印机，打开 PDF")
    told = [
        f"{kind_words(kind)} → {roll if one.printer == ON_THE_ROLL else one.name or one.printer or none}"
        for kind, one in state.settings.own.items()
    ]
    return _("单独选的：%(kinds)s") % {"kinds": listed(told)}
