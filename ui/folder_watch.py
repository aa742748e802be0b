"""Looks after the folder into which a scanner saves: takes its files into the material that waits for them, else offers them.

One for the window, called every LOOK_MS. What is taken is in the store before anybody here hears of it. Qt-free.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.domain.application import Page
from app.services.counter import Counter
from app.services.errors import BadAttachment, FolderGone, NotFound
from app.services.kept_pages import PagePlace
from app.services.ports import FoundFile, Runner
from app.services.watched_folder import WatchedFolderService
from ui.navigation import Navigator
from ui.scan_news import key_of
from ui.scanning import Scans
from ui.text import _, ngettext

LOOK_MS = 1500
PATIENCE = 400
"""Looks, ten minutes, for which a material waits for files before it is given up: it may have been forgotten."""
REST = 20
"""Looks, half a minute, without a file after which a stack is taken to be whole."""


@dataclass(frozen=True, slots=True)
class FolderSign:
    """What the strip tells of the folder: for which material files are waited, and that it does not answer."""

    waits_for: str = ""
    is_gone: bool = False
    place: PagePlace | None = None
    """Where the files go that are waited for."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """What came of some files."""

    pages: tuple[Page, ...] = ()
    stayed: int = 0
    """How many files could not be moved away, though their pages are there."""
    error: Exception | None = None


class FolderWatch:
    """``scans`` hears of each page that was taken, ``show`` of what the strip is to tell."""

    def __init__(
        self,
        counter: Counter,
        runner: Runner,
        navigator: Navigator,
        scans: Scans,
        show: Callable[[FolderSign], None],
    ) -> None:
        self._counter = counter
        self._runner = runner
        self._navigator = navigator
        self._scans = scans
        self._show = show
        self._is_busy = False
        self._place: PagePlace | None = None
        self._patience = 0
        self._offered: set[FoundFile] = set()
        self.sign = FolderSign()

    def use(self, counter: Counter) -> None:
        """Look after the folder of another counter from the next time on."""
        self._counter = counter

    def tick(self) -> None:
        """Look into the folder, unless that is being done."""
        service, folder = self._counter.watched_folder, self._counter.devices.read().watched_folder
        if self._is_busy:
            return
        if folder != service.folder:
            service.watch(folder)
            self._offered.clear()
            self._tell(is_gone=False)
        if self._place is not None:
            self._patience -= 1
            if self._patience == PATIENCE - REST:
                self._scans.end_feeding(key_of(self._place))
            if self._patience <= 0:
                self.stop_waiting()
        if folder:
            self._is_busy = True
            self._runner.run(service.look, self._seen, self._not_seen)

    def wait_for(self, place: PagePlace, name: str) -> None:
        """Let files become pages of a material from now on; asked for it again, let them no more."""
        if self._place == place:
            self.stop_waiting()
            return
        if not self._counter.devices.read().watched_folder:
            words = _("先到“设置→设备”选扫描仪存文件的文件夹")
            self._navigator.notify(words, _("设置"), self._navigator.open_devices)
            return
        self.stop_waiting()
        self._place, self._patience = place, PATIENCE
        self._scans.feed(place)
        self._tell(waits_for=name, place=place)
        words = _("扫描仪存好的文件会收进“%(name)s”") % {"name": name}
        self._navigator.notify(words, _("不等了"), self.stop_waiting)
        self.tick()

    def stop_waiting(self) -> None:
        """Take no files by itself any more; they are offered when they come."""
        place, self._place = self._place, None
        self._tell(waits_for="", place=None)
        if place is not None:
            self._scans.end_feeding(key_of(place))

    def _seen(self, files: Sequence[FoundFile]) -> None:
        self._is_busy = False
        self._tell(is_gone=False)
        if files and self._place is not None:
            self._take(self._place, files)
            return
        new = [file for file in files if file not in self._offered]
        self._offered.update(new)
        if new:
            count, leave = len(files), self._counter.watched_folder.leave
            words = ngettext(
                "扫描仪存了 %(count)d 个文件：选好材料按 Shift+F4 收进去",
                "扫描仪存了 %(count)d 个文件：选好材料按 Shift+F4 收进去",
                count,
            )
            self._navigator.notify(words % {"count": count}, _("不收"), lambda: leave(files))

    def _not_seen(self, error: Exception) -> None:
        self._is_busy = False
        if isinstance(error, FolderGone):
            self._tell(is_gone=True)
        else:
            self._navigator.report(error)

    def _take(self, place: PagePlace, files: Sequence[FoundFile]) -> None:
        self._is_busy = True
        service = self._counter.watched_folder
        self._runner.run(lambda: _taken(service, place, files), lambda taken: self._took(place, taken), self._not_seen)

    def _took(self, place: PagePlace, taken: _Taken) -> None:
        self._is_busy = False
        self._patience = PATIENCE
        if place == self._place:
            self._scans.feed(place)
        for page in taken.pages:
            self._scans.came(place, page)
        if isinstance(taken.error, NotFound):
            self.stop_waiting()  # the draft is a case by now, or gone: the files are offered anew
        elif taken.error is not None:
            self._navigator.report(taken.error)
        elif taken.pages or taken.stayed:
            count = len(taken.pages)
            words = ngettext("收到 %(count)d 页", "收到 %(count)d 页", count) % {"count": count}
            stayed = _("，文件移不进“已收”，留在原处") if taken.stayed else ""
            self._navigator.notify(words + stayed)

    def _tell(self, **changes: object) -> None:
        after = replace(self.sign, **changes)  # type: ignore[arg-type]
        if after != self.sign:
            self.sign = after
            self._show(after)


def _taken(service: WatchedFolderService, place: PagePlace, files: Sequence[FoundFile]) -> _Taken:
    """Take files one after the other; one that cannot be taken does not keep the others out."""
    pages: list[Page] = []
    stayed, bad = 0, None
    for file in files:
        try:
            taken = service.take(place, file)
        except BadAttachment as error:
            bad = error
        except (NotFound, FolderGone) as error:
            return _Taken(tuple(pages), stayed, error)
        else:
            pages += taken.pages
            stayed += not taken.is_away
    return _Taken(tuple(pages), stayed, bad)
