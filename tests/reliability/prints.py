"""Kills the program (SIGKILL) between any two steps of printing, and looks what came out of the printer afterwards.

``python -m tests.reliability.prints PROFILE CACHE`` prints a line of JSON for each moment. CUPS_SERVER says where a
server answers whose queue is called ``office``. Linux only: it forks, see ``killing``.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path

from app.config import RESOURCES
from app.definitions.papers import read_paper_templates
from app.demonstration import CLERK
from app.domain.paper import PaperState
from app.papers.maker import PdfPaperMaker
from app.services.print_settings import PrintChoice
from app.services.printing import PrintingService
from tests.reliability.readers import read_now, read_once
from tests.support import accepted, place_in

MOMENTS = ("lay", "_record_print", "start", "_start")
"""The program is killed before it lays a job, before it records that, before it starts the job, after."""
PATIENCE_S = 20


def main(profile: Path, cache: Path) -> None:
    """Play every moment."""
    read_now()
    PdfPaperMaker(read_paper_templates(RESOURCES / "papers")).warm_up()
    for moment in MOMENTS:
        child = os.fork()
        if not child:
            _print_and_die(profile, cache, moment)
        os.waitpid(child, 0)
        child = os.fork()
        if not child:
            _go_on(profile, cache, moment)
        _, status = os.waitpid(child, 0)
        if status:
            sys.exit(f"{moment}: {status}")


def _print_and_die(profile: Path, cache: Path, moment: str) -> None:
    with read_once(), place_in(profile, cache).opened() as counter:
        counter.printing.settings.keep_usual(PrintChoice("cups:office", "office"))
        papers = counter.papers.of_case(accepted(counter).number)
        target = counter.printing.printers if hasattr(counter.printing.printers, moment) else counter.printing
        if moment == "_start":
            _kill_after(target, moment)
        else:
            setattr(target, moment, _die)
        for paper in papers:
            counter.printing.send(paper, CLERK)


def _kill_after(printing: PrintingService, name: str) -> None:
    start = getattr(printing, name)

    def start_and_die(*values: object) -> None:
        start(*values)
        _die()

    setattr(printing, name, start_and_die)


def _die(*_values: object, **_more: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _go_on(profile: Path, cache: Path, moment: str) -> None:
    """Start again, print whatever says 待打印, and wait until every job has ended."""
    with read_once(), place_in(profile, cache).opened() as counter:
        counter.printing.tidy()
        counter.printing.look()
        waiting = [paper for paper in counter.papers.waiting(days=60) if paper.state is PaperState.TO_PRINT]
        for paper in waiting:
            counter.printing.send(paper, CLERK)
        end = time.monotonic() + PATIENCE_S
        while counter.printing.look():
            if time.monotonic() > end:
                os._exit(1)
            time.sleep(0.02)
        print(json.dumps({"moment": moment, "printed_again": len(waiting)}), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
