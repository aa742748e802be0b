-- A push that carries its bodies about less: arrays are taken apart in the list of a SELECT, which streams them, and not in
-- FROM, which writes each down first; no body is sorted for the hash before it, and headers are looked into once. Most
-- stations send a batch or two and hang up, so that each statement is also read and planned for one batch alone: what has
-- nothing to do is not begun.

set local role lideng_owner;

-- Refuse a batch that is beyond the bounds before anything is read of it. Arrays must begin at 1: elsewhere they are
-- counted by place.
create or replace function core.check_batch(
    p_epoch int, p_first bigint, p_prev bytea,
    p_hashes bytea[], p_digests bytea[], p_bodies bytea[], p_signatures bytea[]
) returns void
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
    many constant int := cardinality(p_hashes);
begin
    if many is null or many not between 1 and 500
        or not coalesce(p_epoch between 1 and 8000000 and p_first between 1 and 1000000000000, false)
        or octet_length(p_prev) is distinct from 32
        or array_ndims(p_hashes) <> 1 or array_lower(p_hashes, 1) <> 1
        or cardinality(p_digests) is distinct from many or cardinality(p_bodies) is distinct from many
        or cardinality(p_signatures) is distinct from many
        or (
            select sum(e.body) > 8388608 or max(e.body) > 65536
                or bool_or(e.hash is distinct from 32 or e.digest is distinct from 32 or e.signature is distinct from 64)
            from (
                select octet_length(unnest(p_hashes)) as hash, octet_length(unnest(p_digests)) as digest,
                    octet_length(unnest(p_bodies)) as body, octet_length(unnest(p_signatures)) as signature
            ) e
        )
    then
        raise exception 'batch out of bounds' using errcode = 'LD005';
    end if;
end $$;

-- Whether each entry may touch its case: ``reason`` is empty when it may, and ``case_n`` its place in the history; else
-- why not; null for an entry without a case. ``numbers`` and ``headers`` are those of the batch in order. The caller holds
-- the rows of the cases.
--
-- An entry with a header needs the case in the pusher's hands; the first of an unknown case needs a number of the
-- pusher's own. Once a case has left the pusher's hands nothing in the same batch brings it back, so one look at the
-- entries before decides. An entry without a header is a note and needs only a part in the case.
--
-- Every look-up is by key, whatever is known of the tables when the plan is made: a subquery that gives one value, and a
-- lateral one behind OFFSET 0, cannot become a set of all that a station ever had a part in.
create or replace function core.custody(me int, numbers text[], headers jsonb[])
returns table (o int, holder int, collect int, reason text, case_n bigint)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
    my_code constant text := lpad(me::text, 6, '0');
begin
    return query
    with entry as materialized (
        select e.o, e.number, e.has_header, coalesce(f.last_n, 0) as last_n, f.holder as held_by,
            f.number is null as is_new,
            e.number ~ '^[0-9]{20}$' and substr(e.number, 9, 6) = my_code as is_own_number,
            (select true from core.case_party p where p.case_number = e.number and p.station = me) as is_party,
            e.is_sound,
            case when e.holder = my_code then me else (select s.id from core.station s where s.code = e.holder) end
                as to_holder,
            case when e.collect is null then null else (select s.id from core.station s where s.code = e.collect) end
                as to_collect
        from (
            select u.o, u.number collate "C" as number, u.header is not null as has_header,
                u.header ->> 'number' = u.number and jsonb_typeof(u.header -> 'holder') = 'string' as is_sound,
                u.header ->> 'holder' as holder, u.header ->> 'collect_at' as collect
            from (
                select generate_subscripts(numbers, 1) as o, unnest(numbers) as number, unnest(headers) as header
            ) u
            offset 0
        ) e
        left join lateral (
            select f.number, f.last_n, f.holder from core.case_file f where f.number = e.number offset 0
        ) f on true
    ), headed as (
        select e.*,
            case
                when not e.has_header then null
                when e.is_sound is not true then 'header'
                when e.is_new and not e.is_own_number then 'not_the_taker'
                when e.held_by <> me or bool_or(e.is_sound and e.to_holder <> me) over before then 'not_the_holder'
                when e.to_holder is null then 'unknown_holder'
                else ''
            end as header_reason
        from entry e
        window before as (partition by e.number order by e.o rows between unbounded preceding and 1 preceding)
    ), judged as (
        select h.*,
            case
                when h.number is null then null
                when h.header_reason is not null then h.header_reason
                when h.is_party or bool_or(h.header_reason = '') over before then ''
                else 'not_a_party'
            end as reason
        from headed h
        window before as (partition by h.number order by h.o rows between unbounded preceding and 1 preceding)
    )
    select j.o, j.to_holder, j.to_collect, j.reason,
        case when j.reason = '' then
            j.last_n + count(*) filter (where j.reason = '') over (partition by j.number order by j.o)
        end
    from judged j;
