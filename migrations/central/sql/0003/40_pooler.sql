-- What PgBouncer asks with auth_query: the verifier of a station that logs in, and of nobody else. A verifier opens nothing
-- by itself; the pooler lets a station prove its password against it and passes the proof on.
do $$
begin
    if not exists (select from pg_roles where rolname = 'lideng_pooler') then
        create role lideng_pooler nologin;
    end if;
end $$;
grant select (rolname, rolpassword, rolcanlogin, rolvaliduntil) on pg_catalog.pg_authid to lideng_keeper;
grant usage on schema watch to lideng_pooler;
grant usage, create on schema watch to lideng_keeper;
set local role lideng_keeper;

-- Whoever is no station, or whose time is over, gets one that no password fits: the pooler would call them a fault of the
-- network otherwise.
create function watch.login(p_role text) returns table (role_name text, verifier text)
language sql stable security definer set search_path = pg_catalog, pg_temp rows 1 as $$
    select p_role, coalesce(
        (
            select a.rolpassword from pg_authid a
            where a.rolname = p_role and a.rolname ~ '^station_[0-9]{6}$' and a.rolcanlogin
                and coalesce(a.rolvaliduntil > clock_timestamp(), true)
        ),
        format('SCRAM-SHA-256$4096:%s$%s:%s', encode(decode(repeat('00', 16), 'hex'), 'base64'), z.nothing, z.nothing)
    )
    from encode(decode(repeat('00', 32), 'hex'), 'base64') as z (nothing)
$$;
revoke all on function watch.login(text) from public;
grant execute on function watch.login(text) to lideng_pooler;

reset role;
revoke usage, create on schema watch from lideng_keeper;
