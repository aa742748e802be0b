-- What is checked of a batch before anything of it is stored: bounds, the chain, readable bodies, what opens an epoch.

set local role lideng_owner;

-- Refuse a batch that is beyond the bounds before anything is read of it. Arrays must begin at 1: elsewhere they are
-- counted by place.
create function core.check_batch(
    p_epoch int, p_first bigint, p_prev bytea,
    p_hashes bytea[], p_digests bytea[], p_bodies bytea[], p_signatures bytea[]
) returns void
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
    many constant int := cardinality(p_hashes);
begin
    if many is null or many not between 1 and 500
        or not coalesce(p_epoch between 1 and 8000000 and p_first between 1 and 1000000000000, false)
        or octet_length(p_prev) is distinct from 32
        or array_ndims(p_hashes) <> 1 or array_lower(p_hashes, 1) <> 1
        or cardinality(p_digests) is distinct from many or cardinality(p_bodies) is distinct from many
        or cardinality(p_signatures) is distinct from many
    then
        raise exception 'batch out of bounds' using errcode = 'LD005';
    end if;
    perform from unnest(p_hashes, p_digests, p_bodies, p_signatures) as e (hash, digest, body, signature)
    having sum(octet_length(body)) > 8388608 or max(octet_length(body)) > 65536
        or bool_or(octet_length(hash) is distinct from 32 or octet_length(digest) is distinct from 32
            or octet_length(signature) is distinct from 64);
    if found then
        raise exception 'batch out of bounds' using errcode = 'LD005';
    end if;
end $$;

-- How many entries at the beginning of the batch the centre has already; LD003 when it has others in their place,
-- LD004 when the batch does not follow what it has.
create function core.known_of_batch(head core.chain_head, p_epoch int, p_first bigint, p_prev bytea, p_hashes bytea[])
returns int
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
    many constant int := cardinality(p_hashes);
    there int;
    other bigint;
begin
    if p_epoch > head.epoch and p_first = 1 then
        if p_prev <> decode(repeat('00', 32), 'hex') then
            raise exception 'chain check failed' using errcode = 'LD004', detail = '1';
        end if;
        return 0;
    elsif (p_epoch, p_first) = (head.epoch, head.seq + 1) then
        if p_prev <> head.hash then
            raise exception 'the chain forks' using errcode = 'LD003', detail = format('%s %s', p_epoch, head.seq);
        end if;
        return 0;
    elsif p_epoch > head.epoch or (p_epoch = head.epoch and p_first > head.seq) then
        raise exception 'chain check failed' using errcode = 'LD004', detail = p_first::text;
    end if;
    select count(*), min(j.seq) filter (where j.hash <> e.hash) into there, other
    from unnest(p_hashes) with ordinality as e (hash, o)
    join core.journal j on j.station = head.station and j.epoch = p_epoch and j.seq = p_first + e.o - 1;
    if other is null and there < many then
        if p_epoch < head.epoch then
            other := p_first + there;  -- an epoch that has ended goes on
        else
            there := least(many, head.seq - p_first + 1);  -- whose bodies' year may be detached
        end if;
    end if;
    if other is not null then
        raise exception 'the chain forks' using errcode = 'LD003', detail = format('%s %s', p_epoch, other);
    end if;
    return there;
end $$;

-- Say which entry of a batch the centre cannot read. Slow, entry by entry: only called after a batch has failed.
create function core.refuse_unreadable(p_first bigint, p_bodies bytea[]) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
    for o in 1 .. cardinality(p_bodies) loop
        begin
            perform convert_from(p_bodies[o], 'UTF8')::jsonb;
        exception when others then
            raise exception 'a body cannot be read' using errcode = 'LD005', detail = (p_first + o - 1)::text;
        end;
    end loop;
end $$;

-- Check what an epoch begins with and note it. The entry before it that the station knew must be one that the centre
-- has of an earlier epoch, of whichever: a backup can be restored twice. What came after that one is counted: it was lost
-- to the restored backup.
create function core.open_epoch(me int, p_epoch int, p_body jsonb, p_received timestamptz) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
    key_text constant text := p_body -> 'data' ->> 'public_key';
    previous constant text := p_body -> 'data' ->> 'previous_hash';
    known_epoch int;
    known_seq bigint;
    newer bigint := 0;
begin
    if p_body ->> 'kind' is distinct from 'EpochOpened' or key_text is null or key_text !~ '^[0-9a-f]{64}$'
        or (previous is null) <> (p_epoch = 1)
    then
        raise exception 'chain check failed' using errcode = 'LD004', detail = '1';
    end if;
    if previous is not null then
        if previous ~ '^[0-9a-f]{64}$' then
            -- From the end: a backup is seldom old, and a chain can be a million entries long.
            select j.epoch, j.seq into known_epoch, known_seq from core.journal j
            where j.station = me and j.epoch < p_epoch and j.hash = decode(previous, 'hex')
            order by j.epoch desc, j.seq desc limit 1;
        end if;
        if known_seq is null then
            raise exception 'chain check failed' using errcode = 'LD004', detail = '1';
        end if;
        select count(*) into newer from core.journal j
        where j.station = me and (j.epoch, j.seq) > (known_epoch, known_seq);
    end if;
    insert into core.epoch (station, epoch, public_key, opened_at, previous_seq, left_behind)
    values (me, p_epoch, decode(key_text, 'hex'), p_received, known_seq, newer);
end $$;

reset role;
