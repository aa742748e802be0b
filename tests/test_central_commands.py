"""The commands of a centre's administrator, as they are typed: what they print and how they end."""

import io
import json
import re
from dataclasses import replace

import pytest

import main
from app.config import RESOURCES
from app.domain.facts import BlanksReceived
from app.domain.journal import Entry
from app.security.authority import Authority
from app.services.ports import InboxPlace
from tests.central import conftest
from tests.central.server import PostgresCentre
from tests.domain.samples import AT
from tests.fakes.chains import Chain

server = conftest.server
TOWN, VILLAGE = "000731", "000732"


@pytest.fixture(scope="module")
def kept(server):
    made = PostgresCentre(server)
    yield made
    made.close()


@pytest.fixture
def centre(kept, monkeypatch):
    kept.empty()
    for station in (TOWN, VILLAGE):
        kept.enrol(station)
    monkeypatch.setenv("LIDENG_CENTRAL", url(kept))
    return kept


def url(centre):
    options = centre.address().options
    return f"postgresql:///{options['dbname']}?host={options['host']}&user=postgres"


def run(*words):
    return main.main(["central", *words])


def test_init_may_be_repeated_and_says_the_version(centre, capsys):
    assert run("init", url(centre)) == main.GOOD
    assert re.search(r"0\d\d\d", capsys.readouterr().out)


def test_a_database_that_is_no_centre_is_said_to_be_none(server, capsys):
    options = server.address("postgres").options
    assert run("status", "--url", f"host={options['host']} dbname=postgres user=postgres") == main.REFUSED
    assert "还不是中心" in capsys.readouterr().err
    assert run("status", "--url", f"host={options['host']} dbname=nothing user=postgres") == main.ENVIRONMENT
    assert "没有这个数据库" in capsys.readouterr().err


def test_without_an_address_nothing_is_done(monkeypatch, capsys):
    monkeypatch.delenv("LIDENG_CENTRAL", raising=False)
    assert run("status") == main.UNSOUND
    assert run("status", "--url", "what is this") == main.UNSOUND
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_status_and_stations_tell_what_came(centre, capsys):
    chain = Chain(TOWN)
    chain.case()
    centre.connect(TOWN).push(chain.batch())
    assert run("status") == run("stations") == main.GOOD
    told = capsys.readouterr().out
    assert "在用 2 个" in told
    assert f"{TOWN}\t在用\t1/2" in told
    assert run("status", "--json") == main.GOOD
    status = json.loads(capsys.readouterr().out)
    assert (status["stations"], status["cases"], status["unverified"]) == (2, 1, 1)


def test_a_revoked_station_is_shown_as_such_and_not_revoked_twice(centre, capsys):
    assert run("revoke", TOWN, "--reason", "电脑被盗") == main.GOOD
    assert run("revoke", TOWN, "--reason", "电脑被盗") == main.REFUSED
    assert run("stations") == main.GOOD
    assert f"{TOWN}\t停用" in capsys.readouterr().out


def test_publishing_signs_with_the_authority_and_counts_versions(centre, tmp_path, monkeypatch, capsys):
    Authority.make("云溪市政务服务中心", AT).save(tmp_path / "authority.json", "long enough a passphrase")
    monkeypatch.setattr("ui.terminal.passphrase", lambda: "long enough a passphrase")
    years = (RESOURCES / "calendar" / "2026.yaml").read_bytes()
    (tmp_path / "calendar.yaml").write_bytes(years)
    words = ("publish", "calendar", str(tmp_path / "calendar.yaml"), "--authority", str(tmp_path / "authority.json"))
    assert run(*words) == run(*words) == main.GOOD
    assert run(*words, "--number", "1") == main.REFUSED
    town = centre.connect(TOWN)
    bulletins = [town.bulletin(head) for head in town.bulletin_heads(0, 10)]
    assert [(one.topic, one.version, one.payload) for one in bulletins] == [
        ("calendar", 1, years),
        ("calendar", 2, years),
    ]


def test_what_no_counter_could_use_is_not_published(centre, tmp_path, monkeypatch, capsys):
    Authority.make("云溪市政务服务中心", AT).save(tmp_path / "authority.json", "long enough a passphrase")
    monkeypatch.setattr("ui.terminal.passphrase", lambda: "long enough a passphrase")
    (tmp_path / "calendar.yaml").write_text("days: []")
    words = ("publish", "calendar", str(tmp_path / "calendar.yaml"), "--authority", str(tmp_path / "authority.json"))
    assert run(*words) == main.UNSOUND
    assert "year: is missing" in capsys.readouterr().err
    assert centre.administration.published("calendar") == 0


