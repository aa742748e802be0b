-- Whose keys are believed. A password alone opens no epoch that anybody believes: its key is the one of the enrolment, or
-- one that was believed before has signed it, or an administrator says so. What a thief wrote can be refused: the chain
-- then goes on without it, and the number of the station is not lost.

set local role lideng_owner;

-- The epoch of the entry that an epoch went on from.
alter table core.epoch add column previous_epoch int;

create table core.believed_key (
    station int not null references core.station,
    epoch int not null,
    believed_at timestamptz not null default clock_timestamp(),
    how text not null check (length(how) between 1 and 500),
    primary key (station, epoch)
);

-- What an administrator refused of a chain: an epoch from some entry on, all of it from 1 on.
create table core.refused_tail (
    station int not null references core.station,
    epoch int not null,
    from_seq bigint not null check (from_seq > 0),
    refused_at timestamptz not null default clock_timestamp(),
    how text not null check (length(how) between 1 and 500),
    primary key (station, epoch)
);

do $$
declare
    grows text;
begin
    foreach grows in array array['core.believed_key', 'core.refused_tail'] loop
        execute format('alter table %s enable row level security, force row level security', grows);
        execute format('create policy owner on %s to lideng_owner using (true) with check (true)', grows);
        execute format('create trigger deny before update or delete on %s for each row execute function core.deny()', grows);
        execute format('create trigger deny_all before truncate on %s execute function core.deny()', grows);
        execute format('alter table %s enable always trigger deny, enable always trigger deny_all', grows);
        execute format('revoke all on %s from public', grows);
    end loop;
end $$;

insert into core.believed_key (station, epoch, how) select station, epoch, 'before 0003' from core.epoch;

-- Whether an entry was refused.
create function core.is_refused(p_station int, p_epoch int, p_seq bigint) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select exists (
        select from core.refused_tail r where (r.station, r.epoch) = (p_station, p_epoch) and p_seq >= r.from_seq
    )
$$;

-- Epochs whose keys nobody has said anything about.
create view core.waiting_key as
    select * from core.epoch e
    where not exists (select from core.believed_key b where (b.station, b.epoch) = (e.station, e.epoch))
        and not exists (select from core.refused_tail r where (r.station, r.epoch, r.from_seq) = (e.station, e.epoch, 1));
revoke all on core.waiting_key from public;

