"""Images on their way to the centre and back: by chunk, behind their entries, and gone from here only when they are there."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import accumulate

from app.domain.facts import (
    CaseReceived,
    EntrySetApart,
    Fact,
    MaterialsFollowed,
    PaperMade,
    PaperSigned,
    StationSetUp,
    SupplementReceived,
    read_fact,
)
from app.services.errors import (
    BatchRefused,
    CentralUnavailable,
    ImageElsewhere,
    NotAParty,
    NotFound,
)
from app.services.ports import CHUNK, MOST_DIGESTS, MOST_SHARED, Central, Parts, Store, WaitingImage
from app.services.sync_ahead import Ahead, when_asked
from app.services.sync_report import SyncProgress, SyncStep
from app.services.sync_round import Round

AT_ONCE = 8
"""Images whose chunks are asked about together; as many, and those that come next, are held in memory."""
BYTES_AT_ONCE = 32 * 1024 * 1024
"""What they may be together, unless one alone is larger; the centre answers about MOST_DIGESTS chunks, four times as much."""
PURGED_A_ROUND = 200
ASK_AGAIN_AFTER = timedelta(days=1)
"""A refusal because of the case says how the case stood: it may have come to the centre since."""
SHARED_A_ROUND = 1000
"""Images of materials used again that a round asks about at the most."""
LARGEST_IMAGE = 64 * 1024 * 1024
KIB = 1024
DOUBTED = timedelta(days=31)
"""How long after it was sent an image is asked about again; a backup of the centre is not as old."""


class Throttle:
    """Keeps sending below a number of KiB a second, 0 for as fast as it goes."""

    def __init__(self, kib_s: int, pause: Callable[[float], None] = time.sleep) -> None:
        self._bytes_s = kib_s * KIB
        self._pause = pause

    def sent(self, size: int, took_s: float) -> None:
        """Wait as long as sending ``size`` bytes was faster than allowed."""
        if self._bytes_s:
            self._pause(max(0.0, size / self._bytes_s - took_s))


class ImageSending:
    """Sends what the centre lacks, small cases first; a chunk that is there is never sent again."""

    def __init__(self, store: Store, pause: Callable[[float], None] = time.sleep, ahead: Ahead = when_asked) -> None:
        self._store = store
        self._pause = pause
        self._ahead = ahead
        self._is_in_doubt = True

    def send(self, round_: Round, kib_s: int) -> None:
        """Send images until none of an entry that the centre has is left."""
        self._look_again(round_)
        throttle = Throttle(kib_s, self._pause)
        with self._store.write() as uow:
            uow.outbox.ask_again(NotAParty.__name__, round_.greeting.now - ASK_AGAIN_AFTER)
            uow.commit()
        with self._store.read() as uow:
            count, size = uow.outbox.count_images()
        done = 0
        pictures = self._next()
        while pictures:
            following = self._ahead(partial(self._next, [picture.image for picture in pictures]))
            self._send(round_, pictures, throttle, SyncProgress(SyncStep.IMAGES, done, count, 0, size))
            done += len(pictures)
            pictures = following()
        self._share(round_)
        with self._store.write() as uow:
            state = uow.outbox.state()
            if state.head and not uow.outbox.images(1) and not uow.outbox.images_elsewhere(1):
                uow.outbox.save(replace(state, images_until=(state.head.epoch, state.head.seq)))
                uow.commit()

    def _look_again(self, round_: Round) -> None:
        """Let images wait again that the centre lost: its backup may have the entries and not what followed them.

        A restore cuts every connection, so it is enough to ask once over each.
        """
        self._is_in_doubt = self._is_in_doubt or round_.is_new_link
        if not self._is_in_doubt:
            return
        with self._store.read() as uow:
            sent = uow.outbox.sent_since(round_.greeting.now - DOUBTED, MOST_DIGESTS)
        there = round_.central.confirmed_blobs(bytes.fromhex(digest) for digest in sent) if sent else frozenset()
        lost = [digest for digest in sent if bytes.fromhex(digest) not in there]
        if lost:
            with self._store.write() as uow:
                for digest in lost:
                    uow.outbox.image_lost(digest)
                uow.commit()
        self._is_in_doubt = False

    def _next(self, sending: Sequence[WaitingImage] = ()) -> list["Picture"]:
        """Read the images that come after those that are being sent."""
        with self._store.read() as uow:
            waiting = [one for one in uow.outbox.images(AT_ONCE + len(sending)) if one not in sending]
            sizes = accumulate(image.size for image in waiting)
            fitting = sum(size <= BYTES_AT_ONCE for size in sizes)
            return [Picture(image, uow.blobs.get(image.digest)) for image in waiting[: min(max(fitting, 1), AT_ONCE)]]

    def _send(self, round_: Round, pictures: Sequence["Picture"], throttle: Throttle, start: SyncProgress) -> None:
        chunks = {digest: chunk for picture in pictures for digest, chunk in picture.chunks.items()}
        missing = round_.central.missing_chunks(chunks)
        for digest in missing:
            sent = round_.counts.get("image_bytes", 0)
            round_.go_on(replace(start, bytes_done=min(sent, start.bytes_total)))
            began = time.monotonic()
            round_.central.put_chunk(chunks[digest])
            throttle.sent(len(chunks[digest]), time.monotonic() - began)
            round_.add("image_bytes", len(chunks[digest]))
        refused = self._put(round_, pictures)
        confirmed = round_.central.confirmed_blobs({picture.parts.digest for picture in pictures})
        now = round_.greeting.now
        with self._store.write() as uow:
            for picture in pictures:
                if picture.image in refused:
                    uow.outbox.image_sent(picture.image, now, refused[picture.image])
                elif picture.parts.digest in confirmed:
                    uow.outbox.image_sent(picture.image, now)
                    round_.add("images")
            uow.commit()
        if not refused and not any(picture.parts.digest in confirmed for picture in pictures):
            raise CentralUnavailable("failed")  # it took everything and has nothing: not to be asked for ever

    def _share(self, round_: Round) -> None:
        """Let images that are not here, of materials that are used again, belong to the later case at the centre too."""
        with self._store.read() as uow:
            elsewhere = uow.outbox.images_elsewhere(SHARED_A_ROUND)
        for begin in range(0, len(elsewhere), MOST_SHARED):
            some = {
                (bytes.fromhex(image.digest), image.case_number): image for image in elsewhere[begin:][:MOST_SHARED]
            }
            shared = round_.central.share_blobs(some)
            with self._store.write() as uow:
                for named in shared:
                    uow.outbox.image_sent(some[named], round_.greeting.now)
                uow.commit()
            for named in some.keys() - shared:
                round_.fail(SyncStep.IMAGES, some[named].case_number, NotFound.__name__)

    def _put(self, round_: Round, pictures: Sequence["Picture"]) -> dict[WaitingImage, str]:
        """Tell the centre which chunks make the images; return those that it refuses for good, and why."""
        try:
            round_.central.put_blobs([picture.parts for picture in pictures])
        except (NotAParty, BatchRefused):
            return {picture.image: why for picture in pictures if (why := self._put_alone(round_, picture.parts))}
        return {}

    def _put_alone(self, round_: Round, parts: Parts) -> str:
        try:
            round_.central.put_blob(parts.digest, parts.size, parts.chunks, parts.case_number)
        except (NotAParty, BatchRefused) as error:
            round_.fail(SyncStep.IMAGES, parts.case_number, type(error).__name__)
            return type(error).__name__
        return ""

    # --- what may go from here ----------------------------------------------------------------------------------

    def purge(self, round_: Round, now: datetime, keep_days: int) -> None:
        """Remove images that were sent long enough ago, each only if the centre says now that it has that very hash."""
        if not keep_days:
            return
        with self._store.read() as uow:
            old = uow.outbox.purgeable(now - timedelta(days=keep_days), PURGED_A_ROUND)
        if not old:
            return
        there = round_.central.confirmed_blobs(bytes.fromhex(digest) for digest in old)
        with self._store.write() as uow:
            for digest in old:
                if bytes.fromhex(digest) in there:
                    uow.outbox.purged(digest)
                    round_.add("purged")
                else:
                    uow.outbox.image_lost(digest)
            uow.commit()


class Picture:
    """An image with its chunks by their digests, made ready where it is read."""

    def __init__(self, image: WaitingImage, data: bytes) -> None:
        self.image = image
        named = [(digest_of(chunk), chunk) for chunk in chunks_of(data)]
        self.chunks = dict(named)
        digests = tuple(digest for digest, _chunk in named)
        self.parts = Parts(bytes.fromhex(image.digest), len(data), digests, image.case_number)


class ImageService:
    """Reads images for screens and papers: from the store, else from the centre, where they are fetched once."""

    def __init__(
        self, store: Store, now: Callable[[], datetime], connect: Callable[[], Central | None] = lambda: None
    ) -> None:
        self._store = store
        self._now = now
        self._connect = connect

    def get(self, digest: str) -> bytes:
        """Return the bytes of an image; ImageElsewhere when only the centre has it and is not reached.

        NotFound when it is nowhere, NotAParty when it belongs to no case of this station.
        """
        try:
            with self._store.read() as uow:
                return uow.blobs.get(digest)
        except NotFound:
            data = self._fetch(digest)
        with self._store.write() as uow:
            uow.blobs.put(data)
            uow.outbox.image_fetched(digest, self._now())
            uow.commit()
        return data

    def _fetch(self, digest: str) -> bytes:
        central = self._connect()
        if central is None:
            raise NotFound("page")
        try:
            data = b"".join(_chunks_from(central, bytes.fromhex(digest)))
        except CentralUnavailable as error:
            raise ImageElsewhere from error
        finally:
            central.close()
        if hashlib.sha256(data).hexdigest() != digest:
            raise ImageElsewhere
        return data


def _chunks_from(central: Central, digest: bytes) -> Iterator[bytes]:
    for index in range(LARGEST_IMAGE // CHUNK):
        chunk = central.get_chunk(digest, index)
        yield chunk
        if len(chunk) < CHUNK:
            return


def images_of(fact: Fact) -> Iterator[str]:
    """Yield the digests of the images that a fact names."""
    match fact:
        case CaseReceived() | SupplementReceived() | MaterialsFollowed():
            for handed_in in fact.materials.values():
                for page in handed_in.pages:
                    yield page.digest
        case StationSetUp():
            yield from (seal.picture for seal in fact.station.seals)
        case PaperMade():
            yield fact.digest
        case PaperSigned():
            yield fact.picture
        case EntrySetApart():
            yield from images_of(read_fact(json.loads(fact.body)))


def chunks_of(data: bytes) -> Iterator[bytes]:
    """Yield the chunks of an image, the last of which may be shorter."""
    return (data[begin : begin + CHUNK] for begin in range(0, len(data), CHUNK))


def digest_of(data: bytes) -> bytes:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(data).digest()
