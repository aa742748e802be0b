-- One case with everything that its entries say, citizens' data included: first that it is opened is written down, for good,
-- and then it is shown.

set local role lideng_reader;

-- Write down that the caller opens a case. LD010 when there is none.
create function supervise.write_down(p_number text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (select from core.case_file f where f.number = p_number) then
        raise exception 'there is no such case' using errcode = 'LD010', detail = 'case';
    end if;
    insert into core.opening (case_number) values (p_number);
end $$;

-- Entries of a case after a place in its history, oldest first, to whoever wrote its opening down within the last ten
-- minutes – in another transaction, so that no rollback takes back what was seen.
create function supervise.open_case(p_number text, p_after bigint, p_limit int)
returns table (
    case_n bigint, station text, name text, service_point text, epoch int, seq bigint, received_at timestamptz,
    is_confirmed boolean, body bytea
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    if p_after is null or p_limit is null or p_limit not between 1 and 500 then
        raise exception 'out of bounds' using errcode = 'LD010', detail = 'bounds';
    elsif not exists (
        select from core.opening o
        where o.case_number = p_number and o.by_whom = session_user and o.at > clock_timestamp() - interval '10 minutes'
            and o.written_by is distinct from pg_current_xact_id_if_assigned()
    ) then
        raise exception 'this opening was not written down' using errcode = 'LD010', detail = 'opening';
    end if;
    return query
    select j.case_n, s.code, s.name, s.service_point, j.epoch, j.seq, j.received_at, (j.epoch, j.seq) <= (v.epoch, v.seq), j.body
    from core.journal j
    join core.station s on s.id = j.station
    join core.verified_head v on v.station = j.station
    where j.case_number = p_number and j.case_n > p_after
    order by j.case_n limit p_limit;
end $$;

-- What was set aside of a case, oldest first, without what it says: whose, why, and what was decided.
create function supervise.set_aside(p_number text)
returns table (
    station text, name text, service_point text, epoch int, seq bigint, reason text, received_at timestamptz,
    settled_at timestamptz, settled_how text
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.code, s.name, s.service_point, q.epoch, q.seq, q.reason, q.received_at, q.settled_at, q.settled_how
    from core.quarantine q join core.station s on s.id = q.station
    where q.case_number = p_number
    order by q.received_at, q.station, q.epoch, q.seq limit 200
$$;

-- Who opened a case before, newest first.
create function supervise.openings(p_number text) returns table (at timestamptz, by_whom text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select o.at, o.by_whom::text from core.opening o
    where o.case_number = p_number order by o.n desc limit 100
$$;

-- PUBLIC may execute what is new unless that is taken; supervisors get what is theirs by name.
revoke all on all functions in schema supervise from public;
grant execute on function
    supervise.cases(text, text, text, text, text, timestamptz, timestamptz, boolean, boolean, text, text, text, int),
    supervise.case_counts(text, text, int), supervise.stations(), supervise.version(),
    supervise.write_down(text), supervise.open_case(text, bigint, int), supervise.set_aside(text), supervise.openings(text)
to lideng_supervisor;

reset role;