-- Believe the key of an epoch, and those of the epochs that it went on from: it has signed what they ended with.
create function core.believe(p_station int, p_epoch int, p_how text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    going_back int := p_epoch;
begin
    while going_back is not null loop
        insert into core.believed_key (station, epoch, how)
        select w.station, w.epoch, p_how from core.waiting_key w where (w.station, w.epoch) = (p_station, going_back);
        exit when not found;
        select e.previous_epoch into going_back from core.epoch e where (e.station, e.epoch) = (p_station, going_back);
    end loop;
end $$;

-- Believe what needs no signature: the key that a station enrolled with, and one that is believed already. A station that
-- enrolled without telling one brings its first key itself.
create function core.judge_keys(p_station int) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform core.believe(w.station, w.epoch, 'enrolled')
    from core.waiting_key w join core.station s on s.id = w.station
    where w.station = p_station and (
        w.public_key = s.public_key
        or exists (
            select from core.believed_key b join core.epoch e using (station, epoch)
            where b.station = w.station and e.public_key = w.public_key
        )
        or (s.public_key is null and not exists (select from core.believed_key b where b.station = w.station))
    );
end $$;

-- As in 0001; and what the key is worth is looked at. A number that was used for an epoch is not used again.
create or replace function core.open_epoch(me int, p_epoch int, p_body jsonb, p_received timestamptz) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
    key_text constant text := p_body -> 'data' ->> 'public_key';
    previous constant text := p_body -> 'data' ->> 'previous_hash';
    known_epoch int;
    known_seq bigint;
    newer bigint := 0;
begin
    if p_body ->> 'kind' is distinct from 'EpochOpened' or key_text is null or key_text !~ '^[0-9a-f]{64}$'
        or (previous is null) <> (p_epoch = 1)
    then
        raise exception 'chain check failed' using errcode = 'LD004', detail = '1';
    elsif exists (select from core.epoch e where (e.station, e.epoch) = (me, p_epoch)) then
        raise exception 'the chain forks' using errcode = 'LD003', detail = format('%s 1', p_epoch);
    end if;
    if previous is not null then
        if previous ~ '^[0-9a-f]{64}$' then
            -- From the end: a backup is seldom old, and a chain can be a million entries long.
            select j.epoch, j.seq into known_epoch, known_seq from core.journal j
            where j.station = me and j.epoch < p_epoch and j.hash = decode(previous, 'hex')
            order by j.epoch desc, j.seq desc limit 1;
        end if;
        if known_seq is null then
            raise exception 'chain check failed' using errcode = 'LD004', detail = '1';
        end if;
        select count(*) into newer from core.journal j
        where j.station = me and (j.epoch, j.seq) > (known_epoch, known_seq)
            and not core.is_refused(me, j.epoch, j.seq);
    end if;
    insert into core.epoch (station, epoch, public_key, opened_at, previous_epoch, previous_seq, left_behind)
    values (me, p_epoch, decode(key_text, 'hex'), p_received, known_epoch, known_seq, newer);
    perform core.judge_keys(me);
end $$;

-- --- what the watch does -----------------------------------------------------------------------------------------

-- Keys that wait and that another key speaks for: one that is believed, or the one that the station enrolled with.
create function watch.vouched()
returns table (station int, code text, epoch int, public_key bytea, vouched_by bytea, voucher bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select w.station, s.code, w.epoch, w.public_key, v.vouched_by, v.voucher
    from core.waiting_key w
    join core.station s on s.id = w.station
    join core.journal j on (j.station, j.epoch, j.seq) = (w.station, w.epoch, 1)
    cross join lateral (
        select convert_from(j.body, 'UTF8')::jsonb -> 'data' as data offset 0
    ) b
    cross join lateral (
        select
            case when b.data ->> 'vouched_by' ~ '^[0-9a-f]{64}$' then decode(b.data ->> 'vouched_by', 'hex') end as vouched_by,
            case when b.data ->> 'voucher' ~ '^[0-9a-f]{128}$' then decode(b.data ->> 'voucher', 'hex') end as voucher
        offset 0
    ) v
    where v.voucher is not null and (v.vouched_by = s.public_key or exists (
        select from core.believed_key k join core.epoch e using (station, epoch)
        where k.station = w.station and e.public_key = v.vouched_by
    ))
$$;

create function watch.believe(p_station int, p_epoch int) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    select core.believe(p_station, p_epoch, 'vouched')
$$;

-- --- what administrators do --------------------------------------------------------------------------------------

create function admin.waiting_keys()
returns table (station text, epoch int, public_key bytea, opened_at timestamptz, entries bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.code, w.epoch, w.public_key, w.opened_at, (
        select count(*) from core.journal j where (j.station, j.epoch) = (w.station, w.epoch)
    )
    from core.waiting_key w join core.station s on s.id = w.station order by w.opened_at, w.station
$$;

create function admin.believe_key(p_station text, p_epoch int, p_how text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (select from admin.waiting_keys() w where (w.station, w.epoch) = (p_station, p_epoch)) then
        raise exception 'no key waits there' using errcode = 'LD010', detail = 'key';
    end if;
    perform core.believe(p_station::int, p_epoch, left(p_how, 500));
    insert into core.act (act, detail) values ('believe_key', format('%s %s', p_station, p_epoch));
end $$;

-- Refuse an epoch of a station from an entry on; what is confirmed already cannot be. It stays in the journal, and nobody
-- gets it as that station's. Where all of the epoch is refused the chain goes on from where it ended before.
create function admin.refuse(p_station text, p_epoch int, p_seq bigint, p_how text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    head core.chain_head;
begin
    select h.* into head from core.chain_head h join core.station s on s.id = h.station where s.code = p_station
    for update of h;
    if not exists (select from core.journal j where (j.station, j.epoch, j.seq) = (head.station, p_epoch, p_seq))
        or core.is_refused(head.station, p_epoch, p_seq)
        or exists (select from core.refused_tail r where (r.station, r.epoch) = (head.station, p_epoch))
        or exists (select from core.verified_head v where v.station = head.station and (v.epoch, v.seq) >= (p_epoch, p_seq))
    then
        raise exception 'this cannot be refused' using errcode = 'LD010', detail = 'refused';
    end if;
    insert into core.refused_tail (station, epoch, from_seq, how) values (head.station, p_epoch, p_seq, left(p_how, 500));
    if p_seq = 1 then
        update core.chain_head h set (epoch, seq, hash) = (
            select coalesce(max(j.epoch), 0), coalesce(max(j.seq), 0),
                coalesce((array_agg(j.hash))[1], decode(repeat('00', 32), 'hex'))
            from (
                select j.epoch, j.seq, j.hash from core.journal j
                where j.station = head.station and not exists (
                    select from core.refused_tail r where (r.station, r.epoch, r.from_seq) = (j.station, j.epoch, 1)
                )
                order by j.epoch desc, j.seq desc limit 1
            ) j
        )
        where h.station = head.station;
    end if;
    insert into core.act (act, detail) values ('refuse', format('%s %s/%s', p_station, p_epoch, p_seq));
end $$;

-- For the audit: what was refused of a station, and which of its keys nobody believes.
create function admin.refused(p_station text) returns table (epoch int, from_seq bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select r.epoch, r.from_seq from core.refused_tail r where r.station = p_station::int
$$;

revoke all on function
    core.is_refused(int, int, bigint), core.believe(int, int, text), core.judge_keys(int),
    watch.vouched(), watch.believe(int, int),
    admin.waiting_keys(), admin.believe_key(text, int, text), admin.refuse(text, int, bigint, text), admin.refused(text)
from public;
grant execute on function core.is_refused(int, int, bigint), core.judge_keys(int) to lideng_api;
grant execute on function watch.vouched(), watch.believe(int, int) to lideng_watch;
grant execute on function
    admin.waiting_keys(), admin.believe_key(text, int, text), admin.refuse(text, int, bigint, text), admin.refused(text)
to lideng_admin;

reset role;
grant create on schema api to lideng_api;
set local role lideng_api;

-- As in 0001, without what was refused.
create or replace function api.own(p_epoch int, p_seq bigint, p_limit int)
returns table (
    station text, epoch int, seq bigint, prev bytea, hash bytea, signature bytea, body bytea, received_at timestamptz
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 100 as $$
declare
    me constant int := core.caller();
begin
    if p_epoch is null or p_seq is null or p_limit is null or p_limit not between 1 and 500 then
        raise exception 'out of bounds' using errcode = 'LD005';
    end if;
    return query
    select s.code, e.epoch, e.seq, e.prev, e.hash, e.signature, e.body, e.received_at
    from (
        select j.*, sum(octet_length(j.body)) over (order by j.epoch, j.seq) as bytes,
            row_number() over (order by j.epoch, j.seq) as place
        from (
            select * from core.journal j
            where j.station = me and (j.epoch, j.seq) > (p_epoch, p_seq) and not core.is_refused(me, j.epoch, j.seq)
            order by j.epoch, j.seq limit p_limit
        ) j
    ) e
    join core.station s on s.id = me
    where e.place = 1 or coalesce(e.bytes, 0) <= 8388608
    order by e.epoch, e.seq;
end $$;

-- As in 0002; a station that comes back with another key may have written with it already.
create or replace function api.enrol(p_public_key bytea, p_request bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    me int;
begin
    if octet_length(p_public_key) is distinct from 32 or not coalesce(octet_length(p_request) between 1 and 4096, false)
    then
        raise exception 'out of bounds' using errcode = 'LD005';
    end if;
    me := core.use_invitation(p_public_key);
    perform core.judge_keys(me);
    insert into core.certificate (station, n, request)
    select me, coalesce(max(c.n), 0) + 1, p_request from core.certificate c where c.station = me;
end $$;

reset role;
revoke create on schema api from lideng_api;
