-- Images of a station that cannot send them itself: it was shut out, or its machine is gone and a file was left. They are
-- held to what ``api.put_blob`` holds a station to, in one function for both.

set local role lideng_owner;

-- Say which chunks make an image of a case of the station ``me``; what it means is told at ``api.put_blob``.
create function core.put_blob_as(me int, p_digest bytea, p_size bigint, p_chunks bytea[], p_case text) returns boolean
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
    this_year constant smallint := core.year_of(clock_timestamp());
    found_size bigint;
    found_digest bytea;
begin
    if octet_length(p_digest) is distinct from 32 or not coalesce(p_size between 1 and 67108864, false)
        or cardinality(p_chunks) = 0 or cardinality(p_chunks) > 256
    then
        raise exception 'out of bounds' using errcode = 'LD005';
    end if;
    if not exists (select from core.case_party p where p.case_number = p_case and p.station = me) then
        raise exception 'not a party of this case' using errcode = 'LD007';
    end if;
    if exists (
        select from unnest(p_chunks) as d (digest)
        where not exists (select from core.chunk c where c.station = me and c.digest = d.digest)
    ) then
        return false;
    end if;
    -- An image that was sent in an earlier year, of a material that is used again, stays with the later case too.
    if not exists (select from core.blob b where b.station = me and b.digest = p_digest and b.year = this_year) then
        insert into core.chunk (station, digest, year, data)
        select distinct on (c.digest) me, c.digest, this_year, c.data from core.chunk c
        where c.station = me and c.digest = any (p_chunks) and c.year <> this_year
        order by c.digest, c.year desc
        on conflict do nothing;
        -- The centre gave a chunk its digest itself: an image that is one chunk needs not be read again.
        select sum(octet_length(c.data)),
            case when cardinality(p_chunks) = 1 then p_chunks[1] else sha256(string_agg(c.data, '' order by d.o)) end
        into found_size, found_digest
        from unnest(p_chunks) with ordinality as d (digest, o)
        join core.chunk c on c.station = me and c.digest = d.digest and c.year = this_year;
        if (found_size, found_digest) is distinct from (p_size, p_digest) then
            raise exception 'the chunks do not make this image' using errcode = 'LD009';
        end if;
        insert into core.blob (station, digest, year, size, chunks, received_at)
        values (me, p_digest, this_year, p_size, p_chunks, clock_timestamp()) on conflict do nothing;
    end if;
    insert into core.blob_case (digest, case_number, station) values (p_digest, p_case, me) on conflict do nothing;
    return true;
end $$;
revoke all on function core.put_blob_as(int, bytea, bigint, bytea[], text) from public;
grant execute on function core.put_blob_as(int, bytea, bigint, bytea[], text) to lideng_api;

-- Which of these chunks the centre does not have of a station.
create function admin.missing_chunks(p_station text, p_digests bytea[]) returns setof bytea
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select distinct d.digest from unnest(p_digests) as d (digest)
    where not exists (
        select from core.chunk c join core.station s on s.id = c.station
        where s.code = p_station and c.digest = d.digest
    )
$$;

-- Store one chunk as of a station.
create function admin.put_chunk(p_station text, p_data bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    found_station constant int := (select id from core.station where code = p_station);
begin
    if found_station is null then
        raise exception 'no such station' using errcode = 'LD001';
    elsif coalesce(octet_length(p_data), 0) not between 1 and 262144 then
        raise exception 'out of bounds' using errcode = 'LD005';
    end if;
    insert into core.chunk (station, digest, year, data)
    values (found_station, sha256(p_data), core.year_of(clock_timestamp()), p_data) on conflict do nothing;
end $$;

-- Say which chunks make an image of a case of a station: false when one is missing; LD007, LD009 as for the station itself.
create function admin.put_blob(p_station text, p_digest bytea, p_size bigint, p_chunks bytea[], p_case text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    found_station constant int := (select id from core.station where code = p_station);
begin
    if found_station is null then
        raise exception 'no such station' using errcode = 'LD001';
    end if;
    if not exists (select from core.blob b where b.station = found_station and b.digest = p_digest) then
        insert into core.act (act, detail) values ('take_in', format('%s %s', p_station, p_case));
    end if;
    return core.put_blob_as(found_station, p_digest, p_size, p_chunks, p_case);
end $$;

revoke all on function
    admin.missing_chunks(text, bytea[]), admin.put_chunk(text, bytea), admin.put_blob(text, bytea, bigint, bytea[], text)
from public;
grant execute on function
    admin.missing_chunks(text, bytea[]), admin.put_chunk(text, bytea), admin.put_blob(text, bytea, bigint, bytea[], text)
to lideng_admin;

reset role;
grant create on schema api to lideng_api;
set local role lideng_api;

create or replace function api.put_blob(p_digest bytea, p_size bigint, p_chunks bytea[], p_case text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    me constant int := core.caller();
begin
    perform api.check_digests(p_chunks);
    return core.put_blob_as(me, p_digest, p_size, p_chunks, p_case);
end $$;

reset role;
revoke create on schema api from lideng_api;
