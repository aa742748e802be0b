-- Whoever logged in before a station was invited again, or before it enrolled, keeps no connection: it was opened with a
-- password that is good no more, and could otherwise call everything once the station is let in again.

set local role lideng_owner;

alter table core.station add column invited_at timestamptz;

create function core.note_invitation() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    new.invited_at := clock_timestamp();
    return new;
end $$;
revoke all on function core.note_invitation() from public;
create trigger note_invitation before update of invited_until on core.station
for each row when (new.invited_until is not null and new.invited_until is distinct from old.invited_until)
execute function core.note_invitation();

-- Since when the password of each station's role is the one that it is.
create function core.passwords_since() returns table (role_name name, since timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.role_name, greatest(s.invited_at, s.enrolled_at) from core.station s
$$;
revoke all on function core.passwords_since() from public;
grant execute on function core.passwords_since() to lideng_watch;

-- As before, and connections that an earlier password opened. Who enrols is given the time to hang up by itself.
create or replace function watch.end_stale(p_active_s int, p_idle_s int) returns bigint
language sql volatile set search_path = pg_catalog, pg_temp as $$
    select count(*) filter (where pg_terminate_backend(a.pid))
    from pg_stat_activity a
    join pg_roles r on r.oid = a.usesysid
    left join core.passwords_since() p on p.role_name = r.rolname
    cross join lateral (select a.backend_xid is null and a.wait_event = 'ClientWrite' as is_reading) w
    where a.datname = current_database() and r.rolname ~ '^station_[0-9]{6}$' and (
        a.xact_start < clock_timestamp() - make_interval(secs => p_active_s) * case when w.is_reading then 15 else 1 end
        or (a.state_change < clock_timestamp() - make_interval(secs => p_idle_s) and a.state like 'idle in transaction%')
        or (a.backend_start < clock_timestamp() - make_interval(secs => p_idle_s)
            and r.rolname in (select s from core.shut_out() s))
        or (a.backend_start < p.since and p.since < clock_timestamp() - make_interval(secs => p_idle_s))
    )
$$;

reset role;
