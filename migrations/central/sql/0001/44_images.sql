-- Page images: content-addressed chunks of at most 256 KiB, so that a cut upload goes on where it ended. The centre
-- hashes everything again and takes nobody's word for a digest.

set local role lideng_api;

-- Refuse a list of digests that is beyond the bounds.
create function api.check_digests(p_digests bytea[]) returns void
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
    if p_digests is null or cardinality(p_digests) > 500
        or exists (select from unnest(p_digests) as d (digest) where octet_length(digest) is distinct from 32)
    then
        raise exception 'out of bounds' using errcode = 'LD005';
    end if;
end $$;

-- Which of these chunks the centre does not have of this station.
create function api.missing_chunks(p_digests bytea[]) returns setof bytea
language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 100 as $$
declare
    me constant int := core.caller();
begin
    perform api.check_digests(p_digests);
    return query
    select distinct d.digest from unnest(p_digests) as d (digest)
    where not exists (select from core.chunk c where c.station = me and c.digest = d.digest);
end $$;

create function api.put_chunk(p_data bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    me constant int := core.caller();
begin
    if coalesce(octet_length(p_data), 0) not between 1 and 262144 then
        raise exception 'out of bounds' using errcode = 'LD005';
    end if;
    insert into core.chunk (station, digest, year, data)
    values (me, sha256(p_data), core.year_of(clock_timestamp()), p_data) on conflict do nothing;
end $$;

-- Say which chunks make an image of a case. False when one of them is not there. The chunks are put together and hashed:
-- what this confirms is the image itself. Chunks that came before New Year are copied into the year of the image, so that
-- a detached year never takes a part of a later image with it.
create function api.put_blob(p_digest bytea, p_size bigint, p_chunks bytea[], p_case text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    me constant int := core.caller();
    this_year constant smallint := core.year_of(clock_timestamp());
    found_size bigint;
    found_digest bytea;
begin
    perform api.check_digests(p_chunks);
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
    if not exists (select from core.blob b where b.station = me and b.digest = p_digest) then
        insert into core.chunk (station, digest, year, data)
        select distinct on (c.digest) me, c.digest, this_year, c.data from core.chunk c
        where c.station = me and c.digest = any (p_chunks) and c.year <> this_year
        order by c.digest, c.year desc
        on conflict do nothing;
        select sum(octet_length(c.data)), sha256(string_agg(c.data, '' order by d.o)) into found_size, found_digest
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

-- Which of these images the centre has, whole and of that very hash: of this station, or of a case that it takes part in.
create function api.confirmed_blobs(p_digests bytea[]) returns setof bytea
language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 100 as $$
declare
    me constant int := core.caller();
begin
    perform api.check_digests(p_digests);
    return query
    select distinct b.digest from core.blob b
    where b.digest = any (p_digests) and (b.station = me or exists (
        select from core.blob_case bc join core.case_party p on p.case_number = bc.case_number and p.station = me
        where bc.digest = b.digest and bc.station = b.station
    ));
end $$;

-- One chunk of an image, from 0; empty after the last, null when there is no such image. LD007 when it belongs to no case
-- of this station.
create function api.get_chunk(p_blob bytea, p_index int) returns bytea
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    me constant int := core.caller();
    image core.blob;
begin
    select b.* into image from core.blob b
    join core.blob_case bc on bc.digest = b.digest and bc.station = b.station
    join core.case_party p on p.case_number = bc.case_number and p.station = me
    where b.digest = p_blob limit 1;
    if image.digest is null then
        if exists (select from core.blob b where b.digest = p_blob) then
            raise exception 'not a party of the case of this image' using errcode = 'LD007';
        end if;
        return null;
    end if;
    if p_index is null or p_index not between 0 and cardinality(image.chunks) - 1 then
        return '';
    end if;
    return (
        select c.data from core.chunk c
        where c.station = image.station and c.digest = image.chunks[p_index + 1] and c.year = image.year
    );
end $$;

reset role;
