-- Slow lines and servers that should not be talked to: bulletins in pieces, a greeting that only a centre gives whose
-- commits last, and a watch that leaves alone who reads slowly.

-- Who watches a replica is told to all who may look at others.
grant pg_read_all_stats to lideng_owner;
set local role lideng_owner;

-- Whether a commit here would come back: where replicas are waited for, as many must be there. An old primary that comes
-- back after another took its place has none, and nothing may be begun with it.
create function core.is_lasting() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    names constant text := current_setting('synchronous_standby_names');
begin
    return names = '' or (
        select count(*) from pg_stat_get_wal_senders() w where w.sync_state in ('sync', 'quorum')
    ) >= coalesce(substring(lower(names) from '^\s*(?:first|any)?\s*(\d+)\s*\(')::int, 1);
end $$;
revoke all on function core.is_lasting() from public;
grant execute on function core.is_lasting() to lideng_api;

reset role;
grant create on schema api to lideng_api;
set local role lideng_api;

-- What a contact begins with; as in 0001, and 57P03 where nothing that is written would last.
create or replace function api.hello(
    p_schema int, out now_at timestamptz, out nonce bytea, out schema_version int,
    out head_epoch int, out head_seq bigint, out head_hash bytea,
    out verified_epoch int, out verified_seq bigint, out inbox_last bigint, out bulletin_last bigint
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    me constant int := core.caller();
    salt constant bytea := uuid_send(gen_random_uuid());
begin
    if p_schema is distinct from 1 then
        raise exception 'this schema is not spoken here' using errcode = 'LD008', detail = '1';
    elsif not core.is_lasting() then
        raise exception 'a replica is waited for' using errcode = '57P03';
    end if;
    schema_version := 1;
    now_at := date_trunc('milliseconds', clock_timestamp());
    nonce := salt || core.anchor_mac(me, now_at, salt);
    select h.epoch, h.seq, h.hash into head_epoch, head_seq, head_hash
    from core.chain_head h where h.station = me and h.epoch > 0;
    select v.epoch, v.seq into verified_epoch, verified_seq
    from core.verified_head v where v.station = me and v.epoch > 0;
    select h.last_n into inbox_last from core.inbox_head h where h.station = me;
    select coalesce(max(b.n), 0) into bulletin_last from core.bulletin b;
end $$;

-- What the centre published to all after number ``p_after``, without the payloads: on a slow line one of them takes longer
-- than a statement may.
create function api.bulletin_heads(p_after bigint, p_limit int)
returns table (n bigint, topic text, version int, published_at timestamptz, size int, signature bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 10 as $$
begin
    perform core.caller();
    return query
    select b.n, b.topic, b.version, b.published_at, octet_length(b.payload), b.signature
    from core.bulletin b
    where b.n > p_after
    order by b.n limit least(greatest(p_limit, 0), 500);
end $$;

-- A piece of a payload, from byte 0; empty behind its end, null when there is no such bulletin.
create function api.bulletin_part(p_n bigint, p_from int, p_length int) returns bytea
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform core.caller();
    if not coalesce(p_from between 0 and 4194304 and p_length between 1 and 262144, false) then
        raise exception 'out of bounds' using errcode = 'LD005';
    end if;
    return (select substr(b.payload, p_from + 1, p_length) from core.bulletin b where b.n = p_n);
end $$;

drop function api.bulletins(bigint, int);
revoke all on function api.bulletin_heads(bigint, int), api.bulletin_part(bigint, int, int) from public;
grant execute on function api.bulletin_heads(bigint, int), api.bulletin_part(bigint, int, int) to lideng_station;

reset role;
set local role lideng_owner;

-- Roles of stations that were shut out.
create function core.shut_out() returns setof name
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select role_name from core.station where revoked_at is not null
$$;
revoke all on function core.shut_out() from public;
grant execute on function core.shut_out() to lideng_watch;
grant usage on schema core to lideng_watch;

-- End backends of stations that will not end by themselves, and return how many; as in 0001, but for who reads slowly: a
-- statement that has written nothing, and waits for its answer to be taken, holds nobody up and is let go on fifteen times
-- as long. And whoever was shut out keeps no connection.
create or replace function watch.end_stale(p_active_s int, p_idle_s int) returns bigint
language sql volatile set search_path = pg_catalog, pg_temp as $$
    select count(*) filter (where pg_terminate_backend(a.pid))
    from pg_stat_activity a
    join pg_roles r on r.oid = a.usesysid
    cross join lateral (select a.backend_xid is null and a.wait_event = 'ClientWrite' as is_reading) w
    where a.datname = current_database() and r.rolname ~ '^station_[0-9]{6}$' and (
        a.xact_start < clock_timestamp() - make_interval(secs => p_active_s) * case when w.is_reading then 15 else 1 end
        or (a.state_change < clock_timestamp() - make_interval(secs => p_idle_s) and a.state like 'idle in transaction%')
        or (a.backend_start < clock_timestamp() - make_interval(secs => p_idle_s)
            and r.rolname in (select s from core.shut_out() s))
    )
$$;

reset role;
revoke create on schema api from lideng_api;
