-- Enrolment: invitations, what stations ask certificates for, and taking in what a station that was shut out still had.
-- The authority's key is never here: certificates are signed beside the database and brought back.

set local role lideng_owner;

-- What stations asked and got, in order; the last one counts. A serial number is what an authority revokes.
create table core.certificate (
    station int not null references core.station,
    n int not null check (n > 0),
    request bytea not null check (octet_length(request) between 1 and 4096),
    asked_at timestamptz not null default clock_timestamp(),
    certificate bytea check (octet_length(certificate) between 1 and 16384),
    serial text check (serial ~ '^[0-9a-f]{1,40}$'),
    signed_at timestamptz,
    revoked_at timestamptz,
    primary key (station, n),
    check (num_nulls(certificate, serial, signed_at) in (0, 3))
);
alter table core.certificate enable row level security, force row level security;
create policy owner on core.certificate to lideng_owner using (true) with check (true);
create policy own on core.certificate for select to lideng_api using (station = (select core.me()));
create policy add_own on core.certificate for insert to lideng_api with check (station = (select core.me()));
create policy keeper on core.certificate to lideng_keeper using (true);
grant select, insert on core.certificate to lideng_api;
grant select (station, revoked_at), update (revoked_at) on core.certificate to lideng_keeper;
create constraint trigger durable after insert on core.certificate
    deferrable initially deferred for each row execute function core.force_durable();

reset role;
grant create on schema core, admin to lideng_keeper;
set local role lideng_keeper;

-- Invite a station: a new one, or one that lost its keys or was shut out and comes back under its own number. Whoever had
-- its password until now has it no more, and certificates that it had are revoked. ``p_verifier`` is of the one-time
-- secret, which the database never sees.
create function admin.invite(p_code text, p_name text, p_service_point text, p_verifier text, p_until timestamptz)
returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if p_verifier is null or p_until is null or p_until <= clock_timestamp() then
        raise exception 'this is no invitation' using errcode = 'LD010', detail = 'invitation';
    end if;
    update core.certificate c set revoked_at = clock_timestamp() from core.station s
    where s.code = p_code and c.station = s.id and c.revoked_at is null;
    update core.station set enrolled_at = null, revoked_at = null, revoked_why = null where code = p_code;
    return admin.add_station(p_code, p_name, p_service_point, p_verifier, p_until);
end $$;
revoke all on function admin.invite(text, text, text, text, timestamptz) from public;
grant execute on function admin.invite(text, text, text, text, timestamptz) to lideng_admin;

-- Use the caller's invitation up and return which station that is. From here on its role does not expire.
create function core.use_invitation(p_public_key bytea) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    invited core.station;
begin
    select * into invited from core.station where role_name = session_user for update;
    if invited.id is null then
        raise exception 'no station logs in like this' using errcode = 'LD001';
    elsif invited.revoked_at is not null then
        raise exception 'this station was shut out' using errcode = 'LD002';
    elsif invited.enrolled_at is not null or invited.invited_until is null
        or invited.invited_until < clock_timestamp()
    then
        raise exception 'this invitation was used or has expired' using errcode = 'LD006';
    end if;
    update core.station set enrolled_at = clock_timestamp(), invited_until = null, public_key = p_public_key
    where id = invited.id;
    execute format('alter role %I valid until %L', invited.role_name, 'infinity');
    perform admin.note('enrol', invited.code);
    return invited.id;
end $$;
revoke all on function core.use_invitation(bytea) from public;
grant execute on function core.use_invitation(bytea) to lideng_api;

reset role;
revoke create on schema core, admin from lideng_keeper;
set local role lideng_api;

