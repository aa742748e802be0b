-- Who supervises: reads of every case what its header says, and opens one with its personal data, which is written down.
--
--   lideng_supervisor  group of supervisors: EXECUTE on schema supervise, nothing else
--   lideng_reader      owns those functions: select, and adding to the record of what was opened
do $$
declare
    wanted text;
begin
    foreach wanted in array array['lideng_supervisor', 'lideng_reader'] loop
        if not exists (select from pg_roles where rolname = wanted) then
            execute format('create role %I nologin', wanted);
        end if;
    end loop;
end $$;

create schema supervise authorization lideng_reader;
grant usage on schema supervise to lideng_supervisor;
grant usage on schema core to lideng_reader;
grant usage on language plpgsql, sql to lideng_reader;
grant select on core.schema_version to lideng_reader;

set local role lideng_owner;

-- What lists choose and sort by, out of the header. Moments stay the text that stations wrote: all stamps have one form and
-- one offset, so they sort as text, and what a hostile station writes in their place spoils its own row and no query. Only
-- what a header changes of these touches an index; a note on a case touches none.
alter table core.case_file
    add column state text collate "C" not null
        generated always as (left(coalesce(header ->> 'state', ''), 20)) stored,
    add column is_open boolean not null generated always as (coalesce(header ->> 'state' in (
        'received', 'supplement', 'accepted', 'review', 'suspended', 'decided', 'issued'
    ), false)) stored,
    -- When it falls due while its clock runs; '~', behind every moment, while it does not.
    add column due_by text collate "C" not null generated always as (
        case when header ->> 'state' in ('accepted', 'review') then left(coalesce(header ->> 'due', '~'), 29) else '~' end
    ) stored,
    -- Since when it is on its way to its holder, who has not taken it over yet.
    add column handed_at text collate "C" generated always as (left(header ->> 'handed', 29)) stored;

create index case_file_by_due on core.case_file (due_by, number) where is_open;
create index case_file_open on core.case_file (holder, state, due_by) include (taker, handed_at) where is_open;
create index case_file_on_its_way on core.case_file (handed_at, number) where handed_at is not null;
create index case_file_of_taker on core.case_file (taker, number);
create index case_file_of_holder on core.case_file (holder, number);

-- Who opened which case with its personal data. ``written_by`` is the transaction: nothing is shown to the one that wrote it
-- down, which could still be rolled back.
create table core.opening (
    n bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    by_whom name not null default session_user,
    case_number text collate "C" not null,
    written_by xid8 not null default pg_current_xact_id()
);
create index opening_of_case on core.opening (case_number, n);
alter table core.opening enable row level security, force row level security;
create policy owner on core.opening to lideng_owner using (true) with check (true);
create trigger deny before update or delete on core.opening for each row execute function core.deny();
create trigger deny_all before truncate on core.opening execute function core.deny();
alter table core.opening enable always trigger deny, enable always trigger deny_all;
create constraint trigger durable after insert on core.opening
    deferrable initially deferred for each row execute function core.force_durable();
revoke all on core.opening from public;

-- --- what the functions of supervisors may do ---------------------------------------------------------------------

grant select on core.case_file, core.journal, core.quarantine, core.verified_head to lideng_reader;
grant select (id, code, name, service_point, division) on core.station to lideng_reader;
grant select, insert (case_number) on core.opening to lideng_reader;

do $$
declare
    guarded text;
begin
    foreach guarded in array array['case_file', 'journal', 'quarantine', 'verified_head', 'station'] loop
        execute format('create policy reader on core.%I for select to lideng_reader using (true)', guarded);
    end loop;
end $$;
create policy reader on core.opening for select to lideng_reader using (true);
create policy reader_adds on core.opening for insert to lideng_reader with check (true);

-- Who opened which case, newest first, for administrators.
create function admin.openings(p_before bigint, p_limit int)
returns table (n bigint, at timestamptz, by_whom text, case_number text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select o.n, o.at, o.by_whom::text, o.case_number from core.opening o
    where o.n < coalesce(p_before, 9223372036854775807)
    order by o.n desc limit p_limit
$$;
revoke all on function admin.openings(bigint, int) from public;
grant execute on function admin.openings(bigint, int) to lideng_admin;

reset role;
