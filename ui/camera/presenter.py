"""Leads from the live view of a document camera to pages: when to take one, of what, and what to say meanwhile. Qt-free.

One frame after the other is asked for, so that the camera never works ahead of the window. A page that was taken is
kept before the next frame is looked at.
"""

from collections.abc import Callable
from dataclasses import replace

from app.domain.application import Page
from app.services.device_settings import DeviceSettingsService
from app.services.errors import CameraFault, CameraTrouble
from app.services.ports import CameraInfo, Cameras, Corner, Corners, Frame, LiveCamera, Photo, Runner
from ui.camera.state import WHOLE, CameraState, CameraView, Frozen, PhotoLook, PhotoPlace
from ui.sentences import sentence
from ui.text import _

STEP = 0.004
"""Of the picture's width or height, by which an arrow key moves a corner."""


class CameraPresenter:
    """One panel for one material."""

    def __init__(
        self,
        cameras: Cameras,
        devices: DeviceSettingsService,
        runner: Runner,
        view: CameraView,
        place: PhotoPlace | PhotoLook,
    ) -> None:
        self._cameras = cameras
        self._devices = devices
        self._runner = runner
        self._view = view
        self._place = place
        self._camera: LiveCamera | None = None
        self._state = CameraState(place.name, can_read=isinstance(place, PhotoPlace) and place.read is not None)
        self._is_closed = False
        self._pages: list[Page] = []
        self._taken_away: tuple[int, Page, Callable[[], None]] | None = None
        """The page that was taken away last: where it lay, and what brings it back."""
        self._wanted: Callable[[], None] | None = None
        """What the clerk asked for while a frame was being waited for."""

    # --- switching on and off ----------------------------------------------------------------------------------

    def open(self) -> None:
        """Show the panel and switch the camera on that was used last."""
        self._show(is_automatic=self._devices.read().takes_by_itself, hint=_("正在打开高拍仪…"))
        self._view.open()
        self.retry()

    def retry(self) -> None:
        """Look for cameras once more."""
        self._show(message="", hint=_("正在打开高拍仪…"))
        self._runner.run(lambda: tuple(self._cameras.devices()), self._found, self._failed)

    def choose(self, key: str) -> None:
        """Switch to another camera, and remember it."""
        if self._state.is_busy or key == self._state.camera:
            return
        self._switch_off()
        self._devices.keep(camera=key)
        self._switch_on(key)

    def back(self) -> None:
        """Let go of the picture that stands still, else close the panel; pages that were taken stay."""
        if self._state.frozen:
            if not self._state.is_busy:
                self._go_on()
        else:
            self.close()

    def close(self) -> None:
        """Switch the camera off and go away; a picture that stands still is let go of."""
        if self._is_closed:
            return
        self._is_closed = True
        self._switch_off()
        self._view.dismiss()
        if isinstance(self._place, PhotoPlace):
            self._place.closed()

    def _found(self, cameras: tuple[CameraInfo, ...]) -> None:
        if self._is_closed:
            return
        keys = [camera.key for camera in cameras]
        used = self._devices.read().camera
        self._show(cameras=cameras)
        if keys:
            self._switch_on(used if used in keys else keys[0])
        else:
            self._failed(CameraFault(CameraTrouble.GONE))

    def _switch_on(self, key: str) -> None:
        self._show(camera=key, message="", hint=_("正在打开高拍仪…"))
        self._runner.run(lambda: self._cameras.open(key), lambda camera: self._opened(key, camera), self._failed)

    def _opened(self, key: str, camera: LiveCamera) -> None:
        if self._is_closed or key != self._state.camera:
            self._runner.run(camera.close, _nothing, _nothing)
            return
        self._camera = camera
        self._show(is_on=True)
        self._ask()

    def _switch_off(self) -> None:
        camera, self._camera = self._camera, None
        self._wanted = None
        self._show(is_on=False, is_busy=False, frozen=None)
        if camera is not None:
            self._runner.run(camera.close, _nothing, _nothing)

    # --- looking -----------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Ask for the next frame."""
        camera = self._camera
        if camera is not None:
            self._runner.run(camera.frame, lambda frame: self._seen(camera, frame), self._failure_of(camera))

    def _seen(self, camera: LiveCamera, frame: Frame) -> None:
        if camera is not self._camera:
            return
        self._view.show_frame(frame)
        self._tell(self._hint(frame))
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            wanted()
        elif self._state.is_automatic and frame.is_still and frame.is_new:
            self._take(self._take_by_itself)
        else:
            self._ask()

    def _hint(self, frame: Frame) -> str:
        if frame.corners is None:
            usual = _("把纸放到镜头下，放平。")
            return usual if self._state.is_automatic else _("把纸放到镜头下，按空格拍。")
        if not self._state.is_automatic:
            return _("看到纸了，按空格拍。")
        if frame.is_still and not frame.is_new:
            return _("这一页拍过了，请换下一页。要再拍一次按空格。")
        return _("看到纸了，放平不动就自动拍。")

    def _tell(self, hint: str) -> None:
        if hint != self._state.hint:
            self._show(hint=hint)

    # --- taking ------------------------------------------------------------------------------------------------

    def set_automatic(self, *, on: bool) -> None:
        """Take sheets by itself as soon as they lie still, or only when asked."""
        self._devices.keep(takes_by_itself=on)
        self._show(is_automatic=on)

    def take(self) -> None:
        """Take a picture now, or keep the one that stands still; without a camera, look for it again."""
        if self._state.frozen:
            self._keep(self._state.frozen.photo, self._state.frozen.corners, are_seen=True)
        elif self._state.is_on:
            self._want(lambda: self._take(self._take_when_found))
        elif self._state.message:
            self.retry()

    def freeze(self) -> None:
        """Let the picture stand still to look at it and to move its corners."""
        if self._state.is_on and not self._state.frozen:
            self._want(lambda: self._take(self._freeze))

    def _want(self, act: Callable[[], None]) -> None:
        """Do ``act`` at the next frame, unless something is being done already."""
        if not self._state.is_busy:
            self._wanted = act

    def _take(self, then: Callable[[Photo], None]) -> None:
        camera = self._camera
        if camera is not None:
            self._show(is_busy=True)
            self._runner.run(camera.take, lambda photo: self._taken(camera, photo, then), self._failure_of(camera))

    def _taken(self, camera: LiveCamera, photo: Photo, then: Callable[[Photo], None]) -> None:
        if camera is self._camera:
            self._show(is_busy=False)
            then(photo)

    def _take_by_itself(self, photo: Photo) -> None:
        """Keep a sheet that lay still; one that was moved in that moment is waited for."""
        if photo.corners is None:
            self._ask()
        else:
            self._keep(photo, photo.corners)

    def _take_when_found(self, photo: Photo) -> None:
        """Keep what was taken; without edges the clerk says where the sheet lies, unless it is only looked at."""
        if photo.corners is None and isinstance(self._place, PhotoPlace):
            self._freeze(photo)
        else:
            self._keep(photo, photo.corners or WHOLE)

    def _freeze(self, photo: Photo) -> None:
        found = photo.corners is not None
        hint = _("四角对不对？拖动四角，或按 1 到 4 选一个、用方向键移动；按空格拍。")
        lost = _("没有找到纸边。拖动四角，或按 1 到 4 选一个、用方向键移动；按空格拍。")
        self._show(frozen=Frozen(photo, photo.corners or WHOLE), hint=hint if found else lost)

    def _keep(self, photo: Photo, corners: Corners, *, are_seen: bool = False) -> None:
        """Keep a picture; ``are_seen`` when the clerk has looked at its corners."""
        place = self._place
        if self._state.is_busy:
            return
        if isinstance(place, PhotoLook):
            self.close()
            place.seen(photo)
            return
        self._show(is_busy=True)
        self._runner.run(
            lambda: place.keep(photo),
            lambda page: self._kept(place, page, photo, corners, are_seen=are_seen),
            lambda error: self._not_kept(photo, corners, error),
        )

    def _kept(self, place: PhotoPlace, page: Page, photo: Photo, corners: Corners, *, are_seen: bool) -> None:
        place.kept(page, corners if are_seen else None)
        if self._is_closed:
            return
        self._pages.append(page)
        self._view.add_taken(photo, corners)
        self._show(taken=len(self._pages), is_busy=False)
        self._go_on()

    def _not_kept(self, photo: Photo, corners: Corners, error: Exception) -> None:
        """Hold the picture and say why: it is not lost as long as it stands here."""
        if not self._is_closed:
            self._show(frozen=Frozen(photo, corners), is_busy=False, message=sentence(error).text)

    def _go_on(self) -> None:
        """Go back to the live view."""
        self._show(frozen=None, message="")
        self._ask()

    # --- what was taken ----------------------------------------------------------------------------------------

    def take_away(self, index: int = -1) -> None:
        """Take a page away that was taken here, the last one where none is named."""
        if not self._pages or isinstance(self._place, PhotoLook):
            return
        index = index if 0 <= index < len(self._pages) else len(self._pages) - 1
        page = self._pages.pop(index)
        self._taken_away = index, page, self._place.take_away(page)
        self._view.remove_taken(index)
        self._show(taken=len(self._pages), can_bring_back=True)

    def bring_back(self) -> None:
        """Have the page back that was taken away last."""
        if self._taken_away is None:
            return
        (index, page, bring_back), self._taken_away = self._taken_away, None
        bring_back()
        self._pages.insert(index, page)
        self._view.bring_back_taken(index)
        self._show(taken=len(self._pages), can_bring_back=False)

    def read(self) -> None:
        """Read what was taken as a card or a licence; the panel goes away for it."""
        read = self._place.read if isinstance(self._place, PhotoPlace) else None
        if read is not None and self._pages and not (self._state.frozen or self._state.is_busy):
            self.close()
            read()

    # --- corners -----------------------------------------------------------------------------------------------

    def choose_corner(self, corner: int) -> None:
        """Let arrow keys move this corner, from 0: upper left, upper right, lower right, lower left."""
        if self._state.frozen:
            self._show(frozen=replace(self._state.frozen, chosen=corner))

    def nudge(self, across: int, down: int) -> None:
        """Move the chosen corner by steps."""
        if frozen := self._state.frozen:
            corner = frozen.corners[frozen.chosen]
            self.move_corner(frozen.chosen, corner.x + across * STEP, corner.y + down * STEP)

    def move_corner(self, corner: int, x: float, y: float) -> None:
        """Put a corner there, within the picture."""
        if frozen := self._state.frozen:
            moved = [*frozen.corners]
            moved[corner] = Corner(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))
            first, second, third, fourth = moved
            self._show(frozen=Frozen(frozen.photo, (first, second, third, fourth), corner))

    # --- inside ------------------------------------------------------------------------------------------------

    def _failure_of(self, camera: LiveCamera) -> Callable[[Exception], None]:
        """Return what tells of a failure of ``camera``, unless another one is on by then."""
        return lambda error: self._failed(error) if camera is self._camera else None

    def _failed(self, error: Exception) -> None:
        if self._is_closed:
            return
        self._switch_off()
        self._show(message=sentence(error).text, hint="")

    def _show(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        if not self._is_closed:
            self._view.render(self._state)


def _nothing(_result: object) -> None:
    """Need nothing of a camera that was switched off."""
