-- What was set aside is told apart without reading its body again, and there is not endlessly much of it: whoever wrote
-- notes on somebody's case made every push of its holder read all of them.

set local role lideng_owner;

alter table core.quarantine
    add column has_header boolean not null default true, add column holder int, add column collect int;

update core.quarantine q set has_header = b.header is not null, holder = h.id, collect = c.id
from core.journal j
cross join lateral (select nullif(convert_from(j.body, 'UTF8')::jsonb -> 'header', 'null') as header offset 0) b
left join core.station h on h.code = b.header ->> 'holder'
left join core.station c on c.code = b.header ->> 'collect_at'
where (j.station, j.epoch, j.seq) = (q.station, q.epoch, q.seq);

drop index core.quarantine_of_case;
create index quarantine_of_case on core.quarantine (case_number, station, has_header)
    where settled_at is null and reason <> 'too_many';

-- Set entries of a batch aside: of those with a reason. More than 500 of one station on one case never become part of it.
create function core.set_aside(
    me int, p_epoch int, p_first bigint, p_received timestamptz,
    numbers text[], reasons text[], headers jsonb[], holders int[], collects int[]
) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
    insert into core.quarantine (station, epoch, seq, case_number, reason, received_at, has_header, holder, collect)
    select me, p_epoch, p_first + e.o - 1, left(e.number, 100),
        case when row_number() over (partition by e.number order by e.o) + (
            select count(*) from (
                select from core.quarantine q
                where (q.case_number, q.station) = (e.number collate "C", me)
                    and q.settled_at is null and q.reason <> 'too_many' limit 500
            ) q
        ) > 500 then 'too_many' else e.reason end,
        p_received, e.header is not null, e.holder, e.collect
    from unnest(numbers, reasons, headers, holders, collects) with ordinality as e (number, reason, header, holder, collect, o)
    where e.reason <> ''
$$;

-- Lock the inboxes of everybody who may get something of these cases, before the first of them is written to: of those who
-- have a part in them, whom ``headers`` name, and who comes in with what waits.
create function core.lock_inboxes(numbers text[], headers jsonb[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform from core.inbox_head i where i.station in (
        select p.station from core.case_party p where p.case_number = any (numbers)
        union
        select s.id from unnest(headers) as e (header)
        join core.station s on s.code = any (array[e.header ->> 'holder', e.header ->> 'collect_at'])
        union
        select v.station from core.quarantine q
        cross join lateral (values (q.station), (q.holder), (q.collect)) as v (station)
        where q.case_number = any (numbers) and q.settled_at is null and q.reason <> 'too_many'
    ) order by i.station for update;
end $$;

revoke all on function
    core.set_aside(int, int, bigint, timestamptz, text[], text[], jsonb[], int[], int[]), core.lock_inboxes(text[], jsonb[])
from public;
grant execute on function
    core.set_aside(int, int, bigint, timestamptz, text[], text[], jsonb[], int[], int[]), core.lock_inboxes(text[], jsonb[])
to lideng_api;

reset role;
