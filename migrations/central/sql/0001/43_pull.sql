-- What a station reads: the greeting, its inbox, its own journal, bulletins. Nothing here writes, so that a station may
-- read from a replica.

set local role lideng_owner;

-- HMAC-SHA-256 (RFC 2104) of a station, a moment in milliseconds and a salt; 16 bytes of it. No extension is needed.
create function core.anchor_mac(p_station int, p_at timestamptz, p_salt bytea) returns bytea
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select substr(sha256(c.outer_pad || sha256(
        c.inner_pad || int4send(p_station) || int8send((extract(epoch from p_at) * 1000)::bigint) || p_salt)), 1, 16)
    from core.centre c
$$;
grant execute on function core.anchor_mac(int, timestamptz, bytea) to lideng_api;

reset role;
set local role lideng_api;

-- What a contact begins with. ``p_schema`` is the schema that the program speaks; LD008 when that is not understood,
-- with the centre's own in the detail. The nonce proves that whoever shows it later was here at this time; nothing is
-- stored for it.
create function api.hello(
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

-- Up to ``p_limit`` entries of the inbox after a place, at most about 8 MiB of bodies. When the centre has another entry
-- at that place, or none, it was restored from a backup and knows less: everything begins again, which does no harm.
-- Numbers have gaps only where a body was erased or a year detached.
create function api.pull(p_after bigint, p_hash bytea, p_limit int)
returns table (
    restarted boolean, n bigint, station text, epoch int, seq bigint, prev bytea, hash bytea, signature bytea, body bytea,
    received_at timestamptz
)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
rows 100
as $$
declare
    me constant int := core.caller();
    after_n bigint := p_after;
    again boolean := false;
begin
    if p_after is null or p_limit is null or p_limit not between 1 and 500 then
        raise exception 'out of bounds' using errcode = 'LD005';
    end if;
    if p_after > 0 then
        again := not exists (
            select from core.inbox i
            join core.journal j on (j.station, j.epoch, j.seq, j.year) = (i.from_station, i.epoch, i.seq, i.year)
            where i.station = me and i.n = p_after and j.hash = p_hash
        );
    end if;
    if again then
        after_n := 0;
    end if;
    return query
    select again, e.n, s.code, e.epoch, e.seq, e.prev, e.hash, e.signature, e.body, e.received_at
    from (
        select d.*, sum(octet_length(d.body)) over (order by d.n) as bytes, row_number() over (order by d.n) as place
        from (
            -- Erased bodies are passed over before the limit counts, or a page of nothing else would look like the end.
            select i.n, j.* from core.inbox i
            join core.journal j on (j.station, j.epoch, j.seq, j.year) = (i.from_station, i.epoch, i.seq, i.year)
            where i.station = me and i.n > after_n and j.body is not null
            order by i.n limit p_limit
        ) d
    ) e
    join core.station s on s.id = e.station
    where e.place = 1 or e.bytes <= 8388608
    order by e.n;
end $$;

-- Own entries after a place as the centre has them, for a station that was restored from a backup.
create function api.own(p_epoch int, p_seq bigint, p_limit int)
returns table (
    station text, epoch int, seq bigint, prev bytea, hash bytea, signature bytea, body bytea, received_at timestamptz
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 100 as $$
declare
    me constant int := core.caller();
begin
    if p_epoch is null or p_seq is null or p_limit is null or p_limit not between 1 and 500 then
        raise exception 'out of bounds' using errcode = 'LD005';
    end if;
    return query
    select s.code, e.epoch, e.seq, e.prev, e.hash, e.signature, e.body, e.received_at
    from (
        select j.*, sum(octet_length(j.body)) over (order by j.epoch, j.seq) as bytes,
            row_number() over (order by j.epoch, j.seq) as place
        from (
            select * from core.journal j
            where j.station = me and (j.epoch, j.seq) > (p_epoch, p_seq) order by j.epoch, j.seq limit p_limit
        ) j
    ) e
    join core.station s on s.id = me
    where e.place = 1 or coalesce(e.bytes, 0) <= 8388608
    order by e.epoch, e.seq;
end $$;

-- Own entries that were set aside and not settled yet, the newest first.
create function api.quarantine(p_limit int)
returns table (epoch int, seq bigint, case_number text, reason text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 10 as $$
declare
    me constant int := core.caller();
begin
    return query
    select q.epoch, q.seq, q.case_number, q.reason from core.quarantine q
    where q.station = me and q.settled_at is null
    order by q.epoch desc, q.seq desc limit least(greatest(p_limit, 0), 500);
end $$;

-- What the centre publishes to all after number ``p_after``; at most about 8 MiB.
create function api.bulletins(p_after bigint, p_limit int)
returns table (n bigint, topic text, version int, published_at timestamptz, payload bytea, signature bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 10 as $$
begin
    perform core.caller();
    return query
    select e.n, e.topic, e.version, e.published_at, e.payload, e.signature
    from (
        select b.*, sum(octet_length(b.payload)) over (order by b.n) as bytes, row_number() over (order by b.n) as place
        from core.bulletin b where b.n > p_after order by b.n limit least(greatest(p_limit, 0), 500)
    ) e
    where e.place = 1 or e.bytes <= 8388608
    order by e.n;
end $$;

reset role;
