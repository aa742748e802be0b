-- What an administrator refuses is undone: it loses its place in the cases, who holds them is worked out anew without it, and
-- the chain of its station goes on from the entry before it. Who has a stolen password alone cannot sign, but custody asks for
-- no signatures, so one push could take every case of a station out of its hands.

set local role lideng_owner;

-- Places in the history of a case that stay empty, between others: what stood there was refused.
create table core.vacant_place (
    case_number text collate "C" not null,
    case_n bigint not null,
    primary key (case_number, case_n)
);
alter table core.vacant_place enable row level security, force row level security;
create policy owner on core.vacant_place to lideng_owner using (true) with check (true);
revoke all on core.vacant_place from public;

-- The three changes that a journal knows: a body whose time has come is erased (its digest stays, so the chain holds), an
-- entry that was set aside is given its place in the history of its case, and one that was refused loses it.
create or replace function core.only_erase() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    placed core.journal := old;
    emptied core.journal := old;
begin
    emptied.body := null;
    placed.case_number := new.case_number;
    placed.case_n := new.case_n;
    if old.case_n is null and new.case_n is not null and new is not distinct from placed then
        return new;
    elsif new.case_n is null and new is not distinct from placed and core.is_refused(old.station, old.epoch, old.seq) then
        return new;
    elsif old.body is null or new is distinct from emptied then
        raise exception 'UPDATE of journal is denied: it only grows' using errcode = '42501';
    elsif old.received_at > clock_timestamp() - (select make_interval(days => keep_bodies_days) from core.centre) then
        raise exception 'this body must still be kept' using errcode = '42501';
    end if;
    return new;
end $$;

-- Work out anew who holds a case and who has a part in it, from what is left of its history; a case of which nothing is left
-- is none. Only its holder counts, so what a station did because of something that was refused moves it no more. Where a
-- body was erased the case ended long ago, and stays as it is. The caller holds the row of the case.
create function core.work_out(p_case text) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
    file core.case_file;
    turn record;
    parties int[];
begin
    select * into file from core.case_file f where f.number = p_case;
    parties := array[file.taker];
    file.holder := file.taker;
    file.header := '{}';
    file.last_n := 0;
    for turn in
        select j.station, j.case_n, j.body, b.header, h.id as holder, c.id as collect
        from core.journal j
        cross join lateral (select nullif(convert_from(j.body, 'UTF8')::jsonb -> 'header', 'null') as header offset 0) b
        left join core.station h on h.code = b.header ->> 'holder'
        left join core.station c on c.code = b.header ->> 'collect_at'
        where j.case_number = p_case and j.case_n is not null
        order by j.case_n
    loop
        if turn.body is null then
            return;
        end if;
        file.last_n := turn.case_n;
        if turn.station = file.holder and turn.holder is not null then
            file.holder := turn.holder;
            file.header := turn.header;
            parties := parties || array_remove(array[turn.holder, turn.collect], null);
        end if;
    end loop;
    delete from core.vacant_place v where v.case_number = p_case and v.case_n > file.last_n;  -- given again
    delete from core.case_party p
    where p.case_number = p_case and (file.last_n = 0 or not (p.station = any (parties)));
    if file.last_n = 0 then
        delete from core.blob_case b where b.case_number = p_case;
        delete from core.case_file f where f.number = p_case;
    else
        update core.case_file f set holder = file.holder, header = file.header, last_n = file.last_n
        where f.number = p_case;
    end if;
end $$;

