"""Makes the verification page: one HTML file that checks proofs in any browser, from a disk or from a web server.

What it does is written in resources/verification; here the centre's root goes into it, and a policy by which the browser
runs this very script and loads nothing else but the list of what was called back, which lies beside the page.
"""

import base64
import hashlib
import json
from pathlib import Path
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from app.config import RESOURCES
from app.security.revocation_list import LARGEST_TEXT, read_list
from app.security.root_files import root_in
from app.security.short_certificates import ROOT_MARK
from app.security.trust import RootTrust, point_of
from app.whole_files import place_errors, written_whole

SOURCES = RESOURCES / "verification"
SCRIPTS = ("reading.js", "arithmetic.js", "judging.js", "page.js")


def write_page(path: Path, root_file: Path, list_from: Path | None) -> list[Path]:
    """Write the page to ``path``, and beside it the list in the file ``list_from``, where one is given; return both.

    NoRoot, BadRevocationList before anything is written; DiskFull, PlaceUnavailable.
    """
    with place_errors(root_file.absolute().parent):
        root = root_in(root_file)
    files = {path: verification_page(root, list_name(path))}
    if list_from is not None:
        with place_errors(list_from.absolute().parent):
            text = list_from.read_bytes()[: LARGEST_TEXT + 1].decode(errors="replace").strip()
        files[path.with_name(list_name(path))] = list_file(text, root)
    for file, said in files.items():
        with place_errors(path.parent), written_whole(file) as fresh:
            fresh.write_text(said, encoding="utf-8")
    return list(files)


def verification_page(root: str, list_name: str) -> str:
    """Return the page for the centre whose root certificate (PEM) is given; ``list_name`` is the list's file beside it."""
    script = "".join(_source(name) for name in SCRIPTS).replace("'@ROOT@'", _as_script(_facts(root)))
    style = _source("page.css")
    policy = f"default-src 'none'; script-src {_digest(script)} 'self'; style-src {_digest(style)}; base-uri 'none'; form-action 'none'"
    parts = {"@POLICY@": policy, "@STYLE@": style, "@SCRIPT@": script, "@LIST@": quote(list_name)}
    page = _source("page.html")
    for place, part in parts.items():
        page = page.replace(place, part)
    return page


def list_name(page: Path) -> str:
    """Return what the file of the list is called beside a page."""
    return f"{page.stem}.revocations.js"


def list_file(text: str, root: str) -> str:
    """Return the file that lies beside the page; BadRevocationList when ``text`` is no list of this centre."""
    read_list(text, root)
    return f"lidengRevocations({_as_script(text)});\n"


def _facts(root: str) -> dict[str, object]:
    """Return what a script has to know of a root."""
    found = x509.load_pem_x509_certificate(root.encode())
    organisations = [str(one.value) for one in found.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)]
    return {
        "name": organisations[0] if organisations else "",
        "organisations": organisations,
        "subject": found.subject.public_bytes().hex(),
        "point": point_of(RootTrust(root).public_key).hex(),
        "mark": found.fingerprint(SHA256())[:ROOT_MARK].hex(),
    }


def _as_script(value: object) -> str:
    """Return a value as a script writes it; nothing in it can end the script."""
    return json.dumps(value).replace("<", "\\u003c")


def _source(name: str) -> str:
    return (SOURCES / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """Return the source of a policy that allows exactly this text (Content Security Policy, level 3)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