end $$;

-- As ``deliver`` where nobody gets more of a case than this batch brings: nothing is looked up in the journal.
create function core.deliver_batch(
    me int, p_epoch int, p_first bigint, p_year smallint, numbers text[], case_ns bigint[]
) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
    perform from core.inbox_head h
    where h.station in (select p.station from core.case_party p where p.case_number = any (numbers) and p.station <> me)
    order by h.station for update;
    if not found then
        return;
    end if;
    with brought as materialized (
        select p.station, e.o, row_number() over (partition by p.station order by e.o) as place
        from (
            select generate_subscripts(numbers, 1) as o, unnest(numbers) collate "C" as number, unnest(case_ns) as case_n
        ) e
        join core.case_party p on p.case_number = e.number and p.station <> me
        where e.case_n is not null
    ), added as (
        insert into core.inbox (station, n, from_station, epoch, seq, year)
        select b.station, h.last_n + b.place, me, p_epoch, p_first + b.o - 1, p_year
        from brought b join core.inbox_head h on h.station = b.station
    )
    update core.inbox_head h set last_n = h.last_n + b.many
    from (select station, count(*) as many from brought group by station) b
    where h.station = b.station;
end $$;
revoke all on function core.deliver_batch(int, int, bigint, smallint, text[], bigint[]) from public;
grant execute on function core.deliver_batch(int, int, bigint, smallint, text[], bigint[]) to lideng_api;

-- Bring cases, parties and inboxes up to the entries of a batch that may touch them. The arrays are in the order of the
-- batch; ``case_ns`` is null where an entry touches no case. The entries stand in the journal already.
create or replace function core.apply_to_cases(
    me int, p_epoch int, p_first bigint, p_received timestamptz,
    numbers text[], case_ns bigint[], headers jsonb[], holders int[], collects int[]
) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
    touched text[];
    began bigint[];
    newcomers jsonb;
    waited text;
    let_in int[];
    from_others boolean := false;
begin
    with touch as materialized (
        -- ``head`` is which entry of the batch has the last header of the case.
        select e.number, min(e.case_n) - 1 as began, max(e.case_n) as last_n, max(e.o) filter (where e.has_header) as head
        from (
            select generate_subscripts(numbers, 1) as o, unnest(numbers) collate "C" as number, unnest(case_ns) as case_n,
                unnest(headers) is not null as has_header
        ) e
        where e.case_n is not null
        group by e.number
    ), changed as (
        -- A case that was only noted on keeps its header.
        insert into core.case_file as c (number, taker, holder, last_n, header, changed_at)
        select t.number, me, coalesce(holders[t.head], f.holder), t.last_n, coalesce(headers[t.head], f.header),
            coalesce(f.changed_at, p_received)
        from touch t
        left join lateral (
            select f.holder, f.header, f.changed_at from core.case_file f
            where f.number = t.number and t.head is null offset 0
        ) f on true
        order by t.number
        on conflict (number) do update set
            holder = excluded.holder, last_n = excluded.last_n, header = excluded.header,
            changed_at = excluded.changed_at
    )
    select array_agg(t.number), array_agg(t.began) into touched, began from touch t;

    with named as (
        select e.number, me as station from (select unnest(touched) as number, unnest(began) as began) e where e.began = 0
        union
        select e.number, s.station
        from (
            select unnest(numbers) collate "C" as number, unnest(case_ns) as case_n, unnest(headers) is not null as has_header,
                unnest(holders) as holder, unnest(collects) as collect
        ) e
        cross join lateral (values (e.holder), (e.collect)) as s (station)
        where e.case_n is not null and e.has_header and s.station <> me
    ), added as (
        insert into core.case_party (case_number, station)
        select n.number, n.station from named n
        where (select p.station from core.case_party p where (p.case_number, p.station) = (n.number, n.station)) is null
        returning case_number, station
    )
    select jsonb_object_agg(a.case_number, a.stations) into newcomers from (
        select case_number, jsonb_agg(station) as stations from added where station <> me group by case_number
    ) a;
    for waited in
        select q.case_number from core.waiting_cases(touched) as q (case_number) order by 1
    loop
        let_in := core.let_in(waited);
        if let_in is not null then
            from_others := true;
            newcomers := coalesce(newcomers, '{}') || jsonb_build_object(waited,
                coalesce(newcomers -> waited, '[]') || to_jsonb(let_in));
        end if;
    end loop;
    if from_others or exists (
        select from (select unnest(touched) as number, unnest(began) as began) t where t.began > 0 and newcomers ? t.number
    ) then
        perform core.deliver(me, p_epoch, p_first, touched, began, coalesce(newcomers, '{}'), from_others);
    else
        perform core.deliver_batch(me, p_epoch, p_first, core.year_of(p_received), numbers, case_ns);
    end if;
