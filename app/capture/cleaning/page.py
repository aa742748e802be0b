"""The whole way of a page image: a file in, a clean page out."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from app.capture.cleaning import content, light, placing, sheet, skew, upright
from app.capture.cleaning.picture import Picture, Points, as_picture, decoded, encoded, grey, shrunk
from app.capture.codes import codes_on
from app.domain.application import PageRemark
from app.services.ports import Colours, FoundCode

CODES_AT = 2400
"""Pixels of the longest side: 200 dpi of A4; at more, codes take longer and no more of them are found."""
LOOKED_AT = 1600
"""Pixels of the longest side of what is looked at; the page itself is drawn once, at the end."""

Quarters = Sequence[Sequence[float]]
"""Four corners, x and y from 0 to 1 of the picture."""


@dataclass(frozen=True)
class Cleaned:
    """What became of a picture."""

    data: bytes
    media_type: str
    colours: Colours
    remarks: frozenset[PageRemark]
    corners: Quarters | None
    codes: tuple[FoundCode, ...]


def cleaned(data: bytes, colours: Colours | None, corners: Quarters | None) -> Cleaned:
    """Return the clean page; Fault when the picture cannot be taken."""
    picture = decoded(data)
    small = shrunk(picture, LOOKED_AT)
    times = picture.shape[0] // small.shape[0]
    is_full = corners is None and sheet.fills(small)
    found = None if is_full else sheet.corners(small) if corners is None else _in_pixels(corners, small)
    place = _placed(small, placing.whole(picture) if found is None else placing.between(found * times), times)
    view = placing.shown(small, place, times)
    remarks = _remarks(grey(view), is_found=is_full or found is not None)
    wanted = colours or content.colours(view, times, is_blurred=PageRemark.BLURRED in remarks)
    even = _evened(picture, place, wanted)
    image, media_type = _encoded(even, wanted)
    parts = None if found is None else (found / small.shape[1::-1]).tolist()
    return Cleaned(image, media_type, wanted, remarks, parts, codes_on(_legible(grey(even))))


def _placed(small: Picture, place: placing.Place, times: int) -> placing.Place:
    """Return where the page lies once its lines are level and upright."""
    place = placing.levelled(place, skew.angle(grey(placing.shown(small, place, times))))
    return placing.turned(place, upright.turn(grey(placing.shown(small, place, times))))


def _evened(picture: Picture, place: placing.Place, wanted: Colours) -> Picture:
    page = placing.drawn(picture if wanted is Colours.COLOUR else grey(picture), place)
    return light.evened(page, light.KEEPS_TEXT if wanted is Colours.BLACK_AND_WHITE else light.KEEPS_PHOTOS)


def _legible(page: Picture) -> Picture:
    """Return the page as large as codes are read best; a small one is drawn larger, which helps with narrow bars."""
    scale = min(2.0, CODES_AT / max(page.shape))
    return as_picture(cv2.resize(page, None, fx=scale, fy=scale))


def _remarks(view: Picture, *, is_found: bool) -> frozenset[PageRemark]:
    told = {
        PageRemark.NO_EDGES: not is_found,
        PageRemark.BLANK: content.is_blank(view),
        PageRemark.BLURRED: content.is_blurred(view),
    }
    return frozenset(remark for remark, is_so in told.items() if is_so)


def _in_pixels(corners: Quarters, small: Picture) -> Points:
    size = np.array(small.shape[1::-1], np.float32)
    points: Points = np.clip(np.array(corners, np.float32), 0, 1) * size
    return points


def _encoded(even: Picture, colours: Colours) -> tuple[bytes, str]:
    match colours:
        case Colours.BLACK_AND_WHITE:
            return encoded(light.black_and_white(even), black_and_white=True)
        case Colours.GREY:
            return encoded(grey(even))
        case Colours.COLOUR:
            return encoded(even)
