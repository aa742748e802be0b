"""An administrator's day at the window with a real PostgreSQL: from an empty database to an audit that finds nothing."""

from contextlib import closing
from types import SimpleNamespace

from app.central.client import PostgresCentral
from app.central.reception import Receptions
from app.config import RESOURCES
from app.demonstration import CLERK
from app.services.enrolment import EnrolmentState
from tests.central import conftest
from tests.central.test_enrolment import Machine
from tests.fakes.chains import Chain
from tests.ui.office.opened import PASSPHRASE, Opened
from ui.office.presenter import Stage
from ui.office.presenters.audit import audited_words
from ui.office_words import standing_of

server = conftest.server
DATABASE = "office"


def test_a_centre_is_made_a_station_comes_and_all_of_it_is_sound(server, counter, tmp_path):
    server.execute(f"create database {DATABASE}")
    socket = server.address(DATABASE).options["host"]
    opened = Opened(counter).connect(url=f"postgresql:///{DATABASE}?host={socket}&user=postgres")
    assert (opened.state.stage, opened.state.plan.current) == (Stage.UNPREPARED, "")
    opened.presenter.prepare()
    opened.work()
    assert opened.state.stage is Stage.INSIDE
    assert opened.presenter.overview.state.status["stations"] == 0

    keeping = opened.go("keeping")
    keeping.begin("make")
    for name, value in (("name", "云溪市政务服务中心"), ("passphrase", PASSPHRASE), ("again", PASSPHRASE)):
        keeping.edit(name, value)
    opened.files.path = tmp_path / "authority.lideng"
    keeping.submit()
    opened.work()
    assert opened.state.fingerprint

    machine = Machine(SimpleNamespace(open=Receptions(tmp_path)))
    code = machine.station.code
    stations = opened.go("stations")
    stations.begin_invitation(new=True)
    for name, value in (("station", code), ("name", "3 号窗口"), ("division", "519900101000")):
        stations.edit(name, value)
    opened.files.path = tmp_path / "one.lideng-invitation"
    stations.submit()
    opened.work()
    assert standing_of(stations.state.station, stations.state.now) == "invited"

    enrolment = machine.service()
    enrolment.accept(opened.files.path.read_bytes(), CLERK)
    assert enrolment.enrol().state is EnrolmentState.ENROLLED
    bulletins = opened.go("bulletins")
    assert bulletins.state.waiting == (code,)
    bulletins.sign()
    opened.work()
    assert "已签发 1 份证书" in opened.said
    assert enrolment.enrol().certified_until

    opened.files.path = RESOURCES / "calendar" / "2026.yaml"
    bulletins.choose_topic("calendar")
    bulletins.choose_file()
    opened.work()
    bulletins.publish()
    opened.work()
    assert {one.topic for one in bulletins.state.bulletins} == {"stations", "calendar"}

    chain = Chain(code)
    chain.case()
    with closing(PostgresCentral(server.address(DATABASE, f"station_{code}"))) as station:
        station.push(chain.batch())
        assert [one.topic for one in station.bulletin_heads(0, 10)] == ["stations", "calendar"]
    audit = opened.go("audit")
    audit.audit()
    opened.work()
    assert audit.state.remarks == ()
    assert "全部相符" in audited_words(audit.state.audited)
    assert (audit.state.audited.entries, audit.state.audited.cases) == (2, 1)

    again = Chain(code, 2, chain.entries[0].hash.hex())
    with closing(PostgresCentral(server.address(DATABASE, f"station_{code}"))) as station:
        station.push(again.batch())
    aside = opened.go("aside")
    *_earlier, waiting = aside.state.entries
    assert (waiting.station, waiting.epoch, waiting.public_key) == (code, 2, again.key.public_key.hex())
    aside.choose(waiting.key)
    aside.edit("电话核对，恢复过两次")
    aside.settle()
    opened.work()
    assert aside.state.entries == ()
    newest = opened.go("bulletins").state.bulletins[0]
    assert (newest.topic, newest.version) == ("stations", 2)
    opened.presenter.leave()
