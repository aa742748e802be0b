-- Who waits for whom: a push takes the rows of those cases alone that its station has a part in. Whoever named any case
-- could hold up its parties, and the watch, for as long as a transaction may last.

set local role lideng_owner;

-- Lock the cases of these that ``me`` has a part in, by number, and return them. Of another case nothing is decided by who
-- comes first: what ``me`` says of it is set aside, and is let in should its right come on the way.
create function core.lock_cases(me int, numbers text[]) returns text[]
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
    return array(
        select c.number from core.case_file c
        where c.number = any (numbers)
            and (select true from core.case_party p where (p.case_number, p.station) = (c.number, me))
        order by c.number for update
    );
end $$;
revoke all on function core.lock_cases(int, text[]) from public;
grant execute on function core.lock_cases(int, text[]) to lideng_api;

-- Store the entries of a batch that the centre does not have yet; the arrays hold those alone. Return when they came.
create or replace function core.append(
    me int, p_epoch int, p_first bigint, p_prev bytea,
    p_hashes bytea[], p_digests bytea[], p_bodies bytea[], p_signatures bytea[]
) returns timestamptz
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
    many constant int := cardinality(p_hashes);
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
    -- Chain and bodies in one pass. What a body says of its place is compared as text, so that nothing is converted.
    begin
        select
            min(e.o) filter (where e.hash <> sha256(e.prev || e.digest) or sha256(e.body) <> e.digest
                or (e.body is not null and (b.body ->> 'station', b.body ->> 'epoch', b.body ->> 'seq')
                    is distinct from (s.code, p_epoch::text, (p_first + e.o - 1)::text))),
            min(e.o) filter (where e.body is not null and (jsonb_typeof(b.body -> 'kind') is distinct from 'string'
                or coalesce(jsonb_typeof(b.body -> 'case'), '') not in ('string', 'null'))),
            array_agg(b.body ->> 'case' order by e.o),
            array_agg(case when jsonb_typeof(b.body -> 'header') <> 'null' then b.body -> 'header' end order by e.o),
            (array_agg(b.body order by e.o) filter (where e.o = 1))[1]
        into bad, unreadable, numbers, headers, opening
        from (
            select u.*, lag(u.hash, 1, p_prev) over (order by u.o) as prev
            from unnest(p_hashes, p_digests, p_bodies) with ordinality as u (hash, digest, body, o)
        ) e
        join core.station s on s.id = me
        cross join lateral (select convert_from(e.body, 'UTF8')::jsonb as body offset 0) b;
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
        early := array(select w.number from core.waiting_cases(mine) as w (number) order by 1);
        if cardinality(early) > 0 then
            perform core.lock_inboxes(numbers, headers);
            perform core.admit(w.number) from unnest(early) as w (number);
        end if;
        select array_agg(c.case_n order by c.o), array_agg(c.reason order by c.o),
            array_agg(c.holder order by c.o), array_agg(c.collect order by c.o)
        into case_ns, reasons, holders, collects
        from core.custody(me, numbers, headers) c;
    end if;

    insert into core.journal (station, epoch, seq, year, received_at, prev, digest, hash, signature, body, withheld,
        case_number, case_n)
    select me, p_epoch, p_first + e.o - 1, this_year, received, lag(e.hash, 1, p_prev) over (order by e.o),
        e.digest, e.hash, e.signature, e.body, e.body is null, case when e.case_n is not null then e.number end, e.case_n
    from unnest(p_hashes, p_digests, p_bodies, p_signatures, numbers, case_ns) with ordinality
        as e (hash, digest, body, signature, number, case_n, o);
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
