-- push: a station's entries come in. Set-based throughout: a batch costs a fixed number of statements.
--
-- Locks are always taken in the same order, so that pushes never deadlock: the own chain head, cases by number, inboxes
-- by station. A new case is made by one station only, whose chain head is held.

set local role lideng_owner;

-- Store the entries of a batch that the centre does not have yet; the arrays hold those alone. Return when they came.
create function core.append(
    me int, p_epoch int, p_first bigint, p_prev bytea,
    p_hashes bytea[], p_digests bytea[], p_bodies bytea[], p_signatures bytea[]
) returns timestamptz
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
    many constant int := cardinality(p_hashes);
    received constant timestamptz := date_trunc('milliseconds', clock_timestamp());
    this_year constant smallint := core.year_of(received);
    bad bigint;
    opening jsonb;
    numbers text[];
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
            array_agg(b.body ->> 'case' order by e.o),
            array_agg(case when jsonb_typeof(b.body -> 'header') <> 'null' then b.body -> 'header' end order by e.o),
            (array_agg(b.body order by e.o) filter (where e.o = 1))[1]
        into bad, numbers, headers, opening
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
    if p_first = 1 then
        perform core.open_epoch(me, p_epoch, opening, received);
    end if;
    if array_length(array_remove(numbers, null), 1) > 0 then
        perform from core.case_file c where c.number = any (numbers) order by c.number for update;
        perform core.admit(w.number) from core.waiting_cases(numbers) as w (number)
        where exists (select from core.case_file f where f.number = w.number);
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
        insert into core.quarantine (station, epoch, seq, case_number, reason, received_at)
        select me, p_epoch, p_first + e.o - 1, left(e.number, 100), e.reason, received
        from unnest(numbers, reasons) with ordinality as e (number, reason, o) where e.reason <> '';
    end if;
    update core.chain_head h
    set epoch = p_epoch, seq = p_first + many - 1, hash = p_hashes[many], received_at = received where h.station = me;
    return received;
end $$;

-- Store a batch as of ``me``: push, for whoever has found out who is asking. Every look-up is by key: without the settings
-- a plan that was made while the tables were small would read them whole for as long as the connection lives. Most stations
-- send a batch or two and hang up, so a plan is made once and not tried five times.
create function core.push_as(
    me int, p_epoch int, p_first bigint, p_prev bytea,
    p_hashes bytea[], p_digests bytea[], p_bodies bytea[], p_signatures bytea[],
    out head_epoch int, out head_seq bigint, out head_hash bytea, out last_received_at timestamptz,
    out aside bigint[], out reasons text[]
)
language plpgsql volatile
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
set plan_cache_mode = force_generic_plan
as $$
declare
    many constant int := cardinality(p_hashes);
    head core.chain_head;
    known int;
begin
    perform core.check_batch(p_epoch, p_first, p_prev, p_hashes, p_digests, p_bodies, p_signatures);
    select * into head from core.chain_head h where h.station = me for update;
    known := core.known_of_batch(head, p_epoch, p_first, p_prev, p_hashes);
    if known = 0 then
        last_received_at := core.append(me, p_epoch, p_first, p_prev, p_hashes, p_digests, p_bodies, p_signatures);
    elsif known < many then
        last_received_at := core.append(me, p_epoch, p_first + known, p_hashes[known], p_hashes[known + 1 :],
            p_digests[known + 1 :], p_bodies[known + 1 :], p_signatures[known + 1 :]);
    end if;
    if known < many then
        head_epoch := p_epoch;
        head_seq := p_first + many - 1;
        head_hash := p_hashes[many];
    else
        head_epoch := head.epoch;
        head_seq := head.seq;
        head_hash := head.hash;
        select j.received_at into last_received_at from core.journal j
        where j.station = me and j.epoch = p_epoch and j.seq = p_first + many - 1;
        last_received_at := coalesce(last_received_at, head.received_at);  -- its year may be detached
    end if;
    select coalesce(array_agg(q.seq order by q.seq), '{}'), coalesce(array_agg(q.reason order by q.seq), '{}')
    into aside, reasons
    from core.quarantine q
    where q.station = me and q.epoch = p_epoch and q.seq between p_first and p_first + many - 1
        and q.settled_how is distinct from 'let in';
end $$;

reset role;
set local role lideng_api;

-- Store a batch of entries of one epoch, without a gap; a body may be null where the centre could not read it.
-- Pushing twice is pushing once. LD003 another entry stands there, LD004 the chain does not hold, LD005 out of bounds.
-- Answers with the head, when the last entry of the batch came, and which of the batch were set aside, and why.
create function api.push(
    p_epoch int, p_first bigint, p_prev bytea,
    p_hashes bytea[], p_digests bytea[], p_bodies bytea[], p_signatures bytea[],
    out head_epoch int, out head_seq bigint, out head_hash bytea, out last_received_at timestamptz,
    out aside bigint[], out reasons text[]
)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    select * from core.push_as(core.caller(), p_epoch, p_first, p_prev, p_hashes, p_digests, p_bodies, p_signatures)
$$;

reset role;
