-- Last: what everybody else may do. PUBLIC may do nothing here, and nothing in pg_catalog that looks at others, reads
-- files, holds locks that no row has, or sleeps.

revoke all on schema core, api, admin, watch from public;
revoke all on schema public from public;
revoke all on all tables in schema core from public;
revoke all on all functions in schema core, api, admin, watch from public;

grant select on core.schema_version to lideng_owner;
grant execute on function core.me(), core.caller(), core.year_of(timestamptz) to lideng_api, lideng_watch;
grant execute on function
    core.check_batch(int, bigint, bytea, bytea[], bytea[], bytea[], bytea[]),
    core.known_of_batch(core.chain_head, int, bigint, bytea, bytea[]),
    core.refuse_unreadable(bigint, bytea[]),
    core.open_epoch(int, int, jsonb, timestamptz),
    core.custody(int, text[], jsonb[]),
    core.deliver(int, int, bigint, text[], bigint[], jsonb, boolean),
    core.waiting_cases(text[]),
    core.let_in(text),
    core.admit(text),
    core.apply_to_cases(int, int, bigint, timestamptz, text[], bigint[], jsonb[], int[], int[]),
    core.append(int, int, bigint, bytea, bytea[], bytea[], bytea[], bytea[]),
    core.push_as(int, int, bigint, bytea, bytea[], bytea[], bytea[], bytea[])
to lideng_api;

grant execute on all functions in schema api to lideng_station;
revoke execute on function api.check_digests(bytea[]) from lideng_station;
grant execute on all functions in schema admin to lideng_admin;
revoke execute on function admin.note(text, text) from lideng_admin;
grant execute on all functions in schema watch to lideng_watch;

-- DO and functions of one's own need a language.
revoke usage on language plpgsql, sql from public;
grant usage on language plpgsql, sql to lideng_owner, lideng_api, lideng_keeper;

-- Functions of pg_catalog that PUBLIC may call and a station must not. Administrators and the watch keep those that look.
do $$
declare
    found_function regprocedure;
begin
    for found_function in
        select p.oid::regprocedure from pg_proc p
        where p.pronamespace = 'pg_catalog'::regnamespace and p.proname ~ ('^('
            || 'lo_.*|lowrite|loread|pg_advisory.*|pg_try_advisory.*|pg_sleep.*|pg_notify|pg_export_snapshot'
            || '|pg_cancel_backend|pg_terminate_backend|pg_log_backend_memory_contexts|pg_isolation_test_session_is_blocked'
            || '|pg_read.*|pg_ls.*|pg_stat_file|pg_current_logfile|pg_logical.*|pg_create.*|pg_drop.*'
            || '|(query|table|schema|database|cursor)_to_xml.*'
            || ')$')
    loop
        execute format('revoke execute on function %s from public', found_function);
    end loop;
    for found_function in
        select p.oid::regprocedure from pg_proc p
        where p.pronamespace = 'pg_catalog'::regnamespace and p.proname ~ ('^('
            || 'pg_stat_get.*|pg_lock_status|pg_prepared_xact|pg_show_all_file_settings|pg_hba_file_rules'
            || '|pg_(database|tablespace|relation|total_relation|table|indexes)_size'
            || '|pg_get_(functiondef|function_sqlbody|viewdef|triggerdef|constraintdef|indexdef|ruledef|expr|userbyid)'
            || '|pg_blocking_pids|pg_safe_snapshot_blocking_pids|pg_listening_channels|pg_available_.*'
            || ')$')
    loop
        execute format('revoke execute on function %s from public', found_function);
        execute format('grant execute on function %s to lideng_owner, lideng_admin, lideng_watch, pg_monitor', found_function);
    end loop;
end $$;
grant execute on function pg_catalog.pg_terminate_backend(int, bigint) to lideng_watch;

-- The catalogue tells who the other stations are, how much they send and how the functions are written.
do $$
declare
    found_relation regclass;
begin
    for found_relation in
        select c.oid::regclass from pg_class c
        where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind in ('r', 'v') and exists (
            select from aclexplode(c.relacl) a where a.grantee = 0 and a.privilege_type = 'SELECT'
        )
    loop
        execute format('revoke all on %s from public', found_relation);
        execute format('grant select on %s to lideng_owner, lideng_keeper, lideng_admin, lideng_watch, pg_monitor', found_relation);
    end loop;
end $$;
revoke usage on schema information_schema from public;
grant usage on schema information_schema to lideng_admin, lideng_watch, pg_monitor;
