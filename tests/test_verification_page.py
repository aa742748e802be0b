"""The verification page in a real browser: from disk, with proofs that hold and proofs that do not, and what it says of them."""

import secrets
import zlib
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from base45 import b45encode

from app.domain.claims import Claims
from app.domain.clock import CHINA
from app.security.authority import Authority, serial_of
from app.security.documents import DocumentKey
from app.security.proof_text import as_address, as_text
from app.security.proofs import ProofWriter
from app.security.revocation_list import PaperEnd, RevocationList
from app.security.revocation_list import as_text as list_text
from app.security.root_files import root_in
from app.security.short_certificates import RootForm
from app.services.errors import BadRevocationList, NoRoot
from app.verification_page import list_file, list_name, verification_page, write_page
from tests.browser import Browser, has_browser
from tests.security.example import CLAIMS as EXAMPLE
from tests.security.example import ROOT as EXAMPLE_ROOT
from tests.security.example import steps

pytestmark = pytest.mark.skipif(not has_browser(), reason="chromium is not installed")

NOW = datetime.now(CHINA).replace(microsecond=0)
TODAY = NOW.date()
DAY = timedelta(days=1)


class Centre:
    """A centre with one station, and what they sign."""

    def __init__(self, name="虚构市政务服务中心"):
        at = NOW - 400 * DAY
        self.authority, self.key = Authority.make(name, at), DocumentKey(secrets.token_bytes(32))
        self.root = self.authority.root
        self.certificate = self.authority.sign_request(self.key.request("000731"), "000731", at)
        self.serial = serial_of(self.certificate)

    def proof(self, claims):
        return ProofWriter(self.root, self.certificate, self.key.sign).write(claims)

    def list(self, until=NOW + 30 * DAY, stations=(), papers=()):
        called_back = RevocationList(3, NOW - DAY, until, dict(stations), dict(papers))
        return list_text(called_back, self.root, self.authority.sign)


@pytest.fixture(scope="module")
def centre():
    return Centre()


@pytest.fixture(scope="module")
def claims():
    return Claims(
        name="居住证明",
        number="云溪3居〔2026〕000412号",
        type_code="residence_certificate",
        holder="林**",
        holder_code="519900********0321",
        holder_code_type="公民身份号码",
        issuer="云溪镇人民政府",
        issued_on=TODAY - 30 * DAY,
        valid_until=TODAY + 150 * DAY,
        station="000731",
        entry=bytes(range(32)),
    )


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with Browser(tmp_path_factory.mktemp("browser")) as browser:
        browser.resize(420, 900)
        yield browser


@pytest.fixture
def page(centre, browser, tmp_path):
    return Page(centre, browser, tmp_path / "核验 page.html")


class Page:
    """A page on the disk, with the list that lies beside it."""

    def __init__(self, centre, browser, path):
        self.centre, self.browser, self.path = centre, browser, path
        path.write_text(verification_page(centre.root, list_name(path)), encoding="utf-8")

    def put_list(self, text, root=None):
        self.path.with_name(list_name(self.path)).write_text(list_file(text, root or self.centre.root))

    def open(self, proof):
        self.browser.open(as_address(proof, self.path.as_uri()))
        return self.verdict()

    def paste(self, text):
        self.browser.open(self.path.as_uri())
        self.browser.run(f"document.getElementById('text').value = {text!r}; document.getElementById('check').click()")
        return self.verdict()

    def verdict(self):
        self.browser.wait_for("!document.getElementById('verdict').hidden")
        return self.browser.run("document.getElementById('verdict').className"), self.text("because")

    def text(self, place):
        return self.browser.run(f"document.getElementById('{place}').innerText")


def test_a_certificate_is_valid_and_the_page_says_what_must_stand_on_the_paper(page, centre, claims):
    page.put_list(centre.list())
    verdict, because = page.open(centre.proof(claims))
    assert verdict == "valid"
    assert "not on the list" in because
    told = page.text("claims")
    for said in ("居住证明", "云溪3居〔2026〕000412号", "林**", "519900********0321", "云溪镇人民政府", "000731"):
        assert said in told
    assert str(claims.valid_until) in told
    assert claims.entry.hex()[:16] not in told  # papers bear the digits of the acceptance, which is another entry
    assert page.browser.errors == []


def test_it_speaks_chinese_too(page, centre, claims):
    page.open(centre.proof(claims))
    page.browser.run("document.getElementById('language').click()")
    assert page.text("said") == "有效"
    assert "公民身份号码" in page.text("claims")
    assert "撤销名单" in page.text("freshness")


def test_without_a_list_it_says_that_it_cannot_know_of_revocations(page, centre, claims):
    verdict, because = page.open(centre.proof(claims))
    assert verdict == "valid"
    assert "Without the list" in because


def test_an_old_list_is_used_and_its_age_is_told(page, centre, claims):
    page.put_list(centre.list(until=NOW - DAY / 2))
    verdict, because = page.open(centre.proof(claims))
    assert verdict == "valid"
    assert "out of date" in because