-- Refuse an epoch of a station from an entry on; what is confirmed already cannot be. It stays in the journal, and nobody
-- gets it as that station's: it is set aside for good, the cases are as if it had never come, and the chain goes on from
-- where it ended before.
create or replace function admin.refuse(p_station text, p_epoch int, p_seq bigint, p_how text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    head core.chain_head;
    touched text[];
    one text;
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
    -- In the order of a push: the own chain, cases by number, inboxes by station.
    touched := array(
        select distinct j.case_number from core.journal j
        where (j.station, j.epoch) = (head.station, p_epoch) and j.seq >= p_seq and j.case_n is not null
        order by 1
    );
    perform from core.case_file f where f.number = any (touched) order by f.number for update;
    perform core.lock_inboxes(touched, null);

    insert into core.refused_tail (station, epoch, from_seq, how) values (head.station, p_epoch, p_seq, left(p_how, 500));
    update core.chain_head h set (epoch, seq, hash) = (
        select coalesce(max(j.epoch), 0), coalesce(max(j.seq), 0),
            coalesce((array_agg(j.hash))[1], decode(repeat('00', 32), 'hex'))
        from (
            select j.epoch, j.seq, j.hash from core.journal j
            where j.station = head.station and not exists (
                select from core.refused_tail r where (r.station, r.epoch) = (j.station, j.epoch) and j.seq >= r.from_seq
            )
            order by j.epoch desc, j.seq desc limit 1
        ) j
    )
    where h.station = head.station and core.is_refused(h.station, h.epoch, h.seq);

    update core.quarantine q set settled_at = clock_timestamp(), settled_how = 'refused'
    where (q.station, q.epoch) = (head.station, p_epoch) and q.seq >= p_seq and q.settled_at is null;
    insert into core.quarantine (station, epoch, seq, case_number, reason, received_at, settled_at, settled_how)
    select j.station, j.epoch, j.seq, j.case_number, 'refused', j.received_at, clock_timestamp(), 'refused'
    from core.journal j
    where (j.station, j.epoch) = (head.station, p_epoch) and j.seq >= p_seq and j.case_n is not null
    on conflict (station, epoch, seq) do update set reason = excluded.reason, settled_how = excluded.settled_how;
    insert into core.vacant_place (case_number, case_n)
    select j.case_number, j.case_n from core.journal j
    where (j.station, j.epoch) = (head.station, p_epoch) and j.seq >= p_seq and j.case_n is not null;
    update core.journal j set case_number = null, case_n = null
    where (j.station, j.epoch) = (head.station, p_epoch) and j.seq >= p_seq and j.case_n is not null;

    foreach one in array touched loop
        perform core.work_out(one);
        perform core.admit(one) from core.case_file f where f.number = one;
    end loop;
    insert into core.act (act, detail) values ('refuse', format('%s %s/%s', p_station, p_epoch, p_seq));
end $$;

-- What was refused of all stations: the directory tells it, so that what came to others before holds nothing up there.
create function admin.all_refused() returns table (station text, epoch int, from_seq bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.code, r.epoch, r.from_seq from core.refused_tail r join core.station s on s.id = r.station
    order by s.code, r.epoch
$$;

-- Histories of cases after a place, case by case in the order in which their entries came; ``vacant`` says how many places
-- before that one are empty, because what stood there was refused.
drop function admin.case_entries(text, bigint, int);
create function admin.case_entries(p_case text, p_n bigint, p_limit int)
returns table (case_number text, case_n bigint, station text, epoch int, seq bigint, body bytea, vacant bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select j.case_number, j.case_n, s.code, j.epoch, j.seq, j.body, (
        select count(*) from core.vacant_place v where v.case_number = j.case_number and v.case_n < j.case_n
    )
    from core.journal j join core.station s on s.id = j.station
    where (j.case_number, j.case_n) > (p_case collate "C", p_n) and j.case_n is not null
    order by j.case_number, j.case_n limit p_limit
$$;

-- Epochs of a station whose keys nobody believes yet.
create function core.doubted_epochs(p_station int) returns int[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select array(select w.epoch from core.waiting_key w where w.station = p_station)
$$;

-- How many entries at the beginning of the batch the centre has already; LD003 when it has others in their place,
-- LD004 when the batch does not follow what it has. What was refused keeps its place in the chain.
create or replace function core.known_of_batch(head core.chain_head, p_epoch int, p_first bigint, p_prev bytea, p_hashes bytea[])
returns int
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
    many constant int := cardinality(p_hashes);
    there int;
    other bigint;
begin
    if p_epoch > head.epoch and p_first = 1 then
        if p_prev <> decode(repeat('00', 32), 'hex') then
            raise exception 'chain check failed' using errcode = 'LD004', detail = '1';
        end if;
        return 0;
    elsif (p_epoch, p_first) = (head.epoch, head.seq + 1) then
        if p_prev <> head.hash then
            raise exception 'the chain forks' using errcode = 'LD003', detail = format('%s %s', p_epoch, head.seq);
        elsif core.is_refused(head.station, p_epoch, p_first) then
            raise exception 'the chain forks' using errcode = 'LD003', detail = format('%s %s', p_epoch, p_first);
        end if;
        return 0;
    elsif p_epoch > head.epoch or (p_epoch = head.epoch and p_first > head.seq) then
        raise exception 'chain check failed' using errcode = 'LD004', detail = p_first::text;
    end if;
    select count(*), min(j.seq) filter (where j.hash <> e.hash) into there, other
    from unnest(p_hashes) with ordinality as e (hash, o)
    join core.journal j on j.station = head.station and j.epoch = p_epoch and j.seq = p_first + e.o - 1;
    if other is null and there < many then
        if p_epoch < head.epoch then
            other := p_first + there;  -- an epoch that has ended goes on
        else
            -- Whose year may be detached: then the last of them is all that is left to compare with.
            there := least(many, head.seq - p_first + 1);
            if p_hashes[head.seq - p_first + 1] <> head.hash then
                other := head.seq;
            end if;
        end if;
    elsif other is null and p_epoch = head.epoch and p_first + many - 1 > head.seq then
        other := head.seq + 1;  -- what was refused comes once more
    end if;
    if other is not null then
        raise exception 'the chain forks' using errcode = 'LD003', detail = format('%s %s', p_epoch, other);
    end if;
    return there;
end $$;

revoke all on function
    core.work_out(text), core.doubted_epochs(int), admin.all_refused(), admin.case_entries(text, bigint, int)
from public;
grant execute on function core.doubted_epochs(int) to lideng_api;
grant execute on function admin.all_refused(), admin.case_entries(text, bigint, int) to lideng_admin;

reset role;
grant create on schema api to lideng_api;
set local role lideng_api;

-- Up to ``p_limit`` entries of the own journal after a place, at most about 8 MiB of bodies; without what was refused, and
-- without epochs whose keys nobody believes: a restored counter takes what it reads back for its own. Those come once
-- their key is believed.
create or replace function api.own(p_epoch int, p_seq bigint, p_limit int)
returns table (
    station text, epoch int, seq bigint, prev bytea, hash bytea, signature bytea, body bytea, received_at timestamptz
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 100 as $$
declare
    me constant int := core.caller();
    doubted constant int[] := core.doubted_epochs(me);
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
            where j.station = me and (j.epoch, j.seq) > (p_epoch, p_seq) and not (j.epoch = any (doubted))
                and not core.is_refused(me, j.epoch, j.seq)
            order by j.epoch, j.seq limit p_limit
        ) j
    ) e
    join core.station s on s.id = me
    where e.place = 1 or coalesce(e.bytes, 0) <= 8388608
    order by e.epoch, e.seq;
end $$;

-- Up to ``p_limit`` entries of the inbox after a place, at most about 8 MiB of bodies. When the row with that mark is not
-- there, the centre was restored from a backup and knows less: everything begins again, which does no harm.
-- Numbers have gaps only where a body was erased, an entry refused, or a year detached.
create or replace function api.pull(p_after bigint, p_mark bigint, p_limit int)
returns table (
    restarted boolean, n bigint, mark bigint, station text, epoch int, seq bigint, prev bytea, hash bytea, signature bytea,
    body bytea, received_at timestamptz
)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
rows 100
as $$
declare
    me constant int := core.caller();
    again boolean := false;
    after_n bigint := p_after;
begin
    if p_after is null or p_limit is null or p_limit not between 1 and 500 then
        raise exception 'out of bounds' using errcode = 'LD005';
    end if;
    if p_after > 0 then
        again := not exists (select from core.inbox i where i.station = me and i.n = p_after and i.mark = p_mark);
    end if;
    if again then
        after_n := 0;
    end if;
    return query
    select again, e.n, e.mark, s.code, e.epoch, e.seq, e.prev, e.hash, e.signature, e.body, e.received_at
    from (
        select d.*, sum(octet_length(d.body)) over (order by d.n) as bytes, row_number() over (order by d.n) as place
        from (
            -- Passed over before the limit counts, or a page of nothing else would look like the end: bodies that were erased,
            -- what was refused and has no place in a case any more, and cases that only came here because of such.
            select i.n, i.mark, j.* from core.inbox i
            join core.journal j on (j.station, j.epoch, j.seq, j.year) = (i.from_station, i.epoch, i.seq, i.year)
            where i.station = me and i.n > after_n and j.body is not null
                and (select true from core.case_party p where (p.case_number, p.station) = (j.case_number, me))
            order by i.n limit p_limit
        ) d
    ) e
    join core.station s on s.id = e.station
    where e.place = 1 or e.bytes <= 8388608
    order by e.n;
end $$;

reset role;
revoke create on schema api from lideng_api;
