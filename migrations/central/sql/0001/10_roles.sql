-- Who is who. Nobody who logs in owns anything, and nobody who owns anything logs in:
--
--   lideng_owner    owns the tables and the functions of administrators and of the watch
--   lideng_api      owns the functions that stations call: select, insert, and update of a few columns
--   lideng_keeper   owns the three functions that make and shut out stations' roles; it alone may create roles
--   lideng_station  group of the stations: EXECUTE on schema api
--   lideng_admin    group of administrators: EXECUTE on schema admin
--   lideng_watch    group of the watch beside the database: EXECUTE on schema watch
--
-- Roles belong to the whole server, so another database of it may have made them already.
do $$
declare
    wanted text;
begin
    foreach wanted in array array[
        'lideng_owner', 'lideng_api', 'lideng_keeper', 'lideng_station', 'lideng_admin', 'lideng_watch'
    ] loop
        if not exists (select from pg_roles where rolname = wanted) then
            execute format('create role %I nologin', wanted);
        end if;
    end loop;
end $$;

alter role lideng_keeper createrole;
-- From version 16 on a creator of roles may put into a group only where it administers the group.
grant lideng_station to lideng_keeper with admin option;
-- The watch ends backends that a cut link left behind and looks at what runs.
grant pg_signal_backend, pg_read_all_stats to lideng_watch;

alter schema core owner to lideng_owner;
create schema api authorization lideng_api;
create schema admin authorization lideng_owner;
create schema watch authorization lideng_owner;

grant usage on schema core to lideng_api, lideng_keeper;
grant usage on schema api to lideng_station;
grant usage on schema admin to lideng_admin, lideng_keeper;
grant usage on schema watch to lideng_watch;
grant create on schema admin to lideng_keeper;
