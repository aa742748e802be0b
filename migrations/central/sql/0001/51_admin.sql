-- What administrators may do beside making stations. They read everything, for the audit; they change no entry.

set local role lideng_owner;

create function admin.status() returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select jsonb_build_object(
        'schema', (select version_num from core.schema_version),
        'version', current_setting('server_version'),
        'now', clock_timestamp(),
        'stations', (select count(*) from core.station),
        'enrolled', (select count(*) from core.station where enrolled_at is not null and revoked_at is null),
        'revoked', (select count(*) from core.station where revoked_at is not null),
        'last_received', (select max(received_at) from core.chain_head),
        'cases', (select count(*) from core.case_file),
        'quarantined', (select count(*) from core.quarantine where settled_at is null),
        'findings', (select count(*) from core.finding),
        'unverified', (
            select count(*) from core.chain_head h join core.verified_head v using (station)
            where (h.epoch, h.seq) <> (v.epoch, v.seq)
        ),
        'bulletins', (select coalesce(max(n), 0) from core.bulletin),
        'years', watch.years(),
        'bytes', pg_database_size(current_database()),
        'keep_bodies_days', (select keep_bodies_days from core.centre),
        'open_databases', (
            select coalesce(jsonb_agg(d.datname order by d.datname), '[]') from pg_database d
            where d.datallowconn and exists (
                select from aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
                where a.grantee = 0 and a.privilege_type = 'CONNECT'
            )
        ),
        'durable', current_setting('synchronous_commit') in ('on', 'remote_apply') and current_setting('fsync') = 'on'
    )
$$;