def test_a_certificate_whose_last_day_is_over_has_expired(page, centre, claims):
    assert page.open(centre.proof(replace(claims, valid_until=TODAY - 2 * DAY)))[0] == "expired"


def test_the_last_day_itself_is_good(page, centre, claims):
    assert page.open(centre.proof(replace(claims, valid_until=TODAY)))[0] == "valid"


def test_one_without_a_last_day_never_expires(page, centre, claims):
    assert page.open(centre.proof(replace(claims, valid_until=None)))[0] == "valid"
    assert "no end" in page.text("claims")


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (PaperEnd.WITHDRAWN, "revoked on"),
        (PaperEnd.RECALLED, "called back on"),
        (PaperEnd.VOID, "declared void on"),
        (PaperEnd.REPLACED, "took its place on"),
    ],
)
def test_a_certificate_on_the_list_is_revoked_and_why(page, centre, claims, why, words):
    page.put_list(centre.list(papers={claims.entry: (why, date(2026, 6, 2))}))
    verdict, because = page.open(centre.proof(claims))
    assert verdict == "revoked"
    assert words in because
    assert "2026-06-02" in because


def test_what_a_station_issued_after_it_was_shut_out_is_revoked_and_before_it_nobody_can_tell(page, centre, claims):
    page.put_list(centre.list(stations={centre.serial: NOW - 40 * DAY}))
    assert page.open(centre.proof(claims))[0] == "revoked"
    page.put_list(centre.list(stations={centre.serial: NOW - 20 * DAY}))
    assert page.open(centre.proof(claims))[0] == "unknown"


@pytest.mark.parametrize("serial", [0x0A, 0xA0, 0x0123, 0x1234])
def test_serial_numbers_are_written_without_zeros_in_front(page, serial):
    page.browser.open(page.path.as_uri())
    written = serial.to_bytes((serial.bit_length() + 7) // 8, "big").hex()
    assert page.browser.run(f"hexNumber(fromHex('{written}'))") == f"{serial:x}"


def test_a_list_of_another_centre_is_not_used(page, claims, centre):
    other = Centre()
    page.put_list(other.list(papers={claims.entry: (PaperEnd.VOID, TODAY)}), other.root)
    assert page.open(centre.proof(claims))[0] == "valid"
    assert "not this centre" in page.text("freshness")


def test_a_certificate_of_another_centre_cannot_be_told(page, claims):
    verdict, because = page.open(Centre("别处政务服务中心").proof(claims))
    assert verdict == "unknown"
    assert "Another centre" in because


def test_a_centre_that_only_has_the_same_name_is_another_one(page, claims):
    assert page.open(Centre().proof(claims))[0] == "unknown"


def test_a_stranger_who_names_our_centre_is_forged(page, centre, claims):
    stranger = Centre()
    marks = [RootForm(one.root).mark for one in (stranger, centre)]
    verdict, because = page.open(stranger.proof(claims).replace(*marks, 1))
    assert verdict == "forged"
    assert "was not signed by this centre" in because


def verdicts_on(page, texts):
    page.browser.open(page.path.as_uri())
    all_judged = f"Promise.all({texts!r}.map((text) => judged(text, ROOT, null, Date.now())))"
    return page.browser.run(f"{all_judged}.then((all) => all.map((one) => one.verdict))")


def test_a_changed_byte_is_forged_wherever_it_is(page, centre, claims):
    proof, texts = centre.proof(claims), []
    for place in range(1, len(proof), 5):
        changed = bytearray(proof)
        changed[place] ^= 1 << place % 8
        texts.append(as_text(bytes(changed)))
    verdicts = verdicts_on(page, texts)
    assert len(verdicts) == len(texts)
    assert "valid" not in verdicts
    assert verdicts.count("forged") > len(verdicts) * 0.9


def test_changed_letters_are_never_valid(page, centre, claims):
    text = as_text(centre.proof(claims))
    texts = [
        text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :] for place in range(0, len(text), 4)
    ]
    assert "valid" not in verdicts_on(page, texts)


def test_a_text_can_be_pasted_where_there_is_no_address(page, centre, claims):
    assert page.paste(f"  {as_text(centre.proof(claims))}\n")[0] == "valid"


@pytest.mark.parametrize(
    "text", ["", "20260518000731004297", "https://example.cn/", "<img src=x onerror=alert(1)>", "A" * 5000]
)
def test_what_is_no_proof_is_told_as_that(page, text):
    verdict, because = page.paste(text)
    assert verdict == "unknown"
    assert "not the code of a certificate" in because


def test_a_compression_that_never_ends_costs_a_sentence(page):
    bomb = "LDV1:" + b45encode(zlib.compress(bytes(1_500_000), 9)).decode()
    assert page.paste(bomb)[0] == "forged"


