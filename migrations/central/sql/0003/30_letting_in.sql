-- What was set aside as not the holder's is let in too, once the case has come to its station.
--
-- A case can be handed over by file, and the station that got it meet the centre before the one that gave it away; and a
-- centre that was restored from a backup may have forgotten that a case was handed over. Either way the station acted with
-- the case in its hands, and the rest comes later.

set local role lideng_owner;

-- Whether what a station recorded in an epoch was recorded after an entry of an earlier one, with knowledge of it: a
-- restored counter does not know what came after its backup. An epoch names the entry that it went on from.
create function core.went_on_from(p_station int, p_epoch int, p_earlier_epoch int, p_earlier_seq bigint) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    at_epoch int := p_epoch;
    known_epoch int;
    known_seq bigint;
begin
    while at_epoch > p_earlier_epoch loop
        select k.epoch, k.seq into known_epoch, known_seq
        from core.journal o
        join core.journal k on k.station = o.station and k.epoch < at_epoch
            and k.hash = decode(convert_from(o.body, 'UTF8')::jsonb -> 'data' ->> 'previous_hash', 'hex')
        where (o.station, o.epoch, o.seq) = (p_station, at_epoch, 1)
        order by k.epoch desc, k.seq desc limit 1;
        if not found or (known_epoch, known_seq) < (p_earlier_epoch, p_earlier_seq) then
            return false;
        end if;
        at_epoch := known_epoch;
    end loop;
    return true;
end $$;

-- Whether an entry that was set aside may only have come too early. One of a station that did not hold the case may, unless
-- the station had given the case away and forgotten it: that one acted on a case that was no longer there.
create function core.may_be_let_in(q core.quarantine) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select q.settled_at is null and (
        q.reason in ('not_the_taker', 'not_a_party')
        or (
            q.reason = 'not_the_holder' and not exists (
                select from core.journal j
                cross join lateral (
                    select convert_from(j.body, 'UTF8')::jsonb -> 'header' ->> 'holder' as holder offset 0
                ) b
                join core.station s on s.id = j.station
                where j.case_number = q.case_number and j.station = q.station and (j.epoch, j.seq) < (q.epoch, q.seq)
                    and b.holder <> s.code and not core.went_on_from(q.station, q.epoch, j.epoch, j.seq)
            )
        )
    )
$$;

-- Which of these cases have entries of their parties that were set aside and may be let in now. Nobody else's can: who holds
-- a case is a party, and so is who may note on it. Their rows are not the caller's to see.
create or replace function core.waiting_cases(numbers text[]) returns setof text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 1 as $$
begin
    if not exists (
        select from core.quarantine q
        where q.case_number = any (numbers) and q.settled_at is null and q.reason <> 'too_many'
    ) then
        return;
    end if;
    return query
    select distinct p.case_number
    from core.case_party p join core.case_file f on f.number = p.case_number
    where p.case_number = any (numbers) and (
        exists (
            select from core.quarantine q
            where (q.case_number, q.station, q.has_header) = (p.case_number, p.station, false)
                and q.settled_at is null and q.reason <> 'too_many'
        )
        or (f.holder = p.station and exists (
            select from core.quarantine q
            where (q.case_number, q.station, q.has_header) = (p.case_number, p.station, true)
                and q.settled_at is null and q.reason <> 'too_many' and core.may_be_let_in(q)
        ))
    );
end $$;

-- As before, for whatever ``may_be_let_in``.
create or replace function core.let_in(p_case text) returns int[]
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    file core.case_file;
    waiting core.quarantine;
    header jsonb;
    is_allowed boolean;
    stopped int[] := '{}';
    newcomers int[];
    added int[];
begin
    select * into file from core.case_file f where f.number = p_case;
    loop
        select q.* into waiting
        from core.case_party p join core.quarantine q on (q.case_number, q.station) = (p.case_number, p.station)
        where p.case_number = p_case and not (p.station = any (stopped))
            and q.settled_at is null and q.reason <> 'too_many' and core.may_be_let_in(q)
        order by q.received_at, q.station, q.epoch, q.seq limit 1;
        exit when not found;
        is_allowed := true;
        if waiting.has_header then
            -- Null where the body was erased.
            select convert_from(j.body, 'UTF8')::jsonb -> 'header' into header from core.journal j
            where (j.station, j.epoch, j.seq) = (waiting.station, waiting.epoch, waiting.seq);
            is_allowed := file.holder = waiting.station and waiting.holder is not null and header is not null;
        end if;
        if is_allowed then
            file.last_n := file.last_n + 1;
            update core.journal j set case_number = p_case, case_n = file.last_n
            where (j.station, j.epoch, j.seq) = (waiting.station, waiting.epoch, waiting.seq);
            update core.quarantine q set settled_at = clock_timestamp(), settled_how = 'let in'
            where (q.station, q.epoch, q.seq) = (waiting.station, waiting.epoch, waiting.seq);
            if waiting.has_header then
                file.holder := waiting.holder;
                file.header := header;
            end if;
            with added_now as (
                insert into core.case_party (case_number, station)
                select distinct p_case, s.station
                from (values (waiting.station), (waiting.holder), (waiting.collect)) s (station)
                where s.station is not null and waiting.has_header
                on conflict do nothing returning station
            )
            select array_agg(station) into added from added_now;
            newcomers := coalesce(newcomers, '{}') || coalesce(added, '{}');
            stopped := '{}';  -- the case is in other hands now
        else
            stopped := stopped || waiting.station;
        end if;
    end loop;
    if newcomers is not null then
        update core.case_file f set holder = file.holder, header = file.header, last_n = file.last_n
        where f.number = p_case;
    end if;
    return newcomers;
end $$;

-- Cases with something that may be let in, by chance: whoever fills a list with what never goes in keeps nobody out.
create function watch.waiting_cases(p_most int) returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select w.case_number from (
        select distinct q.case_number from core.quarantine q
        join core.case_file f on f.number = q.case_number
        join core.case_party p on (p.case_number, p.station) = (q.case_number, q.station)
        where q.settled_at is null and q.reason <> 'too_many' and (not q.has_header or f.holder = q.station)
            and core.may_be_let_in(q)
    ) w
    order by random() limit p_most
$$;

-- Let in what waits for one case, and return how much. A case that a push holds now is left alone, and nobody is waited
-- for long: a station can hold its inbox. One case a transaction, so that locks are taken in the order of a push.
drop function watch.admit();
create function watch.admit(p_case text) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set lock_timeout = '1s' as $$
begin
    perform from core.case_file f where f.number = p_case for update skip locked;
    return case when found then core.admit(p_case) else 0 end;
end $$;

revoke all on function watch.waiting_cases(int), watch.admit(text) from public;
grant execute on function watch.waiting_cases(int), watch.admit(text) to lideng_watch;
revoke all on function core.went_on_from(int, int, int, bigint), core.may_be_let_in(core.quarantine)
from public;

reset role;