create function admin.stations()
returns table (
    code text, name text, service_point text, invited_until timestamptz, enrolled_at timestamptz, revoked_at timestamptz,
    epoch int, seq bigint, received_at timestamptz, verified_epoch int, verified_seq bigint,
    inbox_last bigint, quarantined bigint, left_behind bigint
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.code, s.name, s.service_point, s.invited_until, s.enrolled_at, s.revoked_at,
        h.epoch, h.seq, h.received_at, v.epoch, v.seq, i.last_n,
        (select count(*) from core.quarantine q where q.station = s.id and q.settled_at is null),
        (select coalesce(sum(e.left_behind), 0)::bigint from core.epoch e where e.station = s.id)
    from core.station s
    join core.chain_head h on h.station = s.id
    join core.verified_head v on v.station = s.id
    join core.inbox_head i on i.station = s.id
    order by s.code
$$;

-- Publish a bulletin to all. ``p_at`` is what the signature covers. Numbers have no gap and are visible in order: the
-- next publisher waits for this one's commit.
create function admin.publish(p_topic text, p_version int, p_at timestamptz, p_payload bytea, p_signature bytea)
returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    number bigint;
begin
    lock table core.bulletin in share row exclusive mode;
    if exists (select from core.bulletin b where b.topic = p_topic and b.version >= p_version) then
        raise exception 'this version, or a later one, is published' using errcode = 'LD010', detail = 'version';
    end if;
    -- By time, so that a centre that was restored from a backup does not use a number again that stations have read.
    select greatest(coalesce(max(n), 0) + 1, floor(extract(epoch from clock_timestamp()))::bigint) into number
    from core.bulletin;
    insert into core.bulletin (n, topic, version, published_at, payload, signature)
    values (number, p_topic, p_version, p_at, p_payload, p_signature);
    insert into core.act (act, detail) values ('publish', format('%s %s', p_topic, p_version));
    return number;
end $$;

-- The newest version of a topic, 0 when nothing was published of it.
create function admin.published(p_topic text) returns int
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(max(version), 0) from core.bulletin where topic = p_topic
$$;

-- Entries of quarantine that nobody has settled, oldest first.
create function admin.quarantined(p_limit int)
returns table (station text, epoch int, seq bigint, case_number text, reason text, received_at timestamptz, body bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.code, q.epoch, q.seq, q.case_number, q.reason, q.received_at, j.body
    from core.quarantine q
    join core.station s on s.id = q.station
    join core.journal j on (j.station, j.epoch, j.seq) = (q.station, q.epoch, q.seq)
    where q.settled_at is null
    order by q.received_at, q.station, q.seq limit p_limit
$$;

-- Say what was decided about an entry in quarantine; it stays there.
create function admin.settle(p_station text, p_epoch int, p_seq bigint, p_how text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    update core.quarantine q set settled_at = clock_timestamp(), settled_how = left(p_how, 500)
    from core.station s
    where s.code = p_station and q.station = s.id and (q.epoch, q.seq) = (p_epoch, p_seq) and q.settled_at is null;
    if not found then
        raise exception 'nothing of that place is in quarantine' using errcode = 'LD010', detail = 'quarantine';
    end if;
    insert into core.act (act, detail) values ('settle', format('%s %s/%s', p_station, p_epoch, p_seq));
end $$;

-- --- for the audit -----------------------------------------------------------------------------------------------

-- The chain of one station after a place.
create function admin.entries(p_station text, p_epoch int, p_seq bigint, p_limit int)
returns table (
    epoch int, seq bigint, received_at timestamptz, prev bytea, digest bytea, hash bytea, signature bytea, body bytea,
    withheld boolean, case_number text, case_n bigint, aside text
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select j.epoch, j.seq, j.received_at, j.prev, j.digest, j.hash, j.signature, j.body, j.withheld,
        j.case_number, j.case_n,
        (select q.reason from core.quarantine q where (q.station, q.epoch, q.seq) = (j.station, j.epoch, j.seq))
    from core.journal j
    where j.station = p_station::int and (j.epoch, j.seq) > (p_epoch, p_seq)
    order by j.epoch, j.seq limit p_limit
$$;

-- The keys of one station's epochs, and where its chain begins when years were detached.
create function admin.epochs(p_station text)
returns table (epoch int, public_key bytea, opened_at timestamptz, left_behind bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select e.epoch, e.public_key, e.opened_at, e.left_behind from core.epoch e
    where e.station = p_station::int order by e.epoch
$$;
create function admin.chain_bases(p_station text) returns table (epoch int, seq bigint, hash bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select b.epoch, b.seq, b.hash from core.chain_base b
    where b.station = p_station::int order by b.epoch, b.seq
$$;
create function admin.head(p_station text) returns table (epoch int, seq bigint, hash bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select h.epoch, h.seq, h.hash from core.chain_head h where h.station = p_station::int
$$;

-- Histories of cases after a place, case by case in the order in which their entries came.
create function admin.case_entries(p_case text, p_n bigint, p_limit int)
returns table (case_number text, case_n bigint, station text, epoch int, seq bigint, body bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select j.case_number, j.case_n, s.code, j.epoch, j.seq, j.body
    from core.journal j join core.station s on s.id = j.station
    where (j.case_number, j.case_n) > (p_case collate "C", p_n) and j.case_n is not null
    order by j.case_number, j.case_n limit p_limit
$$;

-- In whose hands the centre says these cases are.
create function admin.holders(p_cases text[]) returns table (case_number text, holder text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select f.number, s.code from core.case_file f join core.station s on s.id = f.holder where f.number = any (p_cases)
$$;

-- Which of these anchors this centre gave to a station at those times.
create function admin.anchors_are_ours(p_station text, p_at timestamptz[], p_nonces bytea[]) returns boolean[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select array_agg(coalesce(
        octet_length(a.nonce) = 32
            and core.anchor_mac(p_station::int, a.at, substr(a.nonce, 1, 16)) = substr(a.nonce, 17), false
    ) order by a.o)
    from unnest(p_at, p_nonces) with ordinality as a (at, nonce, o)
$$;

-- --- retention ---------------------------------------------------------------------------------------------------

-- Set for how many days bodies are kept; the journal itself refuses to erase a younger one.
create function admin.keep_bodies(p_days int) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    update core.centre set keep_bodies_days = p_days;
    insert into core.act (act, detail) values ('keep_bodies', p_days::text);
end $$;

-- Erase up to ``p_most`` bodies whose time has come, of closed cases and of what belongs to no case; the digests stay, so
-- every chain still checks. Call again until it returns 0. What opened an epoch is kept: it holds the key.
create function admin.erase_bodies(p_most int) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    until constant timestamptz := clock_timestamp()
        - (select make_interval(days => keep_bodies_days) from core.centre);
    erased bigint;
begin
    with due as (
        select j.station, j.epoch, j.seq, j.year from core.journal j
        left join core.case_file f on f.number = j.case_number
        where j.year <= core.year_of(until) and j.received_at < until and j.body is not null and j.seq > 1
            and (f.number is null or (f.header ->> 'closed' is not null and f.changed_at < until))
        limit p_most
    )
    update core.journal j set body = null from due d
    where (j.station, j.epoch, j.seq, j.year) = (d.station, d.epoch, d.seq, d.year);
    get diagnostics erased = row_count;
    if erased > 0 then
        insert into core.act (act, detail) values ('erase_bodies', erased::text);
    end if;
    return erased;
end $$;

-- Take a year out of the journal and the images. The tables stay under their names (core.journal_2026 and so on), to be
-- dumped to an archive and dropped. Refused while an open case has entries in it, or bodies must still be kept.
create function admin.detach_year(p_year int) returns text[]
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    kept_days constant int := (select keep_bodies_days from core.centre);
    tables constant text[] := array['journal', 'chunk', 'blob'];
    part text;
begin
    if not (p_year = any (watch.years())) then
        raise exception 'there is no such year' using errcode = 'LD010', detail = 'year';
    elsif make_timestamptz(p_year + 1, 1, 1, 0, 0, 0, 'Asia/Shanghai') > clock_timestamp() - make_interval(days => kept_days)
    then
        raise exception 'this year must still be kept' using errcode = 'LD010', detail = 'kept';
    elsif exists (
        select from core.journal j join core.case_file f on f.number = j.case_number
        where j.year = p_year and f.header ->> 'closed' is null
    ) then
        raise exception 'a case of this year is open' using errcode = 'LD010', detail = 'open';
    end if;
    insert into core.chain_base (station, epoch, seq, hash, year)
    select distinct on (j.station, j.epoch) j.station, j.epoch, j.seq, j.hash, j.year
    from core.journal j where j.year = p_year order by j.station, j.epoch, j.seq desc;
    delete from core.inbox i where i.year = p_year;
    foreach part in array tables loop
        execute format('alter table core.%I detach partition core.%I', part, part || '_' || p_year);
    end loop;
    delete from core.blob_case bc
    where not exists (select from core.blob b where (b.digest, b.station) = (bc.digest, bc.station));
    insert into core.act (act, detail) values ('detach_year', p_year::text);
    return array(select format('core.%s_%s', t, p_year) from unnest(tables) t);
end $$;

reset role;
