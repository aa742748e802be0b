-- What an administrator sees at a glance: when the watch last looked and what it saw, how many entries there are, which
-- bulletins were published, and in which division a station stands.

set local role lideng_owner;

-- 12 digits of the administrative division (GB/T 2260 and 10114), empty where nobody said.
alter table core.station add column division text not null default '' check (division ~ '^([0-9]{12})?$');

-- One row: the watch's last round. What it saw of the server only its own rights show.
create table core.watched (
    only_one boolean primary key default true check (only_one),
    at timestamptz not null,
    seen jsonb not null check (octet_length(seen::text) <= 65536)
) with (fillfactor = 50);
alter table core.watched enable row level security, force row level security;
create policy owner on core.watched to lideng_owner using (true) with check (true);
revoke all on core.watched from public;

-- Note what a round of the watch saw. It waits neither for the disk nor for a replica: that a replica is away is one of
-- the things it has to say.
create function watch.note(p_seen jsonb) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform set_config('synchronous_commit', 'off', true);
    insert into core.watched (at, seen) values (clock_timestamp(), p_seen)
    on conflict (only_one) do update set at = excluded.at, seen = excluded.seen;
end $$;
revoke all on function watch.note(jsonb) from public;
grant execute on function watch.note(jsonb) to lideng_watch;

-- Figures of the centre, with the watch's last round.
alter function admin.status() rename to figures;
revoke execute on function admin.figures() from lideng_admin;
create function admin.status() returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select admin.figures() || jsonb_build_object(
        -- The last number of each epoch: a look into an index for each, where counting would read every journal.
        'entries', (
            select coalesce(sum(j.seq), 0)::bigint from core.epoch e cross join lateral (
                select seq from core.journal j where (j.station, j.epoch) = (e.station, e.epoch)
                order by j.station, j.epoch, j.seq desc limit 1
            ) j
        ),
        'findings', (select count(*) from core.open_finding),
        'keys', (select count(*) from core.waiting_key),
        'waiting_requests', (select count(*) from admin.waiting_requests()),
        'watched', (select seen || jsonb_build_object('at', at) from core.watched)
    )
$$;

-- Say in which division a station stands; the directory tells it to all stations.
create function admin.place_station(p_code text, p_division text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    update core.station set division = p_division where code = p_code and division <> p_division;
    if found then
        insert into core.act (act, detail) values ('place', format('%s %s', p_code, p_division));
    end if;
end $$;

drop function admin.stations();
create function admin.stations()
returns table (
    code text, name text, service_point text, invited_until timestamptz, enrolled_at timestamptz, revoked_at timestamptz,
    epoch int, seq bigint, received_at timestamptz, verified_epoch int, verified_seq bigint,
    inbox_last bigint, quarantined bigint, left_behind bigint, division text
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.code, s.name, s.service_point, s.invited_until, s.enrolled_at, s.revoked_at,
        h.epoch, h.seq, h.received_at, v.epoch, v.seq, i.last_n,
        (select count(*) from core.quarantine q where q.station = s.id and q.settled_at is null),
        (select coalesce(sum(e.left_behind), 0)::bigint from core.epoch e where e.station = s.id),
        s.division
    from core.station s
    join core.chain_head h on h.station = s.id
    join core.verified_head v on v.station = s.id
    join core.inbox_head i on i.station = s.id
    order by s.code
$$;

drop function admin.directory();
create function admin.directory()
returns table (
    code text, name text, service_point text, division text, revoked_at timestamptz, epochs int[], public_keys bytea[]
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.code, s.name, s.service_point, s.division, s.revoked_at,
        coalesce(array_agg(e.epoch order by e.epoch) filter (where e.epoch is not null), '{}'),
        coalesce(array_agg(e.public_key order by e.epoch) filter (where e.epoch is not null), '{}')
    from core.station s
    left join (core.epoch e join core.believed_key using (station, epoch)) on e.station = s.id
    group by s.id, s.code, s.name, s.service_point, s.division, s.revoked_at
    order by s.code
$$;

-- The last bulletins, newest first, without what they say.
create function admin.bulletins(p_limit int)
returns table (n bigint, topic text, version int, published_at timestamptz, size int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select b.n, b.topic, b.version, b.published_at, octet_length(b.payload) from core.bulletin b
    order by b.n desc limit p_limit
$$;

revoke all on function
    admin.status(), admin.place_station(text, text), admin.stations(), admin.directory(), admin.bulletins(int)
from public;
grant execute on function
    admin.status(), admin.place_station(text, text), admin.stations(), admin.directory(), admin.bulletins(int)
to lideng_admin;

reset role;
