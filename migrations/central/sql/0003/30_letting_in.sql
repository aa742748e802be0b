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

-- Whether it is worth to look at the case of an entry now: one of a station that does not hold the case stays where it is.
create function core.has_its_turn(q core.quarantine) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select (
        q.reason <> 'not_the_holder'
        or exists (select from core.case_file f where f.number = q.case_number and f.holder = q.station)
    ) and core.may_be_let_in(q)
$$;

create or replace function core.waiting_cases(numbers text[]) returns setof text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 1 as $$
begin
    return query
    select distinct q.case_number from core.quarantine q
    where q.case_number = any (numbers) and q.settled_at is null and core.has_its_turn(q);
end $$;

-- As before, for whatever ``may_be_let_in``.
create or replace function core.let_in(p_case text) returns int[]
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    file core.case_file;
    waiting record;
    is_allowed boolean;
    stopped int[] := '{}';
    newcomers int[];
    added int[];
begin
    select * into file from core.case_file f where f.number = p_case;
    loop
        select q.station, q.epoch, q.seq, b.header, h.id as holder, c.id as collect into waiting
        from core.quarantine q
        join core.journal j on (j.station, j.epoch, j.seq) = (q.station, q.epoch, q.seq)
        cross join lateral (
            select nullif(convert_from(j.body, 'UTF8')::jsonb -> 'header', 'null') as header offset 0
        ) b
        left join core.station h on h.code = b.header ->> 'holder'
        left join core.station c on c.code = b.header ->> 'collect_at'
        where q.case_number = p_case and core.may_be_let_in(q) and not (q.station = any (stopped))
        order by q.received_at, q.station, q.epoch, q.seq limit 1;
        exit when not found;
        if waiting.header is null then
            is_allowed := exists (
                select from core.case_party p where (p.case_number, p.station) = (p_case, waiting.station)
            );
        else
            is_allowed := file.holder = waiting.station and waiting.holder is not null
                and waiting.header ->> 'number' = p_case;
        end if;
        if is_allowed then
            file.last_n := file.last_n + 1;
            update core.journal j set case_number = p_case, case_n = file.last_n
            where (j.station, j.epoch, j.seq) = (waiting.station, waiting.epoch, waiting.seq);
            update core.quarantine q set settled_at = clock_timestamp(), settled_how = 'let in'
            where (q.station, q.epoch, q.seq) = (waiting.station, waiting.epoch, waiting.seq);
            if waiting.header is not null then
                file.holder := waiting.holder;
                file.header := waiting.header;
            end if;
            with added_now as (
                insert into core.case_party (case_number, station)
                select distinct p_case, s.station
                from (values (waiting.station), (waiting.holder), (waiting.collect)) s (station)
                where s.station is not null and waiting.header is not null
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

create or replace function watch.admit() returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    waiting text;
    admitted bigint := 0;
begin
    for waiting in
        select distinct q.case_number from core.quarantine q join core.case_file f on f.number = q.case_number
        where q.settled_at is null and core.has_its_turn(q) order by 1 limit 100
    loop
        perform from core.case_file f where f.number = waiting for update;
        admitted := admitted + core.admit(waiting);
    end loop;
    return admitted;
end $$;

revoke all on function core.went_on_from(int, int, int, bigint), core.may_be_let_in(core.quarantine),
    core.has_its_turn(core.quarantine) from public;

reset role;
