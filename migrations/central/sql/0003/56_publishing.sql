-- When a bulletin was published is what stations go by, so the centre holds it against its own clock.

set local role lideng_owner;

-- Publish a bulletin to all. ``p_at`` is what the signature covers. Numbers have no gap and are visible in order: the
-- next publisher waits for this one's commit.
create or replace function admin.publish(p_topic text, p_version int, p_at timestamptz, p_payload bytea, p_signature bytea)
returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    number bigint;
begin
    lock table core.bulletin in share row exclusive mode;
    if exists (select from core.bulletin b where b.topic = p_topic and b.version >= p_version) then
        raise exception 'this version, or a later one, is published' using errcode = 'LD010', detail = 'version';
    end if;
    -- Stations take what was published later than what they have: a clock that is ahead would shut the topic for as long.
    if p_at > clock_timestamp() + interval '5 minutes' then
        raise exception 'published by a clock that is ahead' using errcode = 'LD010', detail = 'ahead';
    end if;
    if exists (select from core.bulletin b where b.topic = p_topic and b.published_at >= p_at) then
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

reset role;
