-- Signatures are checked of all stations by turns, whoever brings how much.

set local role lideng_owner;

-- Entries whose signatures nobody has checked, station by station in order, with the key of their epoch. Each station
-- gets the same share of ``p_most``, one entry at least, so that one which brings thousands keeps nobody waiting; whoever
-- has less leaves the rest to the next look. A station with a finding stays where it is.
create or replace function watch.unverified(p_most int)
returns table (station int, epoch int, seq bigint, hash bytea, signature bytea, public_key bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with behind as materialized (
        select v.station, v.epoch, v.seq, greatest(p_most / count(*) over (), 1) as share
        from core.verified_head v join core.chain_head h using (station)
        where (v.epoch, v.seq) <> (h.epoch, h.seq)
            and not exists (select from core.finding f where f.station = v.station)
        order by random() limit p_most
    )
    select j.* from behind v
    cross join lateral (
        select j.station, j.epoch, j.seq, j.hash, j.signature, e.public_key
        from core.journal j join core.epoch e on (e.station, e.epoch) = (j.station, j.epoch)
        where j.station = v.station and (j.epoch, j.seq) > (v.epoch, v.seq)
        order by j.epoch, j.seq limit v.share
    ) j
$$;

reset role;
