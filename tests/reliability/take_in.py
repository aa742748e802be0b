"""Takes cases in without end and tells each number once it is durable; ``test_kill`` kills it."""

import sys
from pathlib import Path

from app.demonstration import CLERK
from tests.support import accepted, place_in


def main() -> None:
    place = place_in(Path(sys.argv[1]), Path(sys.argv[2]))
    with place.opened() as counter:
        while True:
            case = accepted(counter)
            print(case.number, flush=True)
            counter.issuance.issue(case.number, CLERK)
            counter.papers.pdf(counter.papers.of_case(case.number)[0], CLERK)
            counter.issuance.deliver(case.number, CLERK, case.applicant.name, in_person=True)


if __name__ == "__main__":
    main()
