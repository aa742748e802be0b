"""The checker in docs/journal.md does what the document says."""

import json
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from app.domain.facts import FACTS
from tests.support import accepted

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "journal.md"


@pytest.fixture
def export(counter, tmp_path):
    accepted(counter)
    counter.ledger.export(tmp_path / "journal.jsonl")
    return tmp_path / "journal.jsonl"


def run(export, tmp_path):
    code = re.search(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)[1]
    (tmp_path / "checker.py").write_text(code, encoding="utf-8")
    command = [sys.executable, "-O", str(tmp_path / "checker.py"), str(export)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_accepts_a_journal_as_it_was_exported(export, tmp_path):
    done = run(export, tmp_path)
    assert done.returncode == 0, done.stderr
    assert f"{len(export.read_text(encoding='utf-8').splitlines())} entries" in done.stdout


@pytest.mark.parametrize("change", ["removed", "swapped", "repeated", "cut", "changed", "added", "doubled"])
def test_it_refuses_a_journal_that_was_tampered_with(export, tmp_path, change):
    lines = export.read_text(encoding="utf-8").splitlines()
    entry = json.loads(lines[3])
    entry["body"] = entry["body"].replace("000731", "000732")
    tampered = {
        "removed": [*lines[:3], *lines[4:]],
        "swapped": [*lines[:3], lines[4], lines[3], *lines[5:]],
        "repeated": [*lines[:4], *lines[3:]],
        "cut": lines[:-1],
        "changed": [*lines[:3], json.dumps(entry), *lines[4:]],
        "added": [*lines[:3], lines[3].replace("{", '{"note": "", ', 1), *lines[4:]],
        "doubled": [*lines[:3], lines[3].replace("{", '{"seq": 1, ', 1), *lines[4:]],
    }[change]
    export.write_text("\n".join(tampered) + "\n", encoding="utf-8")
    assert run(export, tmp_path).returncode != 0


def test_the_document_names_every_kind_of_fact_with_its_data():
    text = DOCUMENT.read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]*) \|", text, re.MULTILINE))
    written = {kind: tuple(re.findall(r"`(\w+)`", data)) for kind, data in rows.items() if kind in FACTS}
    assert written == {kind: tuple(field.name for field in fields(fact)) for kind, fact in FACTS.items()}
