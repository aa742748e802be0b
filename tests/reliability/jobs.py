"""Mixed jobs of a counter, played through the real services; each tells what it was told is done, and nothing before.

``tell(kind, name)`` names a kind of fact and the case (or draft) it belongs to. Whatever happens to the program, what
was told has to be there afterwards: ``checker`` looks.
"""

import io
import random
from collections.abc import Callable
from dataclasses import replace

from PIL import Image

from app.demonstration import CLERK
from app.domain.application import HandedIn, Page
from app.domain.case import Case
from app.domain.clock import stamp
from app.domain.people import Person
from app.services.counter import Counter
from app.services.ports import Draft
from tests.support import CERTIFICATE, COMMITTED, PERSON, filled

Tell = Callable[[str, str], None]
Job = Callable[[Counter, random.Random, Tell], None]
DRAFT = "draft"
PEOPLE = ("林𬱖宁", "黎若谷", "沈静秋", "邓一舟", "龚云帆", "许半夏")


def draft(counter: Counter, chance: random.Random, tell: Tell, item: str = CERTIFICATE) -> Draft:
    """Fill a draft; it survives from the moment it was saved."""
    person = replace(PERSON, name=chance.choice(PEOPLE))
    saved = filled(counter, item, Person(person.name, person.id_number, person.phone, person.address))
    tell(DRAFT, stamp(saved.started_at))
    return saved


def accept(counter: Counter, chance: random.Random, tell: Tell, item: str = CERTIFICATE, page: bool = False) -> Case:
    """Take a case in."""
    typed = draft(counter, chance, tell, item)
    if page:
        typed = _with_page(counter, typed, chance)
    case = counter.intake.accept(typed, counter.catalogue.item(item), CLERK).case
    tell("CaseReceived", case.number)
    tell("CaseAccepted", case.number)
    return case


def print_papers(counter: Counter, number: str, tell: Tell) -> None:
    """Draw every paper of a case."""
    for paper in counter.papers.of_case(number):
        counter.papers.pdf(paper, CLERK)
        tell("PaperMade", number)


def on_the_spot(counter: Counter, chance: random.Random, tell: Tell) -> None:
    """An immediate item from the first key to the citizen's hand."""
    case = accept(counter, chance, tell, page=chance.random() < 0.5)
    print_papers(counter, case.number, tell)
    counter.issuance.issue(case.number, CLERK)
    tell("CertificateIssued", case.number)
    print_papers(counter, case.number, tell)
    counter.issuance.deliver(case.number, CLERK, case.applicant.name, in_person=True)
    tell("CaseDelivered", case.number)


def left_accepted(counter: Counter, chance: random.Random, tell: Tell) -> None:
    """A committed item whose citizen goes home with the receipt."""
    case = accept(counter, chance, tell, COMMITTED)
    print_papers(counter, case.number, tell)


def left_as_draft(counter: Counter, chance: random.Random, tell: Tell) -> None:
    """Somebody who comes back with the rest another day."""
    draft(counter, chance, tell)


JOBS: tuple[Job, ...] = (on_the_spot, left_accepted, left_as_draft)


def _with_page(counter: Counter, typed: Draft, chance: random.Random) -> Draft:
    buffer = io.BytesIO()
    Image.frombytes("L", (300, 400), chance.randbytes(120_000)).save(buffer, "PNG")
    with counter.intake._store.write() as uow:
        page = Page(uow.blobs.put(buffer.getvalue()), "image/png")
        uow.commit()
    materials = {**typed.application.materials, "id_card": HandedIn(originals=1, pages=(page,))}
    return counter.intake.save(replace(typed, application=replace(typed.application, materials=materials)))
