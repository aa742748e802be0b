-- What was set aside is let in only while the case is in the very hands in which it was done. A header names the hand-over
-- that its station acted on (``came_by``). By that the centre tells what came early, whose hand-over is still on its way,
-- from what came late: where the hand-over counts and the case has left since, or never counts, nothing gives it its right
-- any more, whoever gives the case to that station again. No clock has a say in it.

set local role lideng_owner;

alter table core.quarantine
    add column hash bytea check (octet_length(hash) = 32), add column came_by bytea check (octet_length(came_by) = 32);
update core.quarantine q set hash = j.hash
from core.journal j where (j.station, j.epoch, j.seq) = (q.station, q.epoch, q.seq);
create index quarantine_by_hash on core.quarantine (case_number, hash);

-- Whoever sets an entry aside, its hash stands beside it.
create function core.note_hash() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    new.hash := (select j.hash from core.journal j where (j.station, j.epoch, j.seq) = (new.station, new.epoch, new.seq));
    return new;
end $$;
revoke all on function core.note_hash() from public;
create trigger note_hash before insert on core.quarantine for each row execute function core.note_hash();

-- As before, and which hand-over each followed.
create or replace function core.set_aside(
    me int, p_epoch int, p_first bigint, p_received timestamptz,
    numbers text[], reasons text[], headers jsonb[], holders int[], collects int[]
) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
    insert into core.quarantine (station, epoch, seq, case_number, reason, received_at, has_header, holder, collect, came_by)
    select me, p_epoch, p_first + e.o - 1, left(e.number, 100),
        case when row_number() over (partition by e.number order by e.o) + (
            select count(*) from (
                select from core.quarantine q
                where (q.case_number, q.station) = (e.number collate "C", me)
                    and q.settled_at is null and q.reason <> 'too_many' limit 500
            ) q
        ) > 500 then 'too_many' else e.reason end,
        p_received, e.header is not null, e.holder, e.collect,
        case when e.header ->> 'came_by' ~ '^[0-9a-f]{64}$' then decode(e.header ->> 'came_by', 'hex') end
    from unnest(numbers, reasons, headers, holders, collects) with ordinality as e (number, reason, header, holder, collect, o)
    where e.reason <> ''
$$;

-- Whether a case stayed in a station's hands since a place of its history.
create function core.is_still_held(p_case text, p_since bigint, p_station int) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select not exists (
        select from core.journal j
        cross join lateral (
            select convert_from(j.body, 'UTF8')::jsonb -> 'header' ->> 'holder' as holder offset 0
        ) b
        where j.case_number = p_case and j.case_n > p_since and b.holder is not null
            and (j.station <> p_station or b.holder <> lpad(p_station::text, 6, '0'))
    )
$$;

-- Whether a station had given a case away and forgotten that when it recorded what was set aside.
create function core.had_forgotten(q core.quarantine) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select exists (
        select from core.journal j
        cross join lateral (
            select convert_from(j.body, 'UTF8')::jsonb -> 'header' ->> 'holder' as holder offset 0
        ) b
        where j.case_number = q.case_number and j.case_n is not null
            and j.station = q.station and (j.epoch, j.seq) < (q.epoch, q.seq)
            and b.holder <> lpad(q.station::text, 6, '0') and not core.went_on_from(q.station, q.epoch, j.epoch, j.seq)
    )
$$;

-- Whether an entry that was set aside may only have come too early: the hand-over that it followed counts and the case has
-- stayed there, or may count yet. That one may be set aside itself, and so on; nobody's hands are followed for ever. Of what
-- names no hand-over – its station took the case in, or had an older program – is asked what it had forgotten.
create or replace function core.may_be_let_in(q core.quarantine) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    asked core.quarantine := q;
    before core.quarantine;
    since bigint;
begin
    for step in 1 .. 16 loop
        if asked.settled_at is not null or asked.reason not in ('not_the_taker', 'not_a_party', 'not_the_holder') then
            return false;
        elsif asked.came_by is null then
            return asked.reason <> 'not_the_holder' or not core.had_forgotten(asked);
        end if;
        select j.case_n into since from core.journal j
        where j.case_number = asked.case_number and j.case_n is not null and j.hash = asked.came_by;
        if found then
            return core.is_still_held(asked.case_number, since, asked.station);
        end if;
        select w.* into before from core.quarantine w
        where (w.case_number, w.hash) = (asked.case_number, asked.came_by);
        if not found then
            return true;
        end if;
        asked := before;
    end loop;
    return true;
end $$;

revoke all on function core.is_still_held(text, bigint, int), core.had_forgotten(core.quarantine) from public;

reset role;
