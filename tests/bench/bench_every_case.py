"""How long a supervisor waits at a centre with a million cases: lists, pages, counts, one case opened.

python -m tests.bench.bench_every_case [--cases 1000000] [--open 50000] [--rounds 20]

The cases are generated inside the database, past the journal but for the entries of the open ones: 2,076 stations in six
counties, their numbers over a year. What is measured is the program's own call over a socket, pages of 50.
"""

import argparse
import time
from datetime import datetime, timedelta

from app.central.supervision import Supervision
from app.domain.clock import CHINA
from app.services.ports import CaseMarker, CasesOf, CaseWish
from tests.bench.centres import running
from tests.bench.figures import tell

STATIONS = 2076
PAGE = 50
STATES = "array['received', 'supplement', 'accepted', 'review', 'suspended', 'issued']"
ENROL = f"""
insert into core.station (id, role_name, name, service_point, division, enrolled_at)
select n, format('station_%s', lpad(n::text, 6, '0')), n % 5 + 1 || ' 号窗口', '便民服务中心 ' || n,
    '5199' || lpad((n % 6 + 1)::text, 2, '0') || lpad((n % 121 + 100)::text, 3, '0') || lpad((n % 17)::text, 3, '0'), now()
from generate_series(1, {STATIONS}) n;
insert into core.verified_head (station, epoch, seq) select id, 1, 1000000 from core.station
"""
CASES = f"""
insert into core.case_file (number, taker, holder, last_n, header, changed_at)
select c.number, c.taker, c.holder, 3, jsonb_build_object(
        'number', c.number, 'item', '510117051000', 'item_version', 1, 'holder', lpad(c.holder::text, 6, '0'),
        'state', case when c.open then ({STATES})[n % 6 + 1] else 'delivered' end,
        'received', c.at, 'accepted', c.at, 'due', to_char(c.day + (n % 40) * interval '1 day', c.form), 'result', null,
        'late', false, 'deemed', false, 'suspended', null, 'closed', case when c.open then null else c.at end,
        'handed', case when c.open and n % 19 = 0 then c.at end
    ), c.day
from (
    select n, n > {{cases}} - {{opened}} as open, n % {STATIONS} + 1 as taker,
        case when n % 7 = 0 then n % 13 + 1 else n % {STATIONS} + 1 end as holder, d.day, f.form,
        to_char(d.day, f.form) as at,
        to_char(d.day, 'YYYYMMDD') || lpad((n % {STATIONS} + 1)::text, 6, '0')
            || lpad((n / {STATIONS} % 9999 + 1)::text, 4, '0') || '00' as number
    from generate_series(1, {{cases}}) n
    cross join lateral (select now() - ({{cases}} - n) * interval '365 days' / {{cases}} as day) d
    cross join (values ('YYYY-MM-DD"T"HH24:MI:SS.MS"+08:00"')) f (form)
) c
"""
JOURNAL = """
insert into core.journal (station, epoch, seq, year, received_at, prev, digest, hash, signature, body, withheld,
    case_number, case_n)
select f.taker, 1, row_number() over (partition by f.taker) * 4 + n, core.year_of(now()), f.changed_at, h.hash, h.hash, h.hash,
    h.hash || h.hash, convert_to(jsonb_build_object('at', f.header -> 'received', 'operator', 'shen',
        'anchor', jsonb_build_object('at', f.header -> 'received'), 'data', jsonb_build_object('title', '居住证明',
        'applicant', jsonb_build_object('name', '张小明'), 'form', repeat('x', 900)))::text, 'UTF8'), false, f.number, n
from core.case_file f, generate_series(1, 3) n, (values (sha256('x'))) h (hash)
where f.is_open
"""
REST = """
insert into core.quarantine (station, epoch, seq, case_number, reason, received_at)
select 1, 1, row_number() over (), f.number, 'not_a_party', now() from core.case_file f where f.is_open limit 200
"""


def generate(address, cases, opened):
    statements = (ENROL, CASES.format(cases=cases, opened=opened), JOURNAL, REST)
    with address.connect() as connection:
        for statement in statements:
            connection.execute(statement.encode())
        connection.execute("vacuum analyze core.case_file")
        connection.execute("analyze")
        (size,) = connection.execute(
            "select pg_size_pretty(pg_table_size('core.case_file')) || ', its indexes '"
            " || pg_size_pretty(pg_indexes_size('core.case_file'))"
        ).fetchone()
    print(f"{cases:,} cases, {opened:,} of them open; table {size}")


def timed(name, rounds, call):
    seconds = []
    for turn in range(rounds):
        begun = time.perf_counter()
        call(turn)
        seconds.append(time.perf_counter() - begun)
    tell(name, seconds)


def deep(supervision, wish, pages):
    marker = None
    for _page in range(pages):
        marker = supervision.cases(wish, marker, PAGE).goes_on or CaseMarker()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--open", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=20)
    asked = parser.parse_args()
    with running("socket") as make:
        centre = make()
        generate(centre.admin, asked.cases, asked.open)
        supervision = Supervision(centre.admin)
        now = datetime.now(CHINA)
        county, township, far = "519901000000", "519902101000", "519906219000"
        some = [row.number for row in supervision.cases(CaseWish(), None, PAGE).cases]
        lists = {
            "open, by due date": CaseWish(),
            "overdue": CaseWish(due_before=now),
            "due within 3 days": CaseWish(due_before=now + timedelta(days=3)),
            "held in one county": CaseWish(held=county),
            "taken in in one township": CaseWish(taken_in=township),
            "taken in in a township that has none": CaseWish(taken_in=far),
            "held by one station, in review": CaseWish(held="000002", state="review"),
            "on their way": CaseWish(is_untaken=True),
            "still for 10 days": CaseWish(still_since=now - timedelta(days=10)),
            "with something set aside": CaseWish(is_aside=True),
            "closed ones of one station": CaseWish(taken_in="001500", scope=CasesOf.CLOSED),
            "all, held in a county": CaseWish(held=county, scope=CasesOf.ALL),
            "all, held in a township that has none": CaseWish(held=far, scope=CasesOf.ALL),
        }
        for name, wish in lists.items():
            timed(name, asked.rounds, lambda _turn, wish=wish: supervision.cases(wish, None, PAGE))
        timed("by number", asked.rounds, lambda turn: supervision.cases(CaseWish(some[turn % PAGE]), None, 1))
        timed("ten pages one after the other", 5, lambda _turn: deep(supervision, CaseWish(), 10))
        timed("counts by county", asked.rounds, lambda _turn: supervision.case_counts("", "", 6))
        timed("counts by township of a county", asked.rounds, lambda _turn: supervision.case_counts("", county, 9))
        timed("counts of what one county took in", asked.rounds, lambda _turn: supervision.case_counts(county, "", 6))
        timed("one case opened and written down", asked.rounds, lambda turn: supervision.open_case(some[turn % PAGE]))
        supervision.close()


if __name__ == "__main__":
    main()
