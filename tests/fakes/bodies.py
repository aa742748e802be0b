"""What the parts of the store in memory read from its entries."""

from app.domain.clock import CHINA, parse_stamp
from app.domain.facts import (
    FormPrepared,
    InquiryAnswered,
    InquiryClosed,
    InquiryHandedOn,
    InquiryOpened,
    read_fact,
)

INQUIRY_FACTS = (InquiryOpened, InquiryAnswered, InquiryHandedOn, InquiryClosed)


def facts(state):
    """Yield every body with its fact, oldest first."""
    for entry in state.entries:
        body = entry.read()
        yield body, read_fact(body)


def day_of(body):
    return parse_stamp(body["at"]).astimezone(CHINA).date()


def is_work(body):
    return body["case"] is not None or isinstance(read_fact(body), (*INQUIRY_FACTS, FormPrepared))


def covered_until(closings, day):
    """Return the place of the last closing that covers ``day``: its own, and after that those of later days."""
    covered = None
    for place, closed in closings:
        if closed == day or (closed > day and covered is not None):
            covered = place
    return covered


def inquiry_number(fact):
    if isinstance(fact, InquiryOpened):
        return fact.number.text
    return fact.number if isinstance(fact, INQUIRY_FACTS) else ""
