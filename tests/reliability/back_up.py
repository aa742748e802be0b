"""Writes one backup after another without end and tells when each is there; ``test_backup_faults`` kills it."""

import sys
from pathlib import Path

from tests.support import MONDAY, backups_of, place_in


def main() -> None:
    backups = backups_of(place_in(Path(sys.argv[1]), Path(sys.argv[2])))
    while True:
        backups.write(Path(sys.argv[3]), MONDAY)
        print("written", flush=True)


if __name__ == "__main__":
    main()
