-- push: a station's entries come in. Set-based throughout: a batch costs a fixed number of statements.
--
-- Locks are always taken in the same order, so that pushes never deadlock: the own chain head, cases by number, inboxes
-- by station. A new case is made by one station only, whose chain head is held.

set local role lideng_owner;

-- Refuse a batch that is beyond the bounds before anything is read of it. Arrays must begin at 1: elsewhere they are
-- counted by place.
create function core.check_batch(
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
    then
        raise exception 'batch out of bounds' using errcode = 'LD005';
    end if;
    perform from unnest(p_hashes, p_digests, p_bodies, p_signatures) as e (hash, digest, body, signature)
    having sum(octet_length(body)) > 8388608 or max(octet_length(body)) > 65536
        or bool_or(octet_length(hash) is distinct from 32 or octet_length(digest) is distinct from 32
            or octet_length(signature) is distinct from 64);
    if found then
        raise exception 'batch out of bounds' using errcode = 'LD005';
    end if;
end $$;

-- How many entries at the beginning of the batch the centre has already; LD003 when it has others in their place,
-- LD004 when the batch does not follow what it has.
create function core.known_of_batch(head core.chain_head, p_epoch int, p_first bigint, p_prev bytea, p_hashes bytea[])
returns int
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
    many constant int := cardinality(p_hashes);
    there int;
    other bigint;
begin
    if p_epoch > head.epoch and p_first = 1 then
        if p_prev <> decode(repeat('00', 32), 'hex') then
            raise exception 'chain check failed' using errcode = 'LD004', detail = '1';
        end if;
        return 0;
    elsif (p_epoch, p_first) = (head.epoch, head.seq + 1) then
        if p_prev <> head.hash then
            raise exception 'the chain forks' using errcode = 'LD003', detail = format('%s %s', p_epoch, head.seq);
        end if;
        return 0;
    elsif p_epoch > head.epoch or (p_epoch = head.epoch and p_first > head.seq) then
        raise exception 'chain check failed' using errcode = 'LD004', detail = p_first::text;
    end if;
    select count(*), min(j.seq) filter (where j.hash <> e.hash) into there, other
    from unnest(p_hashes) with ordinality as e (hash, o)
    join core.journal j on j.station = head.station and j.epoch = p_epoch and j.seq = p_first + e.o - 1;
    if other is null and there < many then
        if p_epoch < head.epoch then
            other := p_first + there;  -- an epoch that has ended goes on
        else
            there := least(many, head.seq - p_first + 1);  -- whose bodies' year may be detached
        end if;
    end if;
    if other is not null then
        raise exception 'the chain forks' using errcode = 'LD003', detail = format('%s %s', p_epoch, other);
    end if;
    return there;
end $$;

-- Say which entry of a batch the centre cannot read. Slow, entry by entry: only called after a batch has failed.
create function core.refuse_unreadable(p_first bigint, p_bodies bytea[]) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
    for o in 1 .. cardinality(p_bodies) loop
        begin
            perform convert_from(p_bodies[o], 'UTF8')::jsonb;
        exception when others then
            raise exception 'a body cannot be read' using errcode = 'LD005', detail = (p_first + o - 1)::text;
        end;
    end loop;
end $$;

-- Check what an epoch begins with and note it. The entry before it that the station knew must be one that the centre
-- has of an earlier epoch, of whichever: a backup can be restored twice. What came after that one is counted: it was lost
-- to the restored backup.
create function core.open_epoch(me int, p_epoch int, p_body jsonb, p_received timestamptz) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
    key_text constant text := p_body -> 'data' ->> 'public_key';
    previous constant text := p_body -> 'data' ->> 'previous_hash';
    known_epoch int;
    known_seq bigint;
    newer bigint := 0;
begin
    if p_body ->> 'kind' is distinct from 'EpochOpened' or key_text is null or key_text !~ '^[0-9a-f]{64}$'
        or (previous is null) <> (p_epoch = 1)
    then
        raise exception 'chain check failed' using errcode = 'LD004', detail = '1';
    end if;
    if previous is not null then
        if previous ~ '^[0-9a-f]{64}$' then
            -- From the end: a backup is seldom old, and a chain can be a million entries long.
            select j.epoch, j.seq into known_epoch, known_seq from core.journal j
            where j.station = me and j.epoch < p_epoch and j.hash = decode(previous, 'hex')
            order by j.epoch desc, j.seq desc limit 1;
        end if;
        if known_seq is null then
            raise exception 'chain check failed' using errcode = 'LD004', detail = '1';
        end if;
        select count(*) into newer from core.journal j
        where j.station = me and (j.epoch, j.seq) > (known_epoch, known_seq);
    end if;
    insert into core.epoch (station, epoch, public_key, opened_at, previous_seq, left_behind)
    values (me, p_epoch, decode(key_text, 'hex'), p_received, known_seq, newer);
end $$;

-- Whether each entry may touch its case: ``reason`` is empty when it may, and ``case_n`` its place in the history; else
-- why not; null for an entry without a case. ``numbers`` and ``headers`` are those of the batch in order. The caller holds
-- the rows of the cases.
--
-- An entry with a header needs the case in the pusher's hands; the first of an unknown case needs a number of the
-- pusher's own. Once a case has left the pusher's hands nothing in the same batch brings it back, so one look at the
-- entries before decides. An entry without a header is a note and needs only a part in the case.
create function core.custody(me int, numbers text[], headers jsonb[])
returns table (o int, holder int, collect int, reason text, case_n bigint)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
    return query
    with entry as materialized (
        select e.o::int as o, e.number collate "C" as number, e.header, coalesce(f.last_n, 0) as last_n, f.holder as held_by,
            f.number is null as is_new,
            e.number ~ '^[0-9]{20}$' and substr(e.number, 9, 6) = mine.code as is_own_number,
            exists (select from core.case_party p where p.case_number = e.number and p.station = me) as is_party,
            e.header ->> 'number' = e.number and jsonb_typeof(e.header -> 'holder') = 'string' as is_sound,
            h.id as to_holder, c.id as to_collect
        from unnest(numbers, headers) with ordinality as e (number, header, o)
        join core.station mine on mine.id = me
        left join core.case_file f on f.number = e.number
        left join core.station h on h.code = e.header ->> 'holder'
        left join core.station c on c.code = e.header ->> 'collect_at'
    ), headed as (
        select e.*,
            case
                when e.header is null then null
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

-- Put what a batch brought into the inboxes of everybody else who has a part in its cases. ``began`` holds, case by
-- case, the history's length before the batch; a station that has just become a party (``newcomers``: stations by case)
-- gets all of it, from the start. Entries of others may have come into the histories as well: ``from_others`` says so.
create function core.deliver(
    me int, p_epoch int, p_first bigint, numbers text[], began bigint[], newcomers jsonb, from_others boolean
) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
    recipients int[];
begin
    select array_agg(distinct p.station) into recipients
    from core.case_party p where p.case_number = any (numbers) and (p.station <> me or from_others);
    if recipients is null then
        return;
    end if;
    perform from core.inbox_head h where h.station = any (recipients) order by h.station for update;
    with brought as materialized (
        select p.station as recipient, j.station, j.epoch, j.seq, j.year, j.case_n,
            -- Cases in the order of the batch, each in the order of its history.
            min(j.seq) filter (where j.station = me and j.epoch = p_epoch and j.seq >= p_first)
                over (partition by p.station, j.case_number) as turn
        from unnest(numbers, began) as c (number, began)
        join core.case_party p on p.case_number = c.number and (p.station <> me or from_others)
        join core.journal j on j.case_number = c.number
            and j.case_n > case when newcomers -> c.number @> to_jsonb(p.station) then 0 else c.began end
    ), numbered as (
        select b.*, row_number() over (partition by recipient order by turn, case_n) as place
        from brought b where b.station <> b.recipient
    ), added as (
        insert into core.inbox (station, n, from_station, epoch, seq, year)
        select b.recipient, h.last_n + b.place, b.station, b.epoch, b.seq, b.year
        from numbered b join core.inbox_head h on h.station = b.recipient
    )
    update core.inbox_head h set last_n = h.last_n + b.many
    from (select recipient, count(*) as many from numbered group by recipient) b
    where h.station = b.recipient;
end $$;

-- Which of these cases have entries of others that were set aside. Their rows are not the caller's to see.
create function core.waiting_cases(numbers text[]) returns setof text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 1 as $$
begin
    return query
    select distinct q.case_number from core.quarantine q
    where q.case_number = any (numbers) and q.reason in ('not_the_taker', 'not_a_party') and q.settled_at is null;
end $$;

-- Let in what was set aside only because it came first: a case can reach a station by file, and that station the centre
-- before the one that took the case in. Entry by entry in the order in which they came, for as long as custody allows one
-- more; a station's later entries never go before an earlier one. Rare, so a loop does no harm. Returns the stations that
-- became parties, null when nothing was let in. The caller holds the row of the case. The owner's right is needed: to
-- place an entry in a history is the one thing that can still be done to it.
create function core.let_in(p_case text) returns int[]
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
        where q.case_number = p_case and q.reason in ('not_the_taker', 'not_a_party') and q.settled_at is null
            and not (q.station = any (stopped))
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

-- Let in what waits for a case and deliver it, outside of a push that brings the rest: pushes that crossed each other may
-- have left something behind. Returns how many entries were let in. The caller holds the row of the case.
create function core.admit(p_case text) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    nobody constant int := -1;
    began constant bigint := (select f.last_n from core.case_file f where f.number = p_case);
    newcomers constant int[] := core.let_in(p_case);
begin
    if newcomers is null then
        return 0;
    end if;
    perform core.deliver(nobody, 0, 0, array[p_case], array[began], jsonb_build_object(p_case, newcomers), true);
    return (select f.last_n - began from core.case_file f where f.number = p_case);
end $$;

-- Bring cases, parties and inboxes up to the entries of a batch that may touch them. The arrays are in the order of the
-- batch; ``case_ns`` is null where an entry touches no case. The entries stand in the journal already.
create function core.apply_to_cases(
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
        select e.number collate "C" as number, min(e.case_n) - 1 as began, max(e.case_n) as last_n,
            (array_agg(e.header order by e.case_n desc) filter (where e.header is not null))[1] as header,
            (array_agg(e.holder order by e.case_n desc) filter (where e.header is not null))[1] as holder
        from unnest(numbers, case_ns, headers, holders) as e (number, case_n, header, holder)
        where e.case_n is not null
        group by e.number collate "C"
    ), changed as (
        insert into core.case_file as c (number, taker, holder, last_n, header, changed_at)
        select number, me, holder, last_n, header, p_received from touch where header is not null order by number
        on conflict (number) do update set
            holder = excluded.holder, last_n = excluded.last_n, header = excluded.header,
            changed_at = excluded.changed_at
    ), noted as (
        update core.case_file c set last_n = t.last_n from touch t where c.number = t.number and t.header is null
    )
    select array_agg(t.number), array_agg(t.began) into touched, began from touch t;

    with named as (
        select distinct e.number collate "C" as number, s.station
        from unnest(numbers, case_ns, headers, holders, collects) as e (number, case_n, header, holder, collect)
        cross join lateral (values (me), (e.holder), (e.collect)) as s (station)
        where e.case_n is not null and e.header is not null and s.station is not null
    ), added as (
        insert into core.case_party (case_number, station)
        select n.number, n.station from named n
        where not exists (select from core.case_party p where (p.case_number, p.station) = (n.number, n.station))
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
    perform core.deliver(me, p_epoch, p_first, touched, began, coalesce(newcomers, '{}'), from_others);
end $$;

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
