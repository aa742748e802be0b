-- Letting in looks at what waits one by one, in the order in which it came, and never twice at what goes in no more: one
-- look at all of it for each that went in took minutes where a station had hundreds.

set local role lideng_owner;

create function core.is_in_history(p_case text, p_hash bytea) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select exists (select from core.journal j where j.case_number = p_case and j.case_n is not null and j.hash = p_hash)
$$;
revoke all on function core.is_in_history(text, bytea) from public;

create or replace function core.let_in(p_case text) returns int[]
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    file core.case_file;
    waiting core.quarantine;
    header jsonb;
    went_in boolean;
    never text[] := '{}';
    stopped int[] := '{}';
    newcomers int[];
    added int[];
begin
    select * into file from core.case_file f where f.number = p_case;
    loop
        went_in := false;
        for waiting in
            select q.* from core.case_party p join core.quarantine q on (q.case_number, q.station) = (p.case_number, p.station)
            where p.case_number = p_case and not (p.station = any (stopped))
                and q.settled_at is null and q.reason <> 'too_many'
                and not (format('%s/%s/%s', q.station, q.epoch, q.seq) = any (never))
            order by q.received_at, q.station, q.epoch, q.seq
        loop
            continue when waiting.station = any (stopped);
            if not core.may_be_let_in(waiting) then
                never := never || format('%s/%s/%s', waiting.station, waiting.epoch, waiting.seq);
                continue;
            end if;
            -- Its hand-over is not here yet: it waits in whatever hands the case is, and holds nothing up.
            continue when waiting.came_by is not null and not core.is_in_history(p_case, waiting.came_by);
            if waiting.has_header then
                -- Null where the body was erased.
                select convert_from(j.body, 'UTF8')::jsonb -> 'header' into header from core.journal j
                where (j.station, j.epoch, j.seq) = (waiting.station, waiting.epoch, waiting.seq);
            end if;
            went_in := not waiting.has_header
                or (file.holder = waiting.station and waiting.holder is not null and header is not null);
            exit when went_in;
            stopped := stopped || waiting.station;
        end loop;
        exit when not went_in;
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
    end loop;
    if newcomers is not null then
        update core.case_file f set holder = file.holder, header = file.header, last_n = file.last_n
        where f.number = p_case;
    end if;
    return newcomers;
end $$;

-- As before; a subquery that gives one value is never made into a look at all that waits.
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
    where p.case_number = any (numbers) and coalesce(
        (
            select true from core.quarantine q
            where (q.case_number, q.station, q.has_header) = (p.case_number, p.station, false)
                and q.settled_at is null and q.reason <> 'too_many' limit 1
        ),
        case when f.holder = p.station then (
            select true from core.quarantine q
            where (q.case_number, q.station, q.has_header) = (p.case_number, p.station, true)
                and q.settled_at is null and q.reason <> 'too_many' and core.may_be_let_in(q) limit 1
        ) end,
        false
    );
end $$;

reset role;
