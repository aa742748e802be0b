"""The part of a centre in memory that keeps images, chunk by chunk."""

import hashlib

from app.services.errors import BatchRefused, NotAParty, NotFound
from app.services.ports import CHUNK, MOST_DIGESTS, MOST_SHARED

MOST_CHUNKS = 256


class CentreImages:
    """What the port ``Central`` says of images; the connection that inherits it knows its station."""

    def missing_chunks(self, digests):
        self._enter()
        return frozenset(bounded(digests)) - self._own_chunks().keys()

    def _own_chunks(self):
        """Chunks belong to the station that sent them: who knows a digest does not thereby own the bytes."""
        return self._state.chunks.setdefault(self.station, {})

    def put_chunk(self, data):
        self._enter()
        if not 0 < len(data) <= CHUNK:
            raise BatchRefused
        self._own_chunks()[hashlib.sha256(data).digest()] = data

    def put_blobs(self, images):
        for one in images:
            self.put_blob(one.digest, one.size, one.chunks, one.case_number)

    def put_blob(self, digest, size, chunks, case_number):
        self._enter()
        if not 0 < len(chunks) <= MOST_CHUNKS:
            raise BatchRefused
        self._ensure_party(case_number)
        own = self._own_chunks()
        if not set(chunks) <= own.keys():
            return False
        data = b"".join(own[one] for one in chunks)
        if (hashlib.sha256(data).digest(), len(data)) != (digest, size):
            raise BatchRefused
        _data, cases = self._state.blobs.setdefault((self.station, digest), (data, set()))
        cases.add(case_number)
        return True

    def share_blobs(self, images):
        self._enter()
        if len(images) > MOST_SHARED:
            raise BatchRefused
        shared = {(digest, case) for digest, case in images if self._is_party(case) and self._has(digest)}
        for digest, case in shared:
            _data, cases = self._state.blobs.setdefault((self.station, digest), (self._has(digest), set()))
            cases.add(case)
        return frozenset(shared)

    def _has(self, digest):
        """Return an image of this station or of a case that it takes part in, None when there is none."""
        found = (
            data
            for (station, one), (data, cases) in self._state.blobs.items()
            if one == digest and (station == self.station or self._takes_part(cases))
        )
        return next(found, None)

    def confirmed_blobs(self, digests):
        self._enter()
        return frozenset(digest for digest in bounded(digests) if self._has(digest))

    def get_chunk(self, blob, index):
        self._enter()
        images = [one for (_station, digest), one in self._state.blobs.items() if digest == blob]
        if not images:
            raise NotFound("page")
        data = next((data for data, cases in images if self._takes_part(cases)), None)
        if data is None:
            raise NotAParty
        return data[index * CHUNK : (index + 1) * CHUNK] if index >= 0 else b""

    def _takes_part(self, cases):
        return any(self.station in self._state.cases[case].parties for case in cases)

    def _ensure_party(self, case_number):
        if not self._is_party(case_number):
            raise NotAParty

    def _is_party(self, case_number):
        case = self._state.cases.get(case_number)
        return case is not None and self.station in case.parties


def bounded(digests):
    digests = list(digests)
    if len(digests) > MOST_DIGESTS:
        raise BatchRefused
    return digests
