-- What guards the tables: who the caller is, append-only, rows, durability.

set local role lideng_owner;

-- The station that logged in. session_user and never current_user: inside these functions that is their owner, and
-- SET ROLE changes it. Null for whoever is no enrolled station.
create function core.me() returns int
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return (
        select id from core.station
        where role_name = session_user and revoked_at is null and enrolled_at is not null
    );
end $$;

-- The same for functions that must say why not.
create function core.caller() returns int
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    found_station core.station;
begin
    select * into found_station from core.station where role_name = session_user;
    if found_station.revoked_at is not null then
        raise exception 'this station was shut out' using errcode = 'LD002';
    elsif found_station.enrolled_at is null then
        raise exception 'no station logs in like this' using errcode = 'LD001';
    end if;
    return found_station.id;
end $$;

create function core.year_of(moment timestamptz) returns smallint
language sql stable set search_path = pg_catalog, pg_temp as $$
    select extract(year from moment at time zone 'Asia/Shanghai')::smallint
$$;

-- --- append-only, even for the owner -----------------------------------------------------------------------------

create function core.deny() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    raise exception '% of % is denied: it only grows', tg_op, tg_table_name using errcode = '42501';
end $$;

-- The two changes that a journal knows: a body whose time has come is erased (its digest stays, so the chain holds), and
-- an entry that was set aside is given its place in the history of its case.
create function core.only_erase() returns trigger
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
    elsif old.body is null or new is distinct from emptied then
        raise exception 'UPDATE of journal is denied: it only grows' using errcode = '42501';
    elsif old.received_at > clock_timestamp() - (select make_interval(days => keep_bodies_days) from core.centre) then
        raise exception 'this body must still be kept' using errcode = '42501';
    end if;
    return new;
end $$;

create trigger only_erase before update on core.journal for each row execute function core.only_erase();
create trigger deny before delete on core.journal for each row execute function core.deny();
alter table core.journal enable always trigger only_erase, enable always trigger deny;

do $$
declare
    grows text;
begin
    foreach grows in array array['core.epoch', 'core.bulletin', 'core.act', 'core.finding', 'core.chain_base'] loop
        execute format('create trigger deny before update or delete on %s for each row execute function core.deny()', grows);
        execute format('create trigger deny_all before truncate on %s execute function core.deny()', grows);
        execute format('alter table %s enable always trigger deny, enable always trigger deny_all', grows);
    end loop;
end $$;

-- --- durable, whatever the station set ---------------------------------------------------------------------------

-- A client may SET synchronous_commit = off and would be told of commits that are not on disk. Deferred, so that it
-- runs last before the commit; what an administrator set stronger (remote_apply) stays.
create function core.force_durable() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if current_setting('synchronous_commit') not in ('on', 'remote_apply') then
        perform set_config('synchronous_commit', 'on', true);
    end if;
    return null;
end $$;

create constraint trigger durable after update on core.chain_head
    deferrable initially deferred for each row execute function core.force_durable();
create constraint trigger durable after insert on core.chunk
    deferrable initially deferred for each row execute function core.force_durable();
create constraint trigger durable after insert on core.blob
    deferrable initially deferred for each row execute function core.force_durable();
create constraint trigger durable after insert on core.blob_case
    deferrable initially deferred for each row execute function core.force_durable();
create constraint trigger durable after update on core.station
    deferrable initially deferred for each row execute function core.force_durable();

-- --- rows --------------------------------------------------------------------------------------------------------

-- The functions are written to be right; these policies hold where one is not. A station's function can add nothing in
-- another's name, and sees nothing at all when its caller is no station.
do $$
declare
    guarded text;
begin
    foreach guarded in array array[
        'centre', 'station', 'chain_head', 'verified_head', 'epoch', 'journal', 'quarantine', 'case_file', 'case_party',
        'inbox_head', 'inbox', 'chunk', 'blob', 'blob_case', 'bulletin', 'chain_base', 'finding', 'act'
    ] loop
        execute format('alter table core.%I enable row level security', guarded);
        execute format('alter table core.%I force row level security', guarded);
        execute format('create policy owner on core.%I to lideng_owner using (true) with check (true)', guarded);
    end loop;
end $$;

create policy own on core.chain_head to lideng_api
    using (station = (select core.me())) with check (station = (select core.me()));
create policy own on core.verified_head for select to lideng_api using (station = (select core.me()));
create policy own on core.epoch to lideng_api
    using (station = (select core.me())) with check (station = (select core.me()));
create policy own on core.quarantine to lideng_api
    using (station = (select core.me())) with check (station = (select core.me()));

create policy add_own on core.journal for insert to lideng_api with check (station = (select core.me()));
create policy add_own on core.chunk for insert to lideng_api with check (station = (select core.me()));
create policy add_own on core.blob for insert to lideng_api with check (station = (select core.me()));
create policy add_own on core.blob_case for insert to lideng_api with check (station = (select core.me()));
create policy add_own on core.inbox for insert to lideng_api
    with check (station <> from_station and (select core.me()) is not null);

create policy stations on core.journal for select to lideng_api using ((select core.me()) is not null);
create policy stations on core.chunk for select to lideng_api using ((select core.me()) is not null);
create policy stations on core.blob for select to lideng_api using ((select core.me()) is not null);
create policy stations on core.blob_case for select to lideng_api using ((select core.me()) is not null);
create policy stations on core.bulletin for select to lideng_api using ((select core.me()) is not null);
create policy own_inbox on core.inbox for select to lideng_api using (station = (select core.me()));
-- These hold nothing of a citizen, and every push reads them many times.
create policy all_of_it on core.station for select to lideng_api using (true);
create policy all_of_it on core.inbox_head to lideng_api using (true) with check (true);
create policy all_of_it on core.case_file to lideng_api using (true) with check (true);
create policy all_of_it on core.case_party to lideng_api using (true) with check (true);

-- The keeper of roles sees and changes the rows of stations, nothing else.
create policy keeper on core.station to lideng_keeper using (true) with check (true);
create policy keeper on core.chain_head for insert to lideng_keeper with check (true);
create policy keeper on core.verified_head for insert to lideng_keeper with check (true);
create policy keeper on core.inbox_head for insert to lideng_keeper with check (true);
create policy keeper on core.act for insert to lideng_keeper with check (true);
grant select, insert, update on core.station to lideng_keeper;
grant insert on core.chain_head, core.verified_head, core.inbox_head, core.act to lideng_keeper;

-- --- what the functions of stations may do -----------------------------------------------------------------------

grant select (id, code) on core.station to lideng_api;
grant select, insert on core.journal, core.epoch, core.quarantine, core.inbox, core.case_party to lideng_api;
grant select, insert on core.chunk, core.blob, core.blob_case to lideng_api;
grant select on core.bulletin, core.verified_head, core.inbox_head, core.chain_head, core.case_file to lideng_api;
grant update (epoch, seq, hash, received_at) on core.chain_head to lideng_api;
grant update (last_n) on core.inbox_head to lideng_api;
grant insert, update (holder, last_n, header, changed_at) on core.case_file to lideng_api;

reset role;
