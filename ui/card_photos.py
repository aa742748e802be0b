"""Has the photos of cards decoded beside the window, for whoever shows them as long as the person stands there. Qt-free.

Nobody waits for one: what a card says is filled in already, and where there is no photo nothing is shown.
"""

from collections.abc import Callable

from app.services.card_photos import CardPhotoService
from app.services.ports import CardPhoto, Handle, IdentityCard, Runner


class CardPhotos:
    """What is being decoded for one room."""

    def __init__(self, photos: CardPhotoService, runner: Runner, failed: Callable[[Exception], None]) -> None:
        self._photos = photos
        self._runner = runner
        self._failed = failed
        self._handles: list[Handle] = []

    def see(self, card: IdentityCard, seen: Callable[[CardPhoto], None]) -> None:
        """Have the photo on ``card`` decoded; ``seen`` gets it, unless there is none or ``forget`` comes first."""
        if not card.photo:
            return

        def decoded(photo: CardPhoto | None) -> None:
            if photo is not None:
                seen(photo)

        self._handles.append(self._runner.run(lambda: self._photos.photo_of(card), decoded, self._failed))

    def forget(self) -> None:
        """Let nobody get what is still being decoded."""
        for handle in self._handles:
            handle.cancel()
        self._handles.clear()
