-- A bulletin that was published by mistake can be followed by another one, whatever its version and its time say.

set local role lideng_owner;

-- The largest version that counts: that of a calendar day is the largest which anybody means.
create function core.largest_version() returns int
language sql immutable set search_path = pg_catalog, pg_temp as $$ select 99991231 $$;
revoke all on function core.largest_version() from public;

-- As in 0003; and a version is at most a thousand after the one before, or today's date: a slip of the hand would leave no
-- number for what comes after. What was published before that was looked at, with a version or a time that nobody means,
-- is passed over, and counters take what is published now in its place.
create or replace function admin.publish(p_topic text, p_version int, p_at timestamptz, p_payload bytea, p_signature bytea)
returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    tomorrow constant int := to_char(clock_timestamp() + interval '1 day', 'YYYYMMDD')::int;
    number bigint;
begin
    lock table core.bulletin in share row exclusive mode;
    if p_version > greatest(admin.published(p_topic) + 1000, tomorrow) then
        raise exception 'a version far ahead of the last' using errcode = 'LD010', detail = 'far';
    end if;
    if p_version <= admin.published(p_topic) then
        raise exception 'this version, or a later one, is published' using errcode = 'LD010', detail = 'version';
    end if;
    if p_at > clock_timestamp() + interval '5 minutes' then
        raise exception 'published by a clock that is ahead' using errcode = 'LD010', detail = 'ahead';
    end if;
    if exists (
        select from core.bulletin b
        where b.topic = p_topic and b.published_at >= p_at and b.published_at <= clock_timestamp() + interval '5 minutes'
    ) then
        raise exception 'published before what is published' using errcode = 'LD010', detail = 'earlier';
    end if;
    -- By time, so that a centre that was restored from a backup does not use a number again that stations have read.
    select greatest(coalesce(max(n), 0) + 1, floor(extract(epoch from clock_timestamp()))::bigint) into number
    from core.bulletin;
    insert into core.bulletin (n, topic, version, published_at, payload, signature)
    values (number, p_topic, p_version, p_at, p_payload, p_signature);
    insert into core.act (act, detail) values ('publish', format('%s %s', p_topic, p_version));
    return number;
end $$;

-- The newest version of a topic, 0 when nothing was published of it.
create or replace function admin.published(p_topic text) returns int
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(max(version), 0) from core.bulletin where topic = p_topic and version <= core.largest_version()
$$;

-- What was published last of a topic.
create or replace function admin.newest(p_topic text) returns table (published_at timestamptz, payload bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select b.published_at, b.payload from core.bulletin b where b.topic = p_topic order by b.n desc limit 1
$$;

reset role;