def test_what_was_set_aside_is_listed_until_somebody_settles_it(centre, capsys):
    chain = Chain(TOWN)
    chain.moves(Chain(VILLAGE).case(), TOWN)
    centre.connect(TOWN).push(chain.batch())
    assert run("quarantine") == main.GOOD
    assert f"{TOWN} 1/2" in capsys.readouterr().out
    assert run("quarantine", "--settle", TOWN, "1", "2", "误操作，已告知") == main.GOOD
    assert "没有搁置" in capsys.readouterr().out
    assert [one.is_final for one in centre.connect(TOWN).quarantine(10)] == [True]


def test_a_signature_that_does_not_fit_is_listed_until_somebody_settles_it(centre, capsys):
    chain = Chain(TOWN)
    chain.entries[0] = replace(chain.entries[0], signature=bytes(64))
    centre.connect(TOWN).push(chain.batch())
    run("watch", "--once")
    assert run("findings") == main.UNSOUND
    assert f"{TOWN} 1/1" in capsys.readouterr().out
    assert run("findings", "--settle", TOWN, "1", "1", "与纸质登记核对无误") == main.GOOD
    assert "没有签名不符" in capsys.readouterr().out
    assert run("audit") == main.GOOD


def test_an_audit_ends_with_1_and_a_list_when_something_is_wrong(centre, capsys):
    chain = Chain(TOWN)
    centre.connect(TOWN).push(chain.batch())
    assert run("audit") == main.GOOD
    forged = replace(chain.entries[0], signature=bytes(64))
    assert isinstance(forged, Entry)
    other = Chain(VILLAGE)
    other.entries[0] = replace(other.entries[0], signature=bytes(64))
    centre.connect(VILLAGE).push(other.batch())
    capsys.readouterr()
    assert run("audit") == main.UNSOUND
    assert f"{VILLAGE} 1/1\tsignature" in capsys.readouterr().out
    assert run("audit", TOWN, "--json") == main.GOOD
    assert json.loads(capsys.readouterr().out)["remarks"] == []


def test_what_an_audit_remarks_ends_with_0_once_somebody_settled_it(centre, capsys):
    skipping = Chain(TOWN)
    skipping.case(1)
    skipping.case(7)
    centre.connect(TOWN).push(skipping.batch())
    assert run("audit") == main.UNSOUND
    assert f"{TOWN} 1/3\tnumbers" in capsys.readouterr().out
    assert run("audit", "--settle", TOWN, "1", "3", "numbers", "试用时的编号，没有发给申请人") == main.GOOD
    assert "另有 1 处" in capsys.readouterr().out
    assert run("audit", "--settle", TOWN, "1", "3", "hash", "x") == main.REFUSED


def test_one_round_of_the_watch_writes_its_figures(centre, tmp_path, capsys):
    chain = Chain(TOWN)
    case = chain.case()
    chain.moves(case, VILLAGE)
    centre.connect(TOWN).push(chain.batch())
    metrics = tmp_path / "lideng.prom"
    assert run("watch", "--once", "--metrics", str(metrics), "--disk", str(tmp_path)) == main.GOOD
    told = metrics.read_text()
    assert "lideng_entries_unverified 0" in told
    assert "lideng_findings 0" in told
    assert list(tmp_path.iterdir()) == [metrics]
    assert centre.connect(TOWN).hello().verified == (1, 3)
    assert len(centre.connect(VILLAGE).pull(InboxPlace(), 10).entries) == 2


def test_a_watch_whose_figures_cannot_be_written_goes_on_and_ends_with_1(centre, tmp_path, capsys):
    centre.connect(TOWN).push(Chain(TOWN).batch())
    assert run("watch", "--once", "--metrics", str(tmp_path / "nowhere" / "lideng.prom")) == main.UNSOUND
    assert capsys.readouterr().out
    assert centre.connect(TOWN).hello().verified == (1, 1)


@pytest.mark.parametrize("words", [("quarantine", "--settle", TOWN, "x", "1", "误操作"), ("keep", "100")])
def test_words_that_are_no_numbers_or_too_small_end_with_the_usage(centre, words, capsys):
    with pytest.raises(SystemExit) as ended:
        run(*words)
    assert ended.value.code == 2
    assert re.search("都是整数|至少 365 天", capsys.readouterr().err)


def test_an_authority_is_not_sealed_with_a_short_passphrase(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert run("authority", str(tmp_path / "authority.lideng"), "--name", "云溪市政务服务中心") == main.UNSOUND
    assert list(tmp_path.iterdir()) == []


def test_blank_forms_are_counted_by_station_and_form(centre, capsys):
    assert run("blanks") == main.GOOD
    assert capsys.readouterr().out == "还没有窗口登记空白凭证\n"
    chain = Chain(TOWN)
    received = BlanksReceived("居住证明用纸", "A0001", "A0030", "县政务服务局")
    chain.says(received.kind, data=received.data())
    centre.connect(TOWN).push(chain.batch())
    assert run("blanks", TOWN) == main.GOOD
    assert "000731\t居住证明用纸\t30\t0\t0\t0" in capsys.readouterr().out
    assert run("blanks", "--json") == main.GOOD
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert row["counts"]["unused"] == 30
