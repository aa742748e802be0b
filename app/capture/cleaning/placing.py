"""Takes a page out of a picture: the sheet's corners, the angle of its lines and the way up, drawn at once.

Each step is a matrix and the size that it leads to, so that a large picture is drawn a single time.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from app.capture.cleaning.picture import Matrix, Picture, Points, as_picture

SHAPES = (297 / 210, 210 / 297, 85.6 / 54, 54 / 85.6)
"""Height to width of papers and cards."""
ABOUT = 0.08
"""How far the shape that was seen may be off for it to be a paper's: perspective shortens one side."""


@dataclass(frozen=True)
class Place:
    """How points of the picture lie on the page, and how large the page is."""

    matrix: Matrix
    width: int
    height: int

    @property
    def is_whole(self) -> bool:
        """Tell whether the page is the picture as it is."""
        return bool(np.array_equal(self.matrix, np.eye(3)))

    def then(self, matrix: Matrix, width: int, height: int) -> "Place":
        """Return the place after a further step."""
        return Place(matrix @ self.matrix, width, height)


def whole(picture: Picture) -> Place:
    """Return the place of all of a picture."""
    return Place(np.eye(3), picture.shape[1], picture.shape[0])


def between(corners: Points) -> Place:
    """Return the place of a sheet by its corners, clockwise from the upper left."""
    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    width, height = max(sides[0], sides[2], 1.0), max(sides[1], sides[3], 1.0)
    for shape in SHAPES:
        if abs(height / width / shape - 1) < ABOUT:
            height = width * shape
            break
    w, h = round(width), round(height)
    target = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
    return Place(np.asarray(cv2.getPerspectiveTransform(corners, target), np.float64), w, h)


def levelled(place: Place, degrees: float) -> Place:
    """Return the place turned counterclockwise by a few degrees, as large as holds all of it."""
    if not degrees:
        return place
    turn = np.vstack([cv2.getRotationMatrix2D((place.width / 2, place.height / 2), degrees, 1), [0, 0, 1]])
    sine, cosine = abs(turn[0, 1]), abs(turn[0, 0])
    width = round(place.width * cosine + place.height * sine)
    height = round(place.width * sine + place.height * cosine)
    turn[:2, 2] += (width - place.width) / 2, (height - place.height) / 2
    return place.then(turn, width, height)


def turned(place: Place, degrees: int) -> Place:
    """Return the place turned clockwise by quarters."""
    w, h = place.width, place.height
    quarters = {
        90: ([[0, -1, h], [1, 0, 0], [0, 0, 1]], h, w),
        180: ([[-1, 0, w], [0, -1, h], [0, 0, 1]], w, h),
        270: ([[0, 1, 0], [-1, 0, w], [0, 0, 1]], h, w),
    }
    if degrees not in quarters:
        return place
    matrix, width, height = quarters[degrees]
    return place.then(np.array(matrix, np.float64), width, height)


def drawn(picture: Picture, place: Place) -> Picture:
    """Return the page; what lies beyond the picture's border is as the border is."""
    if place.is_whole:
        return picture
    # Corners are counted from the edge of the first pixel, OpenCV counts from its middle.
    to_edges, to_middles = np.eye(3), np.eye(3)
    to_edges[:2, 2], to_middles[:2, 2] = 0.5, -0.5
    matrix = to_middles @ place.matrix @ to_edges
    size = (place.width, place.height)
    return as_picture(
        cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    )


def shown(small: Picture, place: Place, times: int) -> Picture:
    """Return the page out of a copy of the picture that is so many times smaller, and as much smaller itself."""
    larger, smaller = np.diag([times, times, 1.0]), np.diag([1 / times, 1 / times, 1.0])
    if place.is_whole:
        return small
    return drawn(small, Place(smaller @ place.matrix @ larger, place.width // times, place.height // times))
