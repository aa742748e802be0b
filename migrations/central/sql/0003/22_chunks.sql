-- A chunk alone confirms nothing: what a station is told of is the image, by ``put_blob``, whose commit waits for the disk
-- (and for replicas) and for everything before it in the same log. So a chunk's own commit need not wait; one that is lost
-- in a crash before its image was confirmed is missing, and sent again.

set local role lideng_owner;
drop trigger durable on core.chunk;

reset role;
grant create on schema api to lideng_api;
set local role lideng_api;

-- Store one chunk of at most 256 KiB.
create or replace function api.put_chunk(p_data bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    me constant int := core.caller();
begin
    if coalesce(octet_length(p_data), 0) not between 1 and 262144 then
        raise exception 'out of bounds' using errcode = 'LD005';
    end if;
    perform set_config('synchronous_commit', 'off', true);
    insert into core.chunk (station, digest, year, data)
    values (me, sha256(p_data), core.year_of(clock_timestamp()), p_data) on conflict do nothing;
end $$;

reset role;
revoke create on schema api from lideng_api;
