-- Digests of own entries whose bodies the centre does not have: who reads such back can push them again without a body,
-- should the centre be restored from a backup that is older.

grant create on schema api to lideng_api;
set local role lideng_api;

create function api.digests(p_epochs int[], p_seqs bigint[])
returns table (epoch int, seq bigint, digest bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 100 as $$
declare
    me constant int := core.caller();
begin
    if cardinality(p_epochs) is distinct from cardinality(p_seqs) or coalesce(cardinality(p_epochs), 501) > 500 then
        raise exception 'out of bounds' using errcode = 'LD005';
    end if;
    return query
    select j.epoch, j.seq, j.digest
    from unnest(p_epochs, p_seqs) as p (epoch, seq)
    join core.journal j on (j.station, j.epoch, j.seq) = (me, p.epoch, p.seq) and j.body is null;
end $$;
revoke all on function api.digests(int[], bigint[]) from public;
grant execute on function api.digests(int[], bigint[]) to lideng_station;

reset role;
revoke create on schema api from lideng_api;