end $$;

-- Store the entries of a batch that the centre does not have yet; the arrays hold those alone. Return when they came.
create or replace function core.append(
    me int, p_epoch int, p_first bigint, p_prev bytea,
    p_hashes bytea[], p_digests bytea[], p_bodies bytea[], p_signatures bytea[]
) returns timestamptz
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
    many constant int := cardinality(p_hashes);
    my_code constant text := lpad(me::text, 6, '0');
    prevs constant bytea[] := array_prepend(p_prev, trim_array(p_hashes, 1));
    received constant timestamptz := date_trunc('milliseconds', clock_timestamp());
    this_year constant smallint := core.year_of(received);
    bad bigint;
    unreadable bigint;
    opening jsonb;
    numbers text[];
    mine text[];
    early text[];
    headers jsonb[];
    case_ns bigint[];
    reasons text[];
    holders int[];
    collects int[];
begin
    -- Chain and bodies in one pass, in the order of the batch. What a body says of its place is compared as text, so that
    -- nothing is converted.
    begin
        select
            min(e.o) filter (where e.hash <> sha256(e.prev || e.digest) or sha256(e.body) <> e.digest
                or (e.body is not null and (e.said ->> 'station', e.said ->> 'epoch', e.said ->> 'seq')
                    is distinct from (my_code, p_epoch::text, (p_first + e.o - 1)::text))),
            min(e.o) filter (where e.body is not null and (jsonb_typeof(e.said -> 'kind') is distinct from 'string'
                or coalesce(jsonb_typeof(e.said -> 'case'), '') not in ('string', 'null'))),
            array_agg(e.said ->> 'case'),
            array_agg(nullif(e.said -> 'header', 'null')),
            (array_agg(e.said) filter (where e.o = 1 and p_first = 1))[1]
        into bad, unreadable, numbers, headers, opening
        from (
            select u.*, convert_from(u.body, 'UTF8')::jsonb as said
            from (
                select generate_series(1, many) as o, unnest(p_hashes) as hash, unnest(p_digests) as digest,
                    unnest(p_bodies) as body, unnest(prevs) as prev
            ) u
            offset 0
        ) e;
    exception when data_exception or program_limit_exceeded then
        perform core.refuse_unreadable(p_first, p_bodies);
        raise;
    end;
    if bad is not null then
        raise exception 'chain check failed' using errcode = 'LD004', detail = (p_first + bad - 1)::text;
    end if;
    if unreadable is not null then  -- no station's program would read it
        raise exception 'a body cannot be read' using errcode = 'LD005', detail = (p_first + unreadable - 1)::text;
    end if;
    if p_first = 1 then
        perform core.open_epoch(me, p_epoch, opening, received);
    end if;
    if array_length(array_remove(numbers, null), 1) > 0 then
        mine := core.lock_cases(me, numbers);
        if cardinality(mine) > 0 then
            early := array(select w.number from core.waiting_cases(mine) as w (number) order by 1);
            if cardinality(early) > 0 then
                perform core.lock_inboxes(numbers, headers);
                perform core.admit(w.number) from unnest(early) as w (number);
            end if;
        end if;
        select array_agg(c.case_n order by c.o), array_agg(c.reason order by c.o),
            array_agg(c.holder order by c.o), array_agg(c.collect order by c.o)
        into case_ns, reasons, holders, collects
        from core.custody(me, numbers, headers) c;
    else
        case_ns := array_fill(null::bigint, array[many]);
    end if;

    insert into core.journal (station, epoch, seq, year, received_at, prev, digest, hash, signature, body, withheld,
        case_number, case_n)
    select me, p_epoch, p_first + e.o - 1, this_year, received, e.prev, e.digest, e.hash, e.signature, e.body,
        e.body is null, case when e.case_n is not null then e.number end, e.case_n
    from (
        select generate_series(1, many) as o, unnest(prevs) as prev, unnest(p_digests) as digest, unnest(p_hashes) as hash,
            unnest(p_signatures) as signature, unnest(p_bodies) as body, unnest(numbers) as number,
            unnest(case_ns) as case_n
    ) e;
    if array_length(array_remove(case_ns, null), 1) > 0 then
        perform core.apply_to_cases(me, p_epoch, p_first, received, numbers, case_ns, headers, holders, collects);
    end if;
    if array_length(array_remove(array_remove(reasons, ''), null), 1) > 0 then
        perform core.set_aside(me, p_epoch, p_first, received, numbers, reasons, headers, holders, collects);
    end if;
    update core.chain_head h
    set epoch = p_epoch, seq = p_first + many - 1, hash = p_hashes[many], received_at = received where h.station = me;
    return received;
end $$;

reset role;
