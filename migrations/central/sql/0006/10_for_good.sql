-- Since when an entry is set aside for good: an administrator said so, or nothing that may still come gives it its right.
-- Null for every other one. What rests on it counts no more, and the list of what was called back says so.

set local role lideng_owner;

create function admin.set_aside_for_good(p_station text, p_epoch int, p_seq bigint) returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(q.settled_at, q.received_at) from core.quarantine q
    where (q.station, q.epoch, q.seq) = (p_station::int, p_epoch, p_seq)
        and q.settled_how is distinct from 'let in' and not core.may_be_let_in(q)
$$;
revoke all on function admin.set_aside_for_good(text, int, bigint) from public;
grant execute on function admin.set_aside_for_good(text, int, bigint) to lideng_admin;

reset role;
