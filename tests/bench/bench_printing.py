"""From the key to the spooler: a receipt on a CUPS of our own, a look at its job, and a slip on a printer of our own.

python -m tests.bench.bench_printing [--papers 100]
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

from app.demonstration import CLERK
from app.domain.paper import PaperKind
from app.services.ports import DOTS_80, RollPrinter
from app.services.print_settings import ON_THE_ROLL, PrintChoice
from tests.bench.figures import tell
from tests.printing.cupsd import cups
from tests.printing.roll import RollPrinterFake, on_the_network
from tests.support import accepted, new_place


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=100)
    count = parser.parse_args().papers
    with tempfile.TemporaryDirectory() as folder, cups() as server:
        server.queue("office")
        os.environ["CUPS_SERVER"] = server.address
        place = new_place(Path(folder) / "profile", Path(folder))
        with place.opened() as counter, on_the_network(RollPrinterFake(DOTS_80)) as address:
            counter.papers.warm_up()
            printing, roll = counter.printing, RollPrinter(address, DOTS_80)
            printing.settings.keep_usual(PrintChoice("cups:office", "office"))
            firsts, agains, looks, slips = [], [], [], []
            for _ in range(count):
                paper = counter.papers.of_case(accepted(counter).number)[0]
                firsts.append(_took(lambda paper=paper: printing.send(paper, CLERK)))
                while printing.look():
                    time.sleep(0.01)
                counter.papers.spoil(paper, CLERK)
                agains.append(_took(lambda paper=paper: printing.send(paper, CLERK)))
                looks.append(_took(printing.look))
                while printing.look():
                    time.sleep(0.01)
            printing.settings.keep_roll(roll)
            printing.settings.keep_own(PaperKind.MATERIALS_RECEIPT, PrintChoice(ON_THE_ROLL))
            for _ in range(count):
                paper = counter.papers.of_case(accepted(counter).number)[0]
                slips.append(_took(lambda paper=paper: printing.send(paper, CLERK)))
    tell("receipt drawn, kept, recorded, spooled, started", firsts)
    tell("the same when it is drawn already", agains)
    tell("a look at one job", looks)
    tell("slip drawn, recorded, printed and told so", slips[1:])
    print(f"the first slip, which loads fonts and python-escpos: {slips[0] * 1000:.0f} ms")


def _took(act) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
