"""Entries and drafts for the contracts of the store."""

from app.config import RESOURCES
from app.definitions.pinyin import Readings, read_surnames
from app.demonstration import CLERK
from app.domain import inquiry as rules
from app.domain.application import Application
from app.domain.facts import CaseReceived
from app.domain.journal import FIRST_PREV, Entry
from app.services.ports import Draft
from tests.domain.samples import AT, ITEM, PERSON, paper

PINYIN = Readings(read_surnames(RESOURCES / "surnames.txt"))
DRAFT = Draft("draft-1", ITEM.code, 1, CLERK.login, Application(PERSON), AT, AT)
RECEIVED = CaseReceived(
    item=ITEM.code,
    item_version=1,
    title=ITEM.title,
    department=ITEM.department,
    project_type=ITEM.project_type,
    applicant=PERSON,
    form={},
    materials={},
    collection=DRAFT.application.collection,
    receipt=paper(serial=7),
    holder="000731",
    started_at=AT,
)


def entry(fact, epoch=1, seq=1, case=None, day=18):
    body = {
        "v": 1,
        "station": "000731",
        "epoch": epoch,
        "seq": seq,
        "at": f"2026-05-{day}T10:24:07.000+08:00",
        "operator": CLERK.login,
        "case": case,
        "kind": fact.kind,
        "data": fact.data(),
        "header": None,
    }
    return Entry.seal(body, FIRST_PREV, lambda _digest: bytes(64))


def add(store, *entries):
    with store.write() as uow:
        for one in entries:
            uow.journal.append(one)
        uow.commit()


def asked(serial, subject="怎么领"):
    return rules.ask(paper("inquiry_slip", serial), subject, ITEM.code, "林𬱖宁", "13805555270")