def test_a_day_that_the_program_does_not_take_is_not_taken_here(page, centre, claims):
    page.browser.open(page.path.as_uri())
    for key, number in ((9, 0), (10, 0), (10, 2932897)):
        said = page.browser.run(
            f"""(() => {{
            const said = new Map([[1, 'a'], [2, 'b'], [7, 'c'], [9, 20000], [11, new Uint8Array(32)]]).set({key}, {number});
            try {{ claimsOf(said); return 'taken'; }} catch {{ return 'refused'; }}
        }})()"""
        )
        assert said == "refused"


def test_markup_in_claims_is_shown_as_letters(page, centre, claims):
    page.open(centre.proof(replace(claims, holder="<b id=x>林</b>")))
    assert "<b id=x>林</b>" in page.text("claims")
    assert page.browser.run("document.getElementById('x')") is None


def test_signs_that_turn_the_order_of_letters_are_shown(page, centre, claims):
    page.open(centre.proof(replace(claims, holder="林\u202e\u2066**", issuer="云溪镇\u2028人民政府")))
    told = page.text("claims")
    assert "林⟨U+202E⟩⟨U+2066⟩**" in told
    assert "云溪镇⟨U+2028⟩人民政府" in told


def test_the_worked_example_of_the_documents_reads_the_same_here(browser, tmp_path):
    path = tmp_path / "example.html"
    path.write_text(verification_page(EXAMPLE_ROOT, list_name(path)), encoding="utf-8")
    browser.open(path.as_uri())
    told = browser.run(f"readProof({steps()['text']!r}, ROOT)")
    assert told["claims"]["number"] == EXAMPLE.number
    assert told["claims"]["entry"] == EXAMPLE.entry.hex()


def test_the_page_asks_for_nothing_but_itself_and_its_list_and_keeps_the_proof_to_itself(page, centre, claims):
    page.put_list(centre.list())
    page.open(centre.proof(claims))
    assert page.browser.requests == [page.path.as_uri(), page.path.with_name(list_name(page.path)).as_uri()]
    assert page.browser.errors == []


def test_its_sums_agree_with_those_of_the_browser(page):
    page.browser.open(page.path.as_uri())
    assert (
        page.browser.run("""(async () => {
        for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]) {
            const message = crypto.getRandomValues(new Uint8Array(length));
            for (const [name, own] of [['SHA-256', sha256], ['SHA-1', sha1]]) {
                const theirs = new Uint8Array(await crypto.subtle.digest(name, message));
                if (!sameBytes(theirs, own(message))) return name + ' of ' + length;
            }
        }
        for (let count = 0; count < 12; count++) {
            const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
            const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
            const key = keyOf(joined(Uint8Array.of(2 + (point[64] & 1)), point.slice(1, 33)));
            if (!sameBytes(uncompressed(key), point)) return 'a point';
            const message = crypto.getRandomValues(new Uint8Array(80));
            const signature = new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, message));
            if (!hasSigned(key, message, signature, true)) return 'a signature';
            signature[count * 5] ^= 4;
            if (hasSigned(key, message, signature, true)) return 'a changed signature';
        }
        return 'agree';
    })()""")
        == "agree"
    )


def test_the_root_is_found_in_the_files_that_hold_it(centre, tmp_path):
    pem, kept = tmp_path / "root.pem", tmp_path / "authority.json"
    pem.write_text(centre.root)
    centre.authority.save(kept, "a passphrase for tests")
    assert root_in(pem) == root_in(kept) == centre.root


@pytest.mark.parametrize("text", ["", "{}", "{", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_a_file_without_a_root_is_told(text, tmp_path):
    file = tmp_path / "root"
    file.write_text(text)
    with pytest.raises(NoRoot):
        root_in(file)


def test_page_and_list_are_written_beside_each_other(centre, claims, browser, tmp_path):
    root, called_back, out = tmp_path / "root.pem", tmp_path / "list.txt", tmp_path / "page.html"
    root.write_text(centre.root)
    called_back.write_text(centre.list(papers={claims.entry: (PaperEnd.VOID, TODAY)}) + "\n")
    assert write_page(out, root, called_back) == [out, tmp_path / "page.revocations.js"]
    browser.open(as_address(centre.proof(claims), out.as_uri()))
    browser.wait_for("document.getElementById('verdict').className === 'revoked'")


def test_nothing_is_written_where_the_list_is_none_of_this_centre(centre, tmp_path):
    root, called_back, out = tmp_path / "root.pem", tmp_path / "list.txt", tmp_path / "page.html"
    root.write_text(centre.root)
    called_back.write_text(Centre().list())
    with pytest.raises(BadRevocationList):
        write_page(out, root, called_back)
    assert not out.exists()


def test_the_page_says_no_day_of_the_future_is_good(page, centre, claims):
    assert page.open(centre.proof(replace(claims, issued_on=TODAY + 5 * DAY)))[0] == "unknown"
