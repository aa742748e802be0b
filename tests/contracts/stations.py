"""Entries of several stations that hang together, for tests of what a store makes of them."""

from dataclasses import replace
from datetime import timedelta

from app.domain.case import Case
from app.domain.clock import parse_stamp
from app.domain.facts import (
    EpochOpened,
    NumberedPaper,
    PaperPrinted,
)
from app.domain.journal import FIRST_PREV, Entry
from app.domain.numbering import case_number
from app.services.snapshots import CaseFilter
from tests.contracts.entries import RECEIVED
from tests.domain.samples import AT, PERSON

HERE, THERE, ELSEWHERE = "000731", "000732", "000733"
STAMP = "2026-05-18T10:24:07.000+08:00"
LATER = AT + timedelta(hours=1)


def numbered(text, serial):
    return NumberedPaper("series", serial, text)


class Writer:
    """Writes entries of one station that hang together and carry the headers of its cases, ``at`` one moment."""

    def __init__(self, station, epoch=1):
        self.station, self.epoch, self.seq, self.prev = station, epoch, 0, FIRST_PREV
        self.cases, self.at = {}, STAMP

    def says(self, fact, case=None, header=None, kind=None):
        self.seq += 1
        body = {
            "v": 1,
            "station": self.station,
            "epoch": self.epoch,
            "seq": self.seq,
            "at": self.at,
            "operator": "somebody",
            "case": case,
            "kind": kind or fact.kind,
            "data": fact.data(),
            "header": header,
        }
        entry = Entry.seal(body, self.prev, lambda _digest: bytes(64))
        self.prev = entry.hash
        return entry

    def takes(self, serial, holder=None, name="林𬱖宁", materials=None, receipt=None):
        """Take a case in; ``holder`` has it from the beginning."""
        number = case_number(AT.date(), self.station, serial)
        fact = replace(RECEIVED, holder=holder or self.station, applicant=replace(PERSON, name=name))
        fact = replace(fact, materials=materials or {}, receipt=receipt or numbered(f"{self.station}-{serial}", serial))
        self.cases[number] = Case.opened(number, fact, parse_stamp(self.at))
        return number, self.says(fact, number, self.cases[number].header())

    def moves(self, number, holder, case=None):
        """Say something about a case that is in the hands of ``holder`` from then on."""
        moved = replace(case or self.cases[number], holder=holder)
        return self.says(PaperPrinted("no such paper"), number, moved.header())


def append(store, *entries):
    with store.write() as uow:
        for entry in entries:
            uow.journal.append(entry)
        uow.commit()


def receive(store, *entries):
    """Take entries in as a service does, and return why each waits."""
    with store.write() as uow:
        whys = []
        for entry in entries:
            uow.received.add(entry, AT)
            why = uow.received.fold(entry)
            if why:
                uow.received.keep_waiting(entry, why)
            whys.append(why)
        uow.commit()
    return whys


def views_of(store):
    views = store.views
    rows = views.cases(CaseFilter(), 0, 100)
    papers = [row for case in rows for row in views.papers(case.number)]
    return rows, papers, views.counts(AT), views.find_people("林", 10), views.today(AT.date())


def begun(store):
    """Return a store whose journal has begun; its ``chain`` goes on with that."""
    store.chain = Writer(HERE)
    append(store, store.chain.says(EpochOpened("00")))
    return store
