-- What an entry does to a case: custody, histories, parties, inboxes. Set-based but for the rare entry that came too early.

set local role lideng_owner;

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

reset role;
