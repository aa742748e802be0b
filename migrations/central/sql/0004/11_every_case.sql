-- Every case as a list: by place, holder, state, due date and movement, a page at a time; and where open cases pile up.
-- No identity number, telephone or whole name of a person leaves these functions.

set local role lideng_reader;

-- A moment as stations write it in a header.
create function supervise.stamp(p_at timestamptz) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select to_char(p_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS.MS"+08:00"')
$$;

-- Stations at a place: one by its 6 digits, or all of a division and of those below it by its 12. Null for no place.
create function supervise.stations_at(p_place text) returns int[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
    if p_place is null or p_place = '' then
        return null;
    elsif p_place ~ '^[0-9]{6}$' then
        return array(select s.id from core.station s where s.id = p_place::int);
    elsif p_place !~ '^[0-9]{12}$' then
        raise exception 'this is no place' using errcode = 'LD010', detail = 'bounds';
    end if;
    -- Divisions have 2+2+2+3+3 digits; zeros at the end stand for everything below.
    return array(
        select s.id from core.station s
        where starts_with(s.division, left(p_place, case
            when p_place like '__0000000000' then 2
            when p_place like '____00000000' then 4
            when p_place like '______000000' then 6
            when p_place like '_________000' then 9
            else 12
        end))
    );
end $$;

-- A page of cases in an order: ``due`` (what falls due first), ``still`` (what moved longest ago), ``handed`` (what is on its
-- way longest) – open ones all – or ``number`` (the newest first). It goes on after the row whose ``sort_key`` and number
-- are given. ``p_scope`` is open, closed or all. The statement is put together from the constants below alone; what was asked
-- are its parameters.
create function supervise.cases(
    p_number text, p_taken_in text, p_held text, p_scope text, p_state text, p_due_before timestamptz,
    p_still_since timestamptz, p_untaken boolean, p_aside boolean,
    p_order text, p_after_key text, p_after_number text, p_limit int
) returns table (
    sort_key text, number text, item text, title text, applicant text, state text, is_open boolean,
    taker text, taker_name text, taker_point text, holder text, holder_name text, holder_point text,
    received text, accepted text, due text, suspended text, handed text, changed_at timestamptz,
    last_claimed text, last_anchored text, last_received timestamptz, is_confirmed boolean, is_aside boolean
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set jit = off
rows 50 as $$
declare
    key text;
    condition text;
begin
    if p_limit is null or p_limit not between 1 and 200 or p_order is null
        or p_order not in ('due', 'still', 'handed', 'number') or p_scope is null or p_scope not in ('open', 'closed', 'all')
        or length(concat(p_number, p_state, p_after_key, p_after_number)) > 200
    then
        raise exception 'out of bounds' using errcode = 'LD010', detail = 'bounds';
    end if;
    key := case p_order
        when 'due' then 'f.due_by' when 'handed' then 'f.handed_at' when 'still' then 'f.changed_at' else 'f.number'
    end;
    condition := concat(
        case when p_number <> '' then ' and f.number = $1' end,
        case when p_taken_in <> '' then ' and f.taker = any ($2)' end,
        case when p_held <> '' then ' and f.holder = any ($3)' end,
        case when p_scope = 'open' or p_order <> 'number' then ' and f.is_open' end,
        case when p_scope = 'closed' then ' and not f.is_open' end,
        case when p_state <> '' then ' and f.state = $4' end,
        case when p_due_before is not null then ' and f.is_open and f.due_by < $5' end,
        case when p_still_since is not null then ' and f.changed_at < $6' end,
        case when p_untaken or p_order = 'handed' then ' and f.handed_at is not null' end,
        case when p_aside then
            ' and f.number in (select q.case_number from core.quarantine q where q.settled_at is null)'
        end,
        case
            when coalesce(p_after_number, '') = '' then null
            when p_order = 'number' then ' and f.number < $8'
            when p_order = 'still' then ' and (f.changed_at, f.number) > ($7::timestamptz, $8)'
            else format(' and (%s, f.number) > ($7 collate "C", $8)', key)
        end
    );
    return query execute format(
        $list$
        with page as materialized (
            select f.*, %1$s as key from core.case_file f where true %2$s
            order by %1$s %3$s, f.number %3$s limit $9
        )
        select
            case when $10 then to_char(p.changed_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US+00') else p.key::text end,
            p.number, left(p.header ->> 'item', 40), first.title, first.applicant, p.state, p.is_open,
            t.code, t.name, t.service_point, h.code, h.name, h.service_point,
            left(p.header ->> 'received', 40), left(p.header ->> 'accepted', 40), left(p.header ->> 'due', 40),
            left(p.header ->> 'suspended', 40), p.handed_at, p.changed_at,
            last.claimed, last.anchored, last.received_at,
            not exists (
                select from core.journal j join core.verified_head v on v.station = j.station
                where j.case_number = p.number and j.case_n is not null and (j.epoch, j.seq) > (v.epoch, v.seq)
            ),
            exists (select from core.quarantine q where q.case_number = p.number and q.settled_at is null)
        from page p
        join core.station t on t.id = p.taker
        join core.station h on h.id = p.holder
        left join lateral (
            select left(b.data ->> 'title', 200) as title, coalesce(
                left(b.data -> 'organisation' ->> 'name', 100), supervise.masked(b.data -> 'applicant' ->> 'name')
            ) as applicant
            from core.journal j
            cross join lateral (select convert_from(j.body, 'UTF8')::jsonb -> 'data' as data offset 0) b
            where j.case_number = p.number and j.case_n = 1
        ) first on true
        left join lateral (
            select j.received_at, left(b.body ->> 'at', 40) as claimed, left(b.body -> 'anchor' ->> 'at', 40) as anchored
            from core.journal j
            cross join lateral (select convert_from(j.body, 'UTF8')::jsonb as body offset 0) b
            where j.case_number = p.number and j.case_n = p.last_n
        ) last on true
        order by p.key %3$s, p.number %3$s
        $list$,
        key, condition, case when p_order = 'number' then 'desc' else 'asc' end
    ) using p_number, supervise.stations_at(p_taken_in), supervise.stations_at(p_held), p_state,
        supervise.stamp(p_due_before), p_still_since, p_after_key, p_after_number, p_limit, p_order = 'still';
end $$;

-- A name as lists show it: the first character, then one ``*`` for each other, three at most.
create function supervise.masked(p_name text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select left(p_name, 1) || repeat('*', least(greatest(length(p_name) - 1, 0), 3))
$$;

-- How many open cases there are in the hands of each place, by state: stations where ``p_digits`` is 0, else divisions by so
-- many digits (6 for counties, 9 for townships); empty where nobody said in which division a station stands.
create function supervise.case_counts(p_taken_in text, p_held text, p_digits int)
returns table (place text, state text, many bigint, overdue bigint, untaken bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set jit = off as $$
declare
    takers constant int[] := supervise.stations_at(p_taken_in);
    holders constant int[] := supervise.stations_at(p_held);
    condition constant text := concat(
        case when takers is not null then ' and f.taker = any ($1)' end,
        case when holders is not null then ' and f.holder = any ($2)' end
    );
begin
    if p_digits is null or p_digits not in (0, 2, 4, 6, 9, 12) then
        raise exception 'out of bounds' using errcode = 'LD010', detail = 'bounds';
    end if;
    return query execute format(
        $counts$
        select p.place, c.state, sum(c.many)::bigint, sum(c.overdue)::bigint, sum(c.untaken)::bigint
        from (
            select f.holder, f.state, count(*) as many, count(*) filter (where f.due_by < $4) as overdue,
                count(f.handed_at) as untaken
            from core.case_file f where f.is_open %s group by f.holder, f.state
        ) c
        join core.station s on s.id = c.holder
        cross join lateral (select case $3 when 0 then s.code else left(s.division, $3) end as place) p
        group by p.place, c.state order by p.place, c.state
        $counts$,
        condition
    ) using takers, holders, p_digits, supervise.stamp(clock_timestamp());
end $$;

-- Stations and where they stand, for choosing.
create function supervise.stations() returns table (code text, name text, service_point text, division text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.code, s.name, s.service_point, s.division from core.station s order by s.code
$$;

-- The version of the schema, which a program asks for before anything else.
create function supervise.version() returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select version_num::text from core.schema_version
$$;

reset role;
