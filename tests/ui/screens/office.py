"""Screens of the office of a centre."""

from app.services.ports import CaseEntry, Changes
from app.services.snapshots import CaseFilter, CaseScope
from tests.fakes.office import MemoryOffice, furnished


def _office(part="", then=lambda _office: None, office=furnished):
    """Return a way into a part of the centre's office, where ``then`` is done."""

    def show(rooms):
        there = office(rooms.counter.desk.now())
        rooms.counter.administering._open_office = lambda _url, _ca, _password: there
        presenter, _room = rooms.built.open_office()
        presenter.leave()
        rooms.open_office()
        if part:
            presenter.edit("url", "postgresql://li_na@db1.example/lideng")
            presenter.connect("")
            rooms.idle()
            presenter.choose_part(part)
            rooms.idle()
            then(presenter)
            rooms.idle()

    return show


def _invited(office):
    office.stations.choose("000734")
    office.stations.begin_invitation()
    office.stations.edit("name", "")
    office.stations.submit()


def _case_at_the_centre(office):
    """Open the first case with a history that this counter has of another."""
    store, cases = office._counter.intake._store, office.cases
    with store.read() as uow:
        entries = uow.journal.of_case(office._counter.desk.page(CaseFilter(CaseScope.ALL), 0, 1)[0].row.number)
    there = office._counter.administering._office.every_case
    there.histories[cases.state.chosen] = [
        CaseEntry(n, there.rows[0].taker, 1, n, there.now, n < 4, entry.body.encode())
        for n, entry in enumerate(entries, start=1)
    ]
    cases.open_case()


def _revoking(office):
    office.stations.choose("000731")
    office.stations.begin_revocation()
    office.stations.submit()


def _compared(office):
    office.bulletins._payload = b"x"
    names = tuple(f"51990000000{n} 居住证明（本镇居民）" for n in range(3))
    office.bulletins._show(
        file="catalogue-2026-11-一份名字很长很长的事项目录文件.zip",
        changes=Changes("catalogue", 3, office.stations.state.now, names, names[:1], names[:2]),
    )


def _audited(office):
    office.audit.audit()


def _settling(office):
    office.aside.settle()


def _asking_authority(office):
    office.ask_authority()
    office.open_authority("")


def _making_authority(office):
    office.keeping.begin("make")
    office.keeping.submit()


def _detaching(office):
    office.keeping.begin("detach")
    office.keeping.submit()


def _copied(office):
    office.templates.choose("village_residence_certificate")
    office.templates.copy()


def _signed_below(office):
    _copied(office)
    office.templates.choose_block(10)


def _with_a_mistake(office):
    _copied(office)
    office.templates.choose_block(6)
    office.templates.edit("cell.1.1", "兹证明{nmae}住在本村。")


SCREENS = {
    "office": _office(),
    "office unprepared": _office("overview", office=lambda now: MemoryOffice(current="", now=now)),
    "office overview": _office("overview"),
    "office templates": _office("templates"),
    "office template signed": _office("templates", _signed_below),
    "office template wrong": _office("templates", _with_a_mistake),
    "office cases": _office("cases"),
    "office case opened": _office("cases", _case_at_the_centre),
    "office without cases": _office("cases", office=lambda now: MemoryOffice(now=now)),
    "office piles": _office("cases", lambda office: office.cases.show_piles()),
    "office stations": _office("stations"),
    "office inviting": _office("stations", _invited),
    "office revoking": _office("stations", _revoking),
    "office bulletins": _office("bulletins", _compared),
    "office without bulletins": _office("bulletins", office=lambda now: MemoryOffice(now=now)),
    "office audit": _office("audit", _audited),
    "office without audit": _office("audit"),
    "office aside": _office("aside", _settling),
    "office without stations": _office("stations", office=lambda now: MemoryOffice(now=now)),
    "office asking": _office("bulletins", _asking_authority),
    "office keeping": _office("keeping", _making_authority),
    "office detaching": _office("keeping", _detaching),
}
