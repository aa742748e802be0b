"""Cuts the power between any two steps of an enrolment."""

from contextlib import contextmanager


class PowerCut(BaseException):
    """The machine is off."""


class Fuse:
    """Cuts the power at the n-th moment that matters."""

    def __init__(self, moments):
        self.left = moments

    def burn(self):
        self.left -= 1
        if self.left == 0:
            raise PowerCut


class FusedKeys:
    def __init__(self, keys, fuse):
        self._keys, self._fuse = keys, fuse

    def renew(self):
        self._fuse.burn()
        self._keys.renew()
        self._fuse.burn()

    def __getattr__(self, name):
        return getattr(self._keys, name)


class FusedStore:
    def __init__(self, store, fuse):
        self._store, self._fuse = store, fuse
        self.read = store.read

    def write(self):
        work, fuse = self._store.write(), self._fuse
        commit = work.commit

        def fused():
            fuse.burn()
            commit()
            fuse.burn()

        work.commit = fused
        return work


def fused_desk(open_reception, fuse):
    @contextmanager
    def opened(login):
        fuse.burn()
        with open_reception(login) as reception:
            yield FusedReception(reception, fuse)

    return opened


class FusedReception:
    def __init__(self, reception, fuse):
        self._reception, self._fuse = reception, fuse

    def __getattr__(self, name):
        def fused(*given):
            self._fuse.burn()
            answer = getattr(self._reception, name)(*given)
            self._fuse.burn()
            return answer

        return fused
