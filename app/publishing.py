"""What an administrator publishes to all stations, signed by the authority: any bulletin, and what the centre itself knows.

The directory names every station with the keys of its epochs: a station takes nothing in from another one whose key it
does not know, so it has to follow whenever a journal begins an epoch.
"""

from datetime import datetime, timedelta

from app.central.administration import Administration
from app.domain.clock import CHINA, stamp
from app.security.authority import Authority
from app.services.directories import TOPIC as DIRECTORY
from app.services.directories import directory_payload
from app.services.errors import BadInput
from app.services.revocations import TOPIC as REVOCATIONS
from app.services.revocations import read_revocations, revocations_payload

LARGEST = 4 * 1024 * 1024
LIST_FOR = timedelta(days=7)
"""A list of revocations is published anew after this time, long before it ends."""


def publish(opened: Administration, topic: str, payload: bytes, authority: Authority, version: int = 0) -> int:
    """Sign and publish a bulletin as ``version``, or as the next one, which is returned.

    BadInput when it is too large, CentreDeclined when there is such a version or a later one.
    """
    if len(payload) > LARGEST:
        raise BadInput("a bulletin has at most 4 MiB")
    version = version or opened.published(topic) + 1
    now = datetime.now(CHINA)
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)  # as the stamp that is signed says it
    opened.publish(topic, version, now, payload, authority.sign_bulletin(topic, version, stamp(now), payload))
    return version


def publish_what_changed(opened: Administration, authority: Authority) -> list[str]:
    """Publish directory and revocations if they are not what was published last; return the topics that were."""
    done = []
    directory = directory_payload(opened.directory())
    known = opened.newest(DIRECTORY)
    if known is None or known[1] != directory:
        publish(opened, DIRECTORY, directory, authority)
        done.append(DIRECTORY)
    if _revocations_changed(opened):
        publish(opened, REVOCATIONS, _revocations(opened, authority), authority)
        done.append(REVOCATIONS)
    return done


def _revoked(opened: Administration) -> dict[str, datetime]:
    return {row.code: row.revoked_at for row in opened.stations() if row.revoked_at}


def _revocations(opened: Administration, authority: Authority) -> bytes:
    crl = authority.revocations(opened.revoked_certificates(), opened.published(REVOCATIONS) + 1, datetime.now(CHINA))
    return revocations_payload(_revoked(opened), [serial for serial, _at in opened.revoked_certificates()], crl)


def _revocations_changed(opened: Administration) -> bool:
    known = opened.newest(REVOCATIONS)
    serials = sorted(serial for serial, _at in opened.revoked_certificates())
    if known is None:
        return bool(serials or _revoked(opened))
    published_at, payload = known
    said = read_revocations(payload)
    same = set(said.stations) == set(_revoked(opened)) and sorted(said.serials) == serials
    return not same or datetime.now(CHINA) - published_at > LIST_FOR