-- Become a station: once, with an invitation that is good. The caller changes its password in the same transaction.
create function api.enrol(p_public_key bytea, p_request bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    me int;
begin
    if octet_length(p_public_key) is distinct from 32 or not coalesce(octet_length(p_request) between 1 and 4096, false)
    then
        raise exception 'out of bounds' using errcode = 'LD005';
    end if;
    me := core.use_invitation(p_public_key);
    insert into core.certificate (station, n, request)
    select me, coalesce(max(c.n), 0) + 1, p_request from core.certificate c where c.station = me;
end $$;

-- Ask for a certificate again, before the last one ends. A request that waits already is enough.
create function api.ask_certificate(p_request bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    me constant int := core.caller();
    last core.certificate;
begin
    if not coalesce(octet_length(p_request) between 1 and 4096, false) then
        raise exception 'out of bounds' using errcode = 'LD005';
    end if;
    select * into last from core.certificate c where c.station = me order by c.n desc limit 1;
    if last.n is null or last.certificate is not null then
        insert into core.certificate (station, n, request) values (me, coalesce(last.n, 0) + 1, p_request)
        on conflict do nothing;
    end if;
end $$;

-- The certificate for the last request, null while nobody has signed it.
create function api.certificate() returns bytea
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    me constant int := core.caller();
begin
    return (select c.certificate from core.certificate c where c.station = me order by c.n desc limit 1);
end $$;

revoke all on function api.enrol(bytea, bytea), api.ask_certificate(bytea), api.certificate() from public;
grant execute on function api.enrol(bytea, bytea), api.ask_certificate(bytea), api.certificate() to lideng_station;

reset role;
set local role lideng_owner;

-- Requests that wait for the authority: the last one of each station that is enrolled.
create function admin.waiting_requests() returns table (station text, n int, request bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.code, c.n, c.request
    from core.station s
    cross join lateral (select * from core.certificate c where c.station = s.id order by c.n desc limit 1) c
    where s.enrolled_at is not null and s.revoked_at is null and c.certificate is null
    order by s.code
$$;

-- Bring a signed certificate back; nothing happens when there is one already.
create function admin.keep_certificate(p_station text, p_n int, p_certificate bytea, p_serial text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    update core.certificate c set certificate = p_certificate, serial = p_serial, signed_at = clock_timestamp()
    from core.station s
    where s.code = p_station and c.station = s.id and c.n = p_n and c.certificate is null
$$;

-- Certificates that are good no more, by serial number, and since when: those of stations that were shut out, and those
-- from before a new invitation.
create function admin.revoked_certificates() returns table (serial text, revoked_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select c.serial, least(c.revoked_at, s.revoked_at)
    from core.certificate c join core.station s on s.id = c.station
    where c.serial is not null and (c.revoked_at is not null or s.revoked_at is not null)
    order by least(c.revoked_at, s.revoked_at), c.serial
$$;

-- What the directory of stations says: names, keys of all epochs, and since when a station is shut out.
create function admin.directory()
returns table (code text, name text, service_point text, revoked_at timestamptz, epochs int[], public_keys bytea[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.code, s.name, s.service_point, s.revoked_at,
        coalesce(array_agg(e.epoch order by e.epoch) filter (where e.epoch is not null), '{}'),
        coalesce(array_agg(e.public_key order by e.epoch) filter (where e.epoch is not null), '{}')
    from core.station s left join core.epoch e on e.station = s.id
    group by s.id, s.code, s.name, s.service_point, s.revoked_at
    order by s.code
$$;

-- The newest bulletin of a topic, nothing when there is none.
create function admin.newest(p_topic text) returns table (published_at timestamptz, payload bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select b.published_at, b.payload from core.bulletin b where b.topic = p_topic order by b.version desc limit 1
$$;

-- Take in entries that a station did not bring itself: it was shut out, or its machine is gone and a file was left. Chain
-- and custody are held to as in ``push``, and pushing twice is pushing once.
create function admin.take_in(
    p_station text, p_epoch int, p_first bigint, p_prev bytea,
    p_hashes bytea[], p_digests bytea[], p_bodies bytea[], p_signatures bytea[],
    out head_epoch int, out head_seq bigint, out head_hash bytea, out last_received_at timestamptz,
    out aside bigint[], out reasons text[]
)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    found_station constant int := (select id from core.station where code = p_station);
begin
    if found_station is null then
        raise exception 'no such station' using errcode = 'LD001';
    end if;
    select * into head_epoch, head_seq, head_hash, last_received_at, aside, reasons
    from core.push_as(found_station, p_epoch, p_first, p_prev, p_hashes, p_digests, p_bodies, p_signatures);
    insert into core.act (act, detail) values ('take_in', format('%s %s/%s', p_station, p_epoch, p_first));
end $$;

revoke all on function
    admin.waiting_requests(), admin.keep_certificate(text, int, bytea, text), admin.revoked_certificates(),
    admin.directory(), admin.newest(text),
    admin.take_in(text, int, bigint, bytea, bytea[], bytea[], bytea[], bytea[])
from public;
grant execute on function
    admin.waiting_requests(), admin.keep_certificate(text, int, bytea, text), admin.revoked_certificates(),
    admin.directory(), admin.newest(text),
    admin.take_in(text, int, bigint, bytea, bytea[], bytea[], bytea[], bytea[])
to lideng_admin;
revoke all on core.certificate from public;

reset role;
