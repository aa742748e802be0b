"""Questions and progress on a terminal; a script answers on standard input, one line each. Qt-free.

The module itself is what ``app.restoring`` asks.
"""

import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.services.ports import SHORTEST_PASSPHRASE
from ui.text import _


def passphrase() -> str:
    """Ask for the passphrase of sealed keys, without showing it."""
    return _secret(_("密钥口令："))


def new_passphrase() -> str:
    """Ask for a passphrase that is to seal keys from now on; on a terminal twice, until both are the same."""
    return _chosen(_("本机没有系统密钥环。请设一个新的密钥口令："))


def authority_passphrase() -> str:
    """Ask for the passphrase that is to seal a centre's authority, in the same way."""
    return _chosen(
        _("请为签发密钥设一个口令，至少 %(count)d 个字符：") % {"count": SHORTEST_PASSPHRASE}, SHORTEST_PASSPHRASE
    )


def recovery_code(sheet: str) -> str:
    """Ask for the code of a recovery sheet; it is shown while it is typed, since it is read off a sheet."""
    words = _("恢复单 %(sheet)s 上的恢复码：") % {"sheet": sheet}
    if sys.stdin.isatty():
        return input(words)
    return sys.stdin.readline().strip()


@contextmanager
def progress(words: str) -> Iterator[Callable[[int, int], None]]:
    """Show how far something is on the last line of a terminal; elsewhere nothing."""
    shown = -1

    def tell(done: int, total: int) -> None:
        nonlocal shown
        percent = 100 * done // max(total, 1)
        if percent != shown:
            shown = percent
            print(f"\r{words} {percent} %", end="", file=sys.stderr, flush=True)

    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    try:
        yield tell
    finally:
        if shown >= 0:
            print(file=sys.stderr)


def _chosen(words: str, shortest: int = 1) -> str:
    while True:
        first = _secret(words)
        if not sys.stdin.isatty():
            return first
        if len(first) >= shortest and _secret(_("请再输一次：")) == first:
            return first
        print(_("两次输入不同，或者太短。"), file=sys.stderr)


def _secret(words: str) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(words)
    return sys.stdin.readline().rstrip("\n")
