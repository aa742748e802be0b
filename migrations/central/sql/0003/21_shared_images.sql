-- Images of materials that are used again: the later case gets what the centre has already, without sending it once more.

grant create on schema api to lideng_api;
set local role lideng_api;

-- Let each of these images belong to the case beside it too, and return those of which that is so now: images of this
-- station, or of a case that it takes part in; for cases that it takes part in. What lies in an earlier year, or was sent
-- by another, is copied, so that the later case keeps it whatever is detached. At most 32 at a time.
create function api.share_blobs(p_digests bytea[], p_cases text[])
returns table (shared_digest bytea, shared_case text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp rows 10 as $$
declare
    me constant int := core.caller();
    this_year constant smallint := core.year_of(clock_timestamp());
    image record;
begin
    perform api.check_digests(p_digests);
    if cardinality(p_digests) > 32 or cardinality(p_cases) is distinct from cardinality(p_digests) then
        raise exception 'out of bounds' using errcode = 'LD005';
    end if;
    for image in
        select distinct on (d.digest, d.case_number) d.case_number, b.*
        from unnest(p_digests, p_cases) as d (digest, case_number)
        join core.case_party p on p.case_number = d.case_number and p.station = me
        join core.blob b on b.digest = d.digest
        where b.station = me or exists (
            select from core.blob_case bc join core.case_party mine on mine.case_number = bc.case_number and mine.station = me
            where bc.digest = b.digest and bc.station = b.station
        )
        order by d.digest, d.case_number, b.station = me desc, b.year desc
    loop
        insert into core.chunk (station, digest, year, data)
        select me, c.digest, this_year, c.data from core.chunk c
        where c.station = image.station and c.year = image.year and c.digest = any (image.chunks)
        on conflict do nothing;
        insert into core.blob (station, digest, year, size, chunks, received_at)
        values (me, image.digest, this_year, image.size, image.chunks, clock_timestamp()) on conflict do nothing;
        insert into core.blob_case (digest, case_number, station)
        values (image.digest, image.case_number, me) on conflict do nothing;
        shared_digest := image.digest;
        shared_case := image.case_number;
        return next;
    end loop;
end $$;
revoke all on function api.share_blobs(bytea[], text[]) from public;
grant execute on function api.share_blobs(bytea[], text[]) to lideng_station;

reset role;
revoke create on schema api from lideng_api;
