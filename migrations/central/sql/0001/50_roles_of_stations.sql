-- The three functions that make and shut out stations' roles. Their owner is the only one that may create roles, and it
-- can do nothing else.

set local role lideng_keeper;

-- Note what an administrator did. Never a secret.
create function admin.note(p_act text, p_detail text) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
    insert into core.act (act, detail) values (p_act, p_detail)
$$;

-- Make a station with a role of its own, or give one that was never enrolled another first password. The password comes
-- as a SCRAM verifier, so that it is in no statement and in no log; null leaves the role without one.
create function admin.add_station(
    p_code text, p_name text, p_service_point text, p_verifier text, p_until timestamptz
) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    role_name constant name := 'station_' || p_code;
    there core.station;
begin
    if p_code is null or p_code !~ '^[0-9]{6}$' or coalesce(p_name, '') = ''
        or p_verifier !~ '^SCRAM-SHA-256\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$'
    then
        raise exception 'this is no station' using errcode = 'LD010', detail = 'station';
    end if;
    select * into there from core.station s where s.code = p_code for update;
    if there.revoked_at is not null then
        raise exception 'this station was shut out' using errcode = 'LD002';
    elsif there.enrolled_at is not null then
        raise exception 'this station is enrolled' using errcode = 'LD010', detail = 'enrolled';
    end if;
    if not exists (select from pg_roles r where r.rolname = role_name) then
        execute format('create role %I login in role lideng_station', role_name);
    end if;
    execute format('alter role %I password %L valid until %L connection limit 8', role_name, p_verifier,
        coalesce(p_until, 'infinity'));
    -- A station may change these for itself; the watch ends what they would have ended.
    execute format('alter role %I set statement_timeout = %L', role_name, '60s');
    execute format('alter role %I set lock_timeout = %L', role_name, '20s');
    execute format('alter role %I set idle_in_transaction_session_timeout = %L', role_name, '15s');
    insert into core.station (id, role_name, name, service_point, invited_until)
    values (p_code::int, role_name, p_name, coalesce(p_service_point, ''), p_until)
    on conflict (id) do update
        set name = excluded.name, service_point = excluded.service_point, invited_until = excluded.invited_until;
    if there.id is null then
        insert into core.chain_head (station) values (p_code::int);
        insert into core.verified_head (station) values (p_code::int);
        insert into core.inbox_head (station) values (p_code::int);
    end if;
    perform admin.note('add_station', p_code);
    return role_name;
end $$;

-- Shut a station out for good. Its role may still log in, so that it is told why; it can call nothing.
create function admin.revoke(p_code text, p_why text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    update core.station set revoked_at = clock_timestamp(), revoked_why = left(p_why, 500)
    where code = p_code and revoked_at is null;
    if not found then
        raise exception 'no such station, or shut out already' using errcode = 'LD010', detail = 'station';
    end if;
    -- Not 1: a connection that was just closed counts until its backend has ended, and the next would not be told why.
    execute format('alter role %I connection limit 3', 'station_' || p_code);
    perform admin.note('revoke', p_code);
end $$;

reset role;
revoke create on schema admin from lideng_keeper;
