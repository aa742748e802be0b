-- A batch that begins among entries whose year is detached, and goes on behind the head, must have the head in its place.

set local role lideng_owner;

-- How many entries at the beginning of the batch the centre has already; LD003 when it has others in their place,
-- LD004 when the batch does not follow what it has.
create or replace function core.known_of_batch(head core.chain_head, p_epoch int, p_first bigint, p_prev bytea, p_hashes bytea[])
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
            -- Whose year may be detached: then the last of them is all that is left to compare with.
            there := least(many, head.seq - p_first + 1);
            if p_hashes[head.seq - p_first + 1] <> head.hash then
                other := head.seq;
            end if;
        end if;
    end if;
    if other is not null then
        raise exception 'the chain forks' using errcode = 'LD003', detail = format('%s %s', p_epoch, other);
    end if;
    return there;
end $$;

reset role;
