"""Devices: which scanner, how it scans, a test; scanners by address, the document camera, the card reader, a folder."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel

from app.services.device_settings import AUTOMATIC, OWN_SCREEN
from app.services.errors import ScannerFault, ScannerTrouble
from app.services.ports import CameraInfo, Colours, Feeding, ScannerInfo, SheetSize
from ui import card_words
from ui.scan_choices import colour_choices, feeding_choices, resolution_choices, size_choices
from ui.sentences import sentence
from ui.settings.presenters.devices import DevicesPresenter, DevicesState
from ui.settings.section import Section, at_left
from ui.text import _, listed
from ui.widgets.buttons import ActionButton
from ui.widgets.choices import Segments
from ui.widgets.fields import ChoiceField, LineField
from ui.widgets.notices import Notice
from ui.widgets.texts import ElidedLabel, label

YES, NO = "yes", "no"


class DevicesSection(Section):
    """Every choice is kept at once; what was found stays shown until somebody looks again."""

    key, icon = "devices", "camera"

    @staticmethod
    def name() -> str:
        """Return what the section is called."""
        return _("设备")

    def build(self) -> None:
        """Make the cards."""
        self.presenter = DevicesPresenter(self.around, self)
        self._lay_out_scanner()
        self._lay_out_scanning()
        self._lay_out_others()

    def start(self) -> None:
        """Show how things are."""
        self.presenter.start()

    def render(self, state: DevicesState) -> None:
        """Show ``state``."""
        settings = state.settings
        _fill(self._scanner, [one.name for one in state.scanners], _scanner_name(state))
        self._scanner.setPlaceholderText(_("选择") if state.scanners else _("没有找到扫描仪"))
        self._known.setText(_scanner_words(state))
        self._look.set_busy(state.is_looking)
        self._test.set_busy(state.is_testing)
        self._notice.show_words(state.message, state.tone)
        self._show_picture(state.picture)
        self._addresses.set_value(state.address)
        self._feeding.set_value(settings.feeding)
        self._colours.set_value(settings.colours or AUTOMATIC)
        self._dpi.set_value(str(settings.dpi))
        self._size.set_value(settings.size)
        _fill(self._camera, [one.name for one in state.cameras], _camera_name(settings.camera, state.cameras))
        self._by_itself.set_value(YES if settings.takes_by_itself else NO)
        screen = {AUTOMATIC: _automatic_screen(), OWN_SCREEN: _own_screen()}.get(settings.signing_screen)
        screens = [_automatic_screen(), _own_screen(), *state.screens]
        _fill(self._screen, screens, screen or settings.signing_screen)
        self._folder.setText(settings.watched_folder or _("没有"))
        self._forget.setVisible(bool(settings.watched_folder))
        self._reader.setText(_reader_words(state))
        self._photos.setText(state.photos)
        self._forget_library.setVisible(bool(settings.photo_library))
        _fill(self._port, [_("自动查找"), *(one.device for one in state.ports)], settings.card_reader or _("自动查找"))

    def _lay_out_scanner(self) -> None:
        card = self.card(_("扫描仪"), _("USB 和网络扫描仪自动查找"))
        self._scanner, self._known = ChoiceField([]), label("", "small")
        self._known.setWordWrap(True)
        self._look = ActionButton(_("再找一次"), "F5", "arrows-clockwise")
        self._test = ActionButton(_("试扫一页"), "F6", "file-arrow-down")
        self._notice, self._picture = Notice(), QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._picture.setAccessibleName(_("试扫的一页"))
        self._addresses = LineField(longest=200)
        self._keep = ActionButton(_("按地址查找"), "F8", "magnifying-glass")
        words = "扫描仪 扫描 默认 设备 scanner scan device default sane wia"
        self.setting(card, "scanner", _("用哪一台"), self._scanner, words)
        for part in (self._known, self._notice, self._picture):
            card.body.addWidget(part)
        card.body.addLayout(at_left(self._look, self._test))
        words = "扫描仪 网络 地址 escl airscan network scanner address ip"
        self.setting(card, "network", _("网络扫描仪地址"), self._addresses, words)
        card.body.addLayout(at_left(self._keep))
        several = label(_("找不到的网络扫描仪填它的地址，如 192.0.2.20；几台用空格分开"), "small")
        several.setWordWrap(True)
        card.body.addWidget(several)
        self.findable("test", _("试扫一页"), self._test, "扫描 测试 试扫 test scan")
        self._scanner.edited.connect(self.presenter.choose_scanner)
        self._look.fired.connect(self.presenter.look)
        self._test.fired.connect(self.presenter.test)
        self._addresses.edited.connect(self.presenter.type_addresses)
        self._addresses.onward.connect(self.presenter.keep_addresses)
        self._keep.fired.connect(self.presenter.keep_addresses)

    def _lay_out_scanning(self) -> None:
        card = self.card(_("怎样扫描"), _("收件时按 Ctrl+F10 也可以改"))
        self._feeding, self._colours = feeding_choices(), colour_choices()
        self._dpi, self._size = resolution_choices(), size_choices()
        self.setting(card, "feeding", _("进纸"), self._feeding, "进纸 平板 双面 feeder adf flatbed duplex")
        self.setting(card, "colours", _("颜色"), self._colours, "颜色 彩色 灰度 黑白 colour grey black white")
        self.setting(card, "dpi", _("清晰度 dpi"), self._dpi, "清晰度 分辨率 dpi resolution")
        self.setting(card, "size", _("幅面"), self._size, "幅面 纸张 a4 a3 page size paper")
        self._feeding.chosen.connect(lambda value: self.presenter.change(feeding=Feeding(value)))
        self._colours.chosen.connect(lambda value: self.presenter.change(colours=Colours(value) if value else None))
        self._dpi.chosen.connect(lambda value: self.presenter.change(dpi=int(value)))
        self._size.chosen.connect(lambda value: self.presenter.change(size=SheetSize(value)))

    def _lay_out_others(self) -> None:
        card = self.card(_("高拍仪和读卡器"))
        self._camera = ChoiceField([], _("没有找到高拍仪"))
        self._by_itself, self._reader = Segments([(YES, _("自动拍")), (NO, _("按键拍"))]), ElidedLabel()
        self._port = ChoiceField([])
        words = "高拍仪 摄像头 拍照 camera document uvc"
        self.setting(card, "camera", _("高拍仪"), self._camera, words)
        self.setting(card, "by_itself", _("纸放平时"), self._by_itself, "高拍仪 自动 automatic capture camera")
        self.setting(card, "reader", _("读卡器"), self._reader, "读卡器 身份证 串口 card reader serial port")
        self.setting(card, "port", _("读卡器串口"), self._port, "读卡器 串口 com tty serial port")
        self._photos = label()
        self._photos.setWordWrap(True)
        self._choose_library = ActionButton(_("选照片解码程序"), "", "folder-open")
        self._forget_library = ActionButton(_("不显示照片"), "", "prohibit", "quiet")
        words = "身份证 照片 头像 解码 photo decoder wlt"
        self.setting(card, "photos", _("身份证照片"), self._photos, words, wide=True)
        card.body.addLayout(at_left(self._choose_library, self._forget_library))
        card = self.card(_("屏幕签名"), _("另接一块屏幕或签名屏对着申请人，签名就在那里打开"))
        self._screen = ChoiceField([])
        words = "签名 屏幕 手写 第二屏 副屏 signature screen second display pad"
        self.setting(card, "screen", _("在哪块屏幕签"), self._screen, words)
        self._screen.edited.connect(self._choose_screen)
        card = self.card(_("扫描文件夹"), _("扫描仪只会存文件时用：在材料上按 Shift+F4，存进来的图片和 PDF 就收进去"))
        self._folder = ElidedLabel()
        self._choose = ActionButton(_("选文件夹"), "", "folder-open")
        self._forget = ActionButton(_("不再看这个文件夹"), "", "prohibit", "quiet")
        self.setting(card, "folder", _("看哪个文件夹"), self._folder, "文件夹 扫描 folder watch scan")
        card.body.addLayout(at_left(self._choose, self._forget))
        self._camera.edited.connect(self.presenter.choose_camera)
        self._port.edited.connect(lambda word: self.presenter.choose_port("" if word == _("自动查找") else word))
        self._by_itself.chosen.connect(lambda value: self.presenter.change(takes_by_itself=value == YES))
        self._choose_library.fired.connect(self.presenter.choose_photo_library)
        self._forget_library.fired.connect(self.presenter.forget_photo_library)
        self._choose.fired.connect(self.presenter.choose_folder)
        self._forget.fired.connect(self.presenter.forget_folder)

    def _choose_screen(self, word: str) -> None:
        known = {_automatic_screen(): AUTOMATIC, _own_screen(): OWN_SCREEN}
        self.presenter.change(signing_screen=known.get(word, word))

    def _show_picture(self, picture: bytes) -> None:
        self._picture.setVisible(bool(picture))
        if picture:
            pixmap = QPixmap()
            pixmap.loadFromData(picture)
            self._picture.setPixmap(pixmap)


def _fill(choice: ChoiceField, names: list[str], chosen: str) -> None:
    """Let ``names`` be chosen from, and the one that is chosen though it is away."""
    wanted = names if not chosen or chosen in names else [*names, chosen]
    if [choice.itemText(place) for place in range(choice.count())] != wanted:
        choice.clear()
        choice.addItems(wanted)
    choice.set_value(chosen)


def _automatic_screen() -> str:
    return _("另接的那一块")


def _own_screen() -> str:
    return _("只用这台的屏幕")


def _scanner_name(state: DevicesState) -> str:
    return state.scanner.name if state.scanner else state.settings.scanner_name


def _camera_name(key: str, cameras: tuple[CameraInfo, ...]) -> str:
    chosen = next((one for one in cameras if one.key == key), cameras[0] if cameras else None)
    return chosen.name if chosen else ""


def _scanner_words(state: DevicesState) -> str:
    """Return what the scanner can, or what to do when there is none."""
    if state.is_looking:
        return _("正在查找，网络扫描仪要等十几秒…")
    if not state.has_looked:
        return ""
    if not state.scanners:
        return _(
            "没有找到扫描仪。看看电源和数据线；Linux 要装 sane-utils 和 sane-airscan；"
            "还是没有，运行 scripts/run doctor 看看缺什么。"
        )
    if state.scanner is None and not state.settings.scanner:
        return sentence(ScannerFault(ScannerTrouble.NOT_CHOSEN)).what
    return _can(state.scanner) if state.scanner else _("这台现在没有应答。看看电源和数据线，再按 F5。")


def _reader_words(state: DevicesState) -> str:
    sign = card_words.sign(state.reader)
    if sign is None:
        return _("没有接读卡器，插上就能用")
    _icon, word, tip, _tone = sign
    at = f"·{state.reader_at.device}" if state.reader_at else ""
    return f"{word}{at} {tip}".strip()


def _can(scanner: ScannerInfo) -> str:
    words = {Feeding.FLATBED: _("平板"), Feeding.FEEDER: _("进纸器"), Feeding.BOTH_SIDES: _("进纸器双面")}
    width, height = scanner.largest_mm
    return _("%(feedings)s，最高 %(dpi)d dpi，最大 %(width)d×%(height)d mm") % {
        "feedings": listed([words[one] for one in scanner.feedings]),
        "dpi": scanner.resolutions[-1],
        "width": width,
        "height": height,
    }
