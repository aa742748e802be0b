"""What somebody may try who has stolen a station's password and not its signing key: one test each. See docs/security.md."""

from datetime import datetime, timedelta

import pytest

from app.central.audit import Audit
from app.domain.clock import CHINA
from app.domain.vouching import vouch
from app.security.keys import Ed25519StationKey, verify
from app.security.scram import verifier_of
from app.services.errors import CentreDeclined, ChainForked
from tests.fakes.chains import Chain

STATION, OTHER = "000731", "000732"
STOLEN = 8_000_000


@pytest.fixture(autouse=True)
def stations(centre):
    centre.empty()
    for station in (STATION, OTHER):
        centre.enrol(station)


@pytest.fixture
def own(centre):
    """Return the chain of a station that the watch has confirmed; its last entry is not sent yet."""
    chain = Chain(STATION)
    chain.says("OperatorLoggedIn")
    chain.says("OperatorLoggedOut")
    centre.connect(STATION).push(chain.batch(1, 2))
    look(centre)
    return chain


@pytest.fixture
def stolen(centre, own):
    """Return the chain that a thief opened behind the station's, with a key of its own, as far ahead as it could."""
    chain = Chain(STATION, STOLEN, own.entries[1].hash.hex())
    chain.says("OperatorLoggedIn")
    centre.connect(STATION).push(chain.batch())
    look(centre)
    return chain


def look(centre):
    """Let the watch look once."""
    return centre.watch.round(verify)


def named(centre):
    """Return the epochs of the station that the directory names keys of."""
    return [key.epoch for one in centre.administration.directory() if one.code == STATION for key in one.keys]


def comes_back(centre, key):
    """Let the station in again with another key, as an administrator does who was told of the theft."""
    until = datetime.now(CHINA) + timedelta(days=1)
    centre.administration.revoke(STATION, "口令被盗")
    centre.administration.invite(STATION, "窗口", "", verifier_of("secret"), until)
    centre.hang_up()
    with centre.address(f"station_{STATION}").connect() as connection:
        connection.execute("select api.enrol(%b::bytea, 'request'::bytea)", (key.public_key,))


def remarks(centre):
    audit = Audit(centre.address(), verify)
    try:
        return [one for one in audit.run().remarks if one.what not in {"numbers", "time"}]
    finally:
        audit.close()


def test_a_password_alone_makes_no_key_that_is_believed(centre, stolen):
    assert centre.connect(STATION).hello().verified == (1, 2)
    assert named(centre) == [1]
    assert [(one.station, one.epoch) for one in centre.administration.waiting_keys()] == [(STATION, STOLEN)]
    assert "keys" in look(centre).alarms


def test_the_word_of_a_key_that_nobody_believes_counts_for_nothing(centre, own):
    thief = Ed25519StationKey(bytes(32))
    chain = Chain(STATION, 2, own.entries[1].hash.hex())
    for by, signature in (
        (thief.public_key, vouch(thief.public_key, thief.sign, STATION, chain.key.public_key).signature),
        (own.key.public_key, bytes(64).hex()),
        (own.key.public_key, vouch(own.key.public_key, own.key.sign, OTHER, chain.key.public_key).signature),
        ("x", "y"),
    ):
        again = Chain(STATION, chain.epoch, own.entries[1].hash.hex())
        again.entries.clear()
        given = {"vouched_by": by.hex() if isinstance(by, bytes) else by, "voucher": signature}
        key = again.key.public_key.hex()
        again.says("EpochOpened", data={"public_key": key, "previous_hash": own.entries[1].hash.hex()} | given)
        centre.connect(STATION).push(again.batch())
        look(centre)
        chain.epoch += 1
    assert named(centre) == [1]


def test_the_word_of_the_key_before_is_believed(centre, own):
    chain = Chain(STATION, 2, own.entries[1].hash.hex(), before=own)
    later = Chain(STATION, 3, chain.entries[0].hash.hex(), before=chain)
    for one in (chain, later):
        centre.connect(STATION).push(one.batch())
    for _ in range(2):
        look(centre)
    assert named(centre) == [1, 2, 3]
    assert centre.connect(STATION).hello().verified == (3, 1)


def test_the_key_that_a_station_enrols_with_is_believed_and_what_it_went_on_from(centre):
    """A counter that stood alone had several keys before it was invited; only the last one enrols."""
    first = Chain(OTHER)
    last = Chain(OTHER, 700, first.entries[0].hash.hex())
    centre.execute(f"update core.station set public_key = '\\x{last.key.public_key.hex()}' where code = '{OTHER}'")
    centre.connect(OTHER).push(first.batch())
    look(centre)
    assert centre.connect(OTHER).hello().verified is None
    centre.connect(OTHER).push(last.batch())
    look(centre)
    assert centre.connect(OTHER).hello().verified == (700, 1)


def test_what_a_thief_opened_is_refused_and_the_station_goes_on(centre, own, stolen):
    key = Chain(STATION, 900, own.entries[-1].hash.hex()).key
    comes_back(centre, key)
    with pytest.raises(ChainForked):
        centre.connect(STATION).push(own.batch(3))
    centre.administration.refuse(STATION, STOLEN, 1, "口令被盗")
    back = Chain(STATION, 900, own.entries[-1].hash.hex())
    for batch in (own.batch(3), back.batch()):
        centre.connect(STATION).push(batch)
    done = look(centre)
    assert (done.health["keys"], centre.connect(STATION).hello().verified) == (0, (900, 1))
    assert named(centre) == [1, 900]
    assert [one.epoch for one in centre.connect(STATION).own(0, 0, 10)] == [1, 1, 1, 900]
    assert remarks(centre) == []
    with pytest.raises(ChainForked):
        centre.connect(STATION).push(stolen.batch())


def test_forged_entries_behind_the_true_ones_are_refused_in_one_act(centre, own):
    """Whoever has the password can also go on in the last epoch, and cannot sign."""
    forged = own.again()
    forged.key = Ed25519StationKey(bytes(32))
    forged.entries[2:] = []
    for _ in range(20):
        forged.says("Forged")
    centre.connect(STATION).push(forged.batch(3))
    assert look(centre).broken == 1
    centre.administration.refuse(STATION, 1, 3, "口令被盗")
    back = Chain(STATION, 900, own.entries[1].hash.hex(), before=own)
    centre.connect(STATION).push(back.batch())
    done = look(centre)
    assert (done.health["findings"], done.broken, centre.connect(STATION).hello().verified) == (0, 0, (900, 1))
    assert [one.epoch for one in centre.connect(STATION).own(0, 0, 100)] == [1, 1, 900]
    assert remarks(centre) == []


def test_what_was_confirmed_cannot_be_refused(centre, own):
    for place in ((1, 1), (1, 2), (1, 9), (7, 1)):
        with pytest.raises(CentreDeclined):
            centre.administration.refuse(STATION, *place, "不认")


def test_a_key_is_believed_when_an_administrator_says_so(centre, stolen):
    centre.administration.believe_key(STATION, STOLEN, "电话核对")
    look(centre)
    assert centre.connect(STATION).hello().verified == (STOLEN, 2)
    assert named(centre) == [1, STOLEN]
    with pytest.raises(CentreDeclined):
        centre.administration.believe_key(STATION, STOLEN, "电话核对")
