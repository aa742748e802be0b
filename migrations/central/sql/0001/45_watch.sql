-- What the watch beside the database does: partitions for the years to come, signatures, backends that hang, health.

set local role lideng_owner;

-- The years that the journal can take.
create function watch.years() returns int[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(substr(c.relname, 9)::int order by c.relname), '{}')
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'core.journal'::regclass
$$;

-- Make the partitions of this year and of ``p_ahead`` years to come that are not there; return those that were made.
create function watch.make_partitions(p_ahead int) returns int[]
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    this_year constant int := core.year_of(clock_timestamp());
    missing constant int[] := array(
        select y from generate_series(this_year, this_year + least(p_ahead, 10)) y where not (y = any (watch.years()))
    );
    made int;
    parent text;
begin
    foreach made in array missing loop
        foreach parent in array array['journal', 'chunk', 'blob'] loop
            execute format('create table core.%I partition of core.%I for values in (%s)',
                parent || '_' || made, parent, made);
            execute format('alter table core.%I enable row level security, force row level security',
                parent || '_' || made);
            execute format('create policy owner on core.%I to lideng_owner using (true) with check (true)',
                parent || '_' || made);
        end loop;
        execute format('alter table core.%I enable always trigger only_erase, enable always trigger deny',
            'journal_' || made);
        execute format('create trigger deny_all before truncate on core.%I execute function core.deny()',
            'journal_' || made);
        execute format('alter table core.%I enable always trigger deny_all', 'journal_' || made);
        execute format('alter table core.%I alter column data set storage external', 'chunk_' || made);
    end loop;
    return missing;
end $$;

-- Entries whose signatures nobody has checked, station by station in order, with the key of their epoch. A station with a
-- finding stays where it is.
create function watch.unverified(p_most int)
returns table (station int, epoch int, seq bigint, hash bytea, signature bytea, public_key bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select j.* from (
        select v.station, v.epoch, v.seq from core.verified_head v
        join core.chain_head h using (station)
        where (v.epoch, v.seq) <> (h.epoch, h.seq)
            and not exists (select from core.finding f where f.station = v.station)
    ) v
    cross join lateral (
        select j.station, j.epoch, j.seq, j.hash, j.signature, e.public_key
        from core.journal j join core.epoch e on (e.station, e.epoch) = (j.station, j.epoch)
        where j.station = v.station and (j.epoch, j.seq) > (v.epoch, v.seq)
        order by j.epoch, j.seq limit p_most
    ) j
    limit p_most
$$;

-- Move verified heads forward; never back, and never beyond what is there.
create function watch.verified(p_stations int[], p_epochs int[], p_seqs bigint[]) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    update core.verified_head v set epoch = m.epoch, seq = m.seq
    from unnest(p_stations, p_epochs, p_seqs) as m (station, epoch, seq)
    join core.chain_head h on h.station = m.station
    where v.station = m.station and (m.epoch, m.seq) > (v.epoch, v.seq) and (m.epoch, m.seq) <= (h.epoch, h.seq)
$$;

create function watch.report(p_station int, p_epoch int, p_seq bigint, p_fault text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    insert into core.finding (station, epoch, seq, fault) values (p_station, p_epoch, p_seq, left(p_fault, 100))
    on conflict do nothing
$$;

-- Let in entries whose case has become known since they were set aside, and return how many.
create function watch.admit() returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    waiting text;
    admitted bigint := 0;
begin
    for waiting in
        select distinct q.case_number from core.quarantine q join core.case_file f on f.number = q.case_number
        where q.reason in ('not_the_taker', 'not_a_party') and q.settled_at is null order by 1 limit 100
    loop
        perform from core.case_file f where f.number = waiting for update;
        admitted := admitted + core.admit(waiting);
    end loop;
    return admitted;
end $$;

-- End backends of stations that will not end by themselves, and return how many. A link that was cut between Execute and
-- Sync leaves one active for good, which no timeout of the server's ends; others sit in an open transaction and hold
-- locks, whatever they set their own timeouts to. Called with the watch's own rights: it may signal, the owner may not.
create function watch.end_stale(p_active_s int, p_idle_s int) returns bigint
language sql volatile set search_path = pg_catalog, pg_temp as $$
    select count(*) filter (where pg_terminate_backend(a.pid))
    from pg_stat_activity a
    join pg_roles r on r.oid = a.usesysid
    where a.datname = current_database() and r.rolname ~ '^station_[0-9]{6}$' and (
        (a.xact_start < clock_timestamp() - make_interval(secs => p_active_s) and a.state = 'active')
        or (a.xact_start < clock_timestamp() - make_interval(secs => p_active_s))
        or (a.state_change < clock_timestamp() - make_interval(secs => p_idle_s) and a.state like 'idle in transaction%')
    )
$$;

-- Figures for the metrics file, as one object.
create function watch.health() returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select jsonb_build_object(
        'stations', (select count(*) from core.station where enrolled_at is not null and revoked_at is null),
        'entries_unverified', (
            select coalesce(sum(case when h.epoch = v.epoch then h.seq - v.seq else h.seq end), 0)
            from core.chain_head h join core.verified_head v using (station)
        ),
        'findings', (select count(*) from core.finding),
        'quarantined', (select count(*) from core.quarantine where settled_at is null),
        'last_received_s', (
            select extract(epoch from clock_timestamp() - max(received_at))::bigint from core.chain_head
        ),
        'years_ahead', (select max(y) from unnest(watch.years()) y) - core.year_of(clock_timestamp())
    )
$$;

-- Figures of the server, which the watch's own rights show.
create function watch.server() returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    select jsonb_build_object(
        'database_bytes', pg_database_size(current_database()),
        'connections', (select count(*) from pg_stat_activity where datname = current_database()),
        'connections_allowed', current_setting('max_connections')::int,
        'longest_transaction_s', (
            select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)::bigint
            from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
        ),
        'transaction_age', (select age(datfrozenxid) from pg_database where datname = current_database()),
        'archive_failures', (select failed_count from pg_stat_archiver),
        'replicas', (
            select coalesce(jsonb_agg(jsonb_build_object(
                'name', application_name, 'state', state, 'sync', sync_state,
                'lag_bytes', pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::bigint)), '[]')
            from pg_stat_replication
        ),
        'replicas_wanted', current_setting('synchronous_standby_names') <> ''
    )
$$;

reset role;

select watch.make_partitions(2);
