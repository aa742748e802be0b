-- What a stolen log-in may do to the server that it logs in to, and what it leaves behind.

-- Sorting nothing at all can fill the disk with temporary files.
grant set on parameter temp_file_limit to lideng_keeper;
grant create on schema admin to lideng_keeper;
set local role lideng_keeper;

-- What a station's role starts a session with, whatever it set for itself: a role that comes back after it was stolen
-- must not bring the thief's settings along. Stations may change the timeouts again; the watch ends what they would have ended.
create function admin.set_up_role(p_role name) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
    execute format('alter role %I reset all', p_role);
    execute format('alter role %I in database %I reset all', p_role, current_database());
    execute format('alter role %I connection limit 8', p_role);
    execute format('alter role %I set statement_timeout = %L', p_role, '60s');
    execute format('alter role %I set lock_timeout = %L', p_role, '20s');
    execute format('alter role %I set idle_in_transaction_session_timeout = %L', p_role, '15s');
    execute format('alter role %I set temp_file_limit = %L', p_role, '64MB');
end $$;
revoke all on function admin.set_up_role(name) from public;

create or replace function admin.add_station(
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
    execute format('alter role %I password %L valid until %L', role_name, p_verifier, coalesce(p_until, 'infinity'));
    perform admin.set_up_role(role_name);
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

-- Shut a station out for good. Its role may still log in, so that it is told why; it can call nothing. That it may keep
-- fewer connections is tried only: a thief who changes the role's password and does not commit would hold up the rest.
create or replace function admin.revoke(p_code text, p_why text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    update core.station set revoked_at = clock_timestamp(), revoked_why = left(p_why, 500)
    where code = p_code and revoked_at is null;
    if not found then
        raise exception 'no such station, or shut out already' using errcode = 'LD010', detail = 'station';
    end if;
    perform admin.note('revoke', p_code);
    begin
        perform set_config('lock_timeout', '1s', true);
        -- Not 1: a connection that was just closed counts until its backend has ended, and the next would not be told why.
        execute format('alter role %I connection limit 3', 'station_' || p_code);
    exception when others then
        null;  -- held up, or changed meanwhile; the watch ends its connections all the same
    end;
end $$;

select admin.set_up_role(r.rolname) from pg_roles r join core.station s on s.role_name = r.rolname;

reset role;
revoke create on schema admin from lideng_keeper;
