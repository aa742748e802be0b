-- A restored centre fills its inboxes anew. That the same entry stands at the same place says little of what stands before
-- it: pushes come in another order than the first time. So each row bears a mark at random, and a reader goes on only from
-- the very row that it read last; that one is in a backup only together with all before it.

set local role lideng_owner;

alter table core.inbox add mark bigint not null default (random() * 9007199254740991)::bigint;

reset role;
grant create on schema api to lideng_api;
set local role lideng_api;

-- Up to ``p_limit`` entries of the inbox after a place, at most about 8 MiB of bodies. When the row with that mark is not
-- there, the centre was restored from a backup and knows less: everything begins again, which does no harm.
-- Numbers have gaps only where a body was erased or a year detached.
drop function api.pull(bigint, bytea, int);
create function api.pull(p_after bigint, p_mark bigint, p_limit int)
returns table (
    restarted boolean, n bigint, mark bigint, station text, epoch int, seq bigint, prev bytea, hash bytea, signature bytea,
    body bytea, received_at timestamptz
)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
rows 100
as $$
declare
    me constant int := core.caller();
    again boolean := false;
    after_n bigint := p_after;
begin
    if p_after is null or p_limit is null or p_limit not between 1 and 500 then
        raise exception 'out of bounds' using errcode = 'LD005';
    end if;
    if p_after > 0 then
        again := not exists (select from core.inbox i where i.station = me and i.n = p_after and i.mark = p_mark);
    end if;
    if again then
        after_n := 0;
    end if;
    return query
    select again, e.n, e.mark, s.code, e.epoch, e.seq, e.prev, e.hash, e.signature, e.body, e.received_at
    from (
        select d.*, sum(octet_length(d.body)) over (order by d.n) as bytes, row_number() over (order by d.n) as place
        from (
            -- Erased bodies are passed over before the limit counts, or a page of nothing else would look like the end.
            select i.n, i.mark, j.* from core.inbox i
            join core.journal j on (j.station, j.epoch, j.seq, j.year) = (i.from_station, i.epoch, i.seq, i.year)
            where i.station = me and i.n > after_n and j.body is not null
            order by i.n limit p_limit
        ) d
    ) e
    join core.station s on s.id = e.station
    where e.place = 1 or e.bytes <= 8388608
    order by e.n;
end $$;

revoke all on function api.pull(bigint, bigint, int) from public;
grant execute on function api.pull(bigint, bigint, int) to lideng_station;

reset role;
revoke create on schema api from lideng_api;
