-- Signatures are checked of all stations by turns, whoever brings how much; and what was found somebody can settle.

set local role lideng_owner;

-- What an administrator decided about a finding. The finding itself stays as it is.
create table core.settled_finding (
    station int not null references core.station,
    epoch int not null,
    seq bigint not null,
    fault text not null,
    settled_at timestamptz not null default clock_timestamp(),
    how text not null check (length(how) between 1 and 500),
    primary key (station, epoch, seq, fault)
);
alter table core.settled_finding enable row level security, force row level security;
create policy owner on core.settled_finding to lideng_owner using (true) with check (true);
create trigger deny before update or delete on core.settled_finding for each row execute function core.deny();
create trigger deny_all before truncate on core.settled_finding execute function core.deny();
alter table core.settled_finding enable always trigger deny, enable always trigger deny_all;
revoke all on core.settled_finding from public;

-- Findings that nobody has settled, in what nobody has refused.
create view core.open_finding as
    select * from core.finding f
    where not exists (
        select from core.settled_finding s
        where (s.station, s.epoch, s.seq, s.fault) = (f.station, f.epoch, f.seq, f.fault)
    ) and not exists (
        select from core.refused_tail r where (r.station, r.epoch) = (f.station, f.epoch) and f.seq >= r.from_seq
    );
revoke all on core.open_finding from public;

-- The same for administrators, oldest first.
create function admin.findings(p_limit int)
returns table (station text, epoch int, seq bigint, fault text, found_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.code, f.epoch, f.seq, f.fault, f.found_at from core.open_finding f join core.station s on s.id = f.station
    order by f.found_at, f.station, f.seq limit p_limit
$$;

-- Say what was decided about a finding; the watch goes on behind its entry.
create function admin.settle_finding(p_station text, p_epoch int, p_seq bigint, p_how text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into core.settled_finding (station, epoch, seq, fault, how)
    select f.station, f.epoch, f.seq, f.fault, left(p_how, 500)
    from core.open_finding f join core.station s on s.id = f.station
    where s.code = p_station and (f.epoch, f.seq) = (p_epoch, p_seq);
    if not found then
        raise exception 'nothing of that place is a finding' using errcode = 'LD010', detail = 'finding';
    end if;
    insert into core.act (act, detail) values ('settle_finding', format('%s %s/%s', p_station, p_epoch, p_seq));
end $$;

-- Where an administrator settled what a station's signatures were found to be, for the audit.
create function admin.settled_findings(p_station text) returns table (epoch int, seq bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.epoch, s.seq from core.settled_finding s where s.station = p_station::int and s.fault = 'signature'
$$;

-- Entries whose signatures nobody has checked, station by station in order, with the key of their epoch; ``settled`` ones
-- were found not to fit and are let pass. Each station gets the same share of ``p_most``, one entry at least, so that one
-- which brings thousands keeps nobody waiting; whoever has less leaves the rest to the next look. A station with a finding
-- that nobody has settled stays where it is, and one with a key that nobody believes stays in front of its epoch. What was
-- refused is passed over.
drop function watch.unverified(int);
create function watch.unverified(p_most int)
returns table (station int, epoch int, seq bigint, hash bytea, signature bytea, public_key bytea, settled boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with behind as materialized (
        select v.station, v.epoch, v.seq, greatest(p_most / count(*) over (), 1) as share,
            (select min(w.epoch) from core.waiting_key w where w.station = v.station) as doubtful
        from core.verified_head v join core.chain_head h using (station)
        where (v.epoch, v.seq) <> (h.epoch, h.seq)
            and not exists (select from core.open_finding f where f.station = v.station)
        order by random() limit p_most
    )
    select j.* from behind v
    cross join lateral (
        select j.station, j.epoch, j.seq, j.hash, j.signature, e.public_key,
            exists (
                select from core.settled_finding s
                where (s.station, s.epoch, s.seq, s.fault) = (j.station, j.epoch, j.seq, 'signature')
            )
        from core.journal j join core.epoch e on (e.station, e.epoch) = (j.station, j.epoch)
        where j.station = v.station and (j.epoch, j.seq) > (v.epoch, v.seq)
            and (j.epoch < v.doubtful) is not false
            and not exists (
                select from core.refused_tail r where (r.station, r.epoch) = (j.station, j.epoch) and j.seq >= r.from_seq
            )
        order by j.epoch, j.seq limit v.share
    ) j
$$;

-- Figures for the metrics file, as one object.
create or replace function watch.health() returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select jsonb_build_object(
        'stations', (select count(*) from core.station where enrolled_at is not null and revoked_at is null),
        'entries_unverified', (
            select coalesce(sum(case when h.epoch = v.epoch then h.seq - v.seq else h.seq end), 0)
            from core.chain_head h join core.verified_head v using (station)
        ),
        'findings', (select count(*) from core.open_finding),
        -- The watch looks at vouchers before it looks at this.
        'keys', (select count(*) from core.waiting_key),
        'quarantined', (select count(*) from core.quarantine where settled_at is null),
        'last_received_s', (
            select extract(epoch from clock_timestamp() - max(received_at))::bigint from core.chain_head
        ),
        'years_ahead', (select max(y) from unnest(watch.years()) y) - core.year_of(clock_timestamp())
    )
$$;

revoke all on function
    admin.findings(int), admin.settle_finding(text, int, bigint, text), admin.settled_findings(text),
    watch.unverified(int)
from public;
grant execute on function
    admin.findings(int), admin.settle_finding(text, int, bigint, text), admin.settled_findings(text)
to lideng_admin;
grant execute on function watch.unverified(int) to lideng_watch;

reset role;
