"""The photo on a card that was laid on the reader, where a library of the reader's maker is installed that decodes it.

It is for the eyes of whoever stands at the window: nothing here keeps it, and no draft and no fact has a place for one.
"""

import logging

from app.services.device_settings import DeviceSettingsService
from app.services.errors import PhotoFault
from app.services.ports import CardPhoto, IdentityCard, PhotoDecoder

log = logging.getLogger(__name__)


class CardPhotoService:
    """Decodes with the library that this window's settings name."""

    def __init__(self, decoder: PhotoDecoder, devices: DeviceSettingsService) -> None:
        self._decoder = decoder
        self._devices = devices

    def photo_of(self, card: IdentityCard) -> CardPhoto | None:
        """Return the photo on ``card``, None where there is none, no library, or one that fails. Takes its time."""
        library = self._devices.read().photo_library
        if not (library and card.photo):
            return None
        try:
            return self._decoder.decode(library, card.photo)
        except PhotoFault as fault:
            log.warning("the photo of a card was not decoded: %s", fault.trouble)
            return None

    def examine(self) -> None:
        """See whether the library that was chosen can be used; PhotoFault when it cannot."""
        self._decoder.examine(self._devices.read().photo_library)
