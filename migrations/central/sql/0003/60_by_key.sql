-- Every look-up of a push is by key, whatever is known of the tables when its plan is made. An EXISTS can be turned into
-- a set of all that a station ever had a part in, and a join into one with all cases, for the whole life of a connection:
-- both were seen where the first pushes met a young centre. A subquery that gives one value, and a lateral one behind
-- OFFSET 0, cannot.

set local role lideng_owner;

alter function core.push_as(int, int, bigint, bytea, bytea[], bytea[], bytea[], bytea[]) set enable_material = off;

-- Whether each entry may touch its case: ``reason`` is empty when it may, and ``case_n`` its place in the history; else
-- why not; null for an entry without a case. ``numbers`` and ``headers`` are those of the batch in order. The caller holds
-- the rows of the cases.
--
-- An entry with a header needs the case in the pusher's hands; the first of an unknown case needs a number of the
-- pusher's own. Once a case has left the pusher's hands nothing in the same batch brings it back, so one look at the
-- entries before decides. An entry without a header is a note and needs only a part in the case.
create or replace function core.custody(me int, numbers text[], headers jsonb[])
returns table (o int, holder int, collect int, reason text, case_n bigint)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
    return query
    with entry as materialized (
        select e.o::int as o, e.number collate "C" as number, e.header, coalesce(f.last_n, 0) as last_n, f.holder as held_by,
            f.number is null as is_new,
            e.number ~ '^[0-9]{20}$' and substr(e.number, 9, 6) = mine.code as is_own_number,
            (select true from core.case_party p where p.case_number = e.number and p.station = me) as is_party,
            e.header ->> 'number' = e.number and jsonb_typeof(e.header -> 'holder') = 'string' as is_sound,
            h.id as to_holder, c.id as to_collect
        from unnest(numbers, headers) with ordinality as e (number, header, o)
        join core.station mine on mine.id = me
        left join lateral (
            select f.number, f.last_n, f.holder from core.case_file f where f.number = e.number offset 0
        ) f on true
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
        select e.number collate "C" as number, min(e.case_n) - 1 as began, max(e.case_n) as last_n,
            (array_agg(e.header order by e.case_n desc) filter (where e.header is not null))[1] as header,
            (array_agg(e.holder order by e.case_n desc) filter (where e.header is not null))[1] as holder
        from unnest(numbers, case_ns, headers, holders) as e (number, case_n, header, holder)
        where e.case_n is not null
        group by e.number collate "C"
    ), changed as (
        -- A case that was only noted on keeps its header.
        insert into core.case_file as c (number, taker, holder, last_n, header, changed_at)
        select t.number, me, coalesce(t.holder, f.holder), t.last_n, coalesce(t.header, f.header),
            coalesce(f.changed_at, p_received)
        from touch t
        left join lateral (
            select f.holder, f.header, f.changed_at from core.case_file f
            where f.number = t.number and t.header is null offset 0
        ) f on true
        order by t.number
        on conflict (number) do update set
            holder = excluded.holder, last_n = excluded.last_n, header = excluded.header,
            changed_at = excluded.changed_at
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
    perform core.deliver(me, p_epoch, p_first, touched, began, coalesce(newcomers, '{}'), from_others);
end $$;

reset role;
