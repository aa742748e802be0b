-- What was set aside tells whether that is the last word, so that a counter knows which papers it must call back.

set local role lideng_owner;
grant execute on function core.may_be_let_in(core.quarantine) to lideng_api;

reset role;
grant create on schema api to lideng_api;
set local role lideng_api;

-- Own entries that were set aside and not let in since, the newest first. ``is_final`` ones are never let in any more: an
-- administrator said so, or nothing that may still come gives them their right. What was refused is not the station's own.
drop function api.quarantine(int);
create function api.quarantine(p_limit int)
returns table (epoch int, seq bigint, case_number text, reason text, is_final boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 10 as $$
declare
    me constant int := core.caller();
    wanted core.quarantine;
begin
    for wanted in
        select q.* from core.quarantine q
        where q.station = me and q.settled_how is distinct from 'let in' and not core.is_refused(me, q.epoch, q.seq)
        order by q.epoch desc, q.seq desc limit least(greatest(p_limit, 0), 500)
    loop
        epoch := wanted.epoch;
        seq := wanted.seq;
        case_number := wanted.case_number;
        reason := wanted.reason;
        is_final := not core.may_be_let_in(wanted);
        return next;
    end loop;
end $$;
revoke all on function api.quarantine(int) from public;
grant execute on function api.quarantine(int) to lideng_station;

reset role;
revoke create on schema api from lideng_api;
