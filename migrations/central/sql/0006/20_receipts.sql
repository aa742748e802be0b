-- Receipts that citizens hold, against what the centre has of them. Whoever asks needs the receipt: the number of its case,
-- which anybody can guess, and 8 bytes of its entry's hash, which nobody can. Without both a station hears of cases that it
-- has a part in, and of others not even whether they are there. Kind and times are told, nothing of a person.

set local role lideng_owner;

-- Whether an anchor in a body, which anybody may have written, is one that this centre gave to a station.
create function core.is_own_anchor(p_station int, p_anchor jsonb) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    nonce bytea;
begin
    if p_anchor ->> 'at' !~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$' then
        return false;  -- infinity, for one, is a time to PostgreSQL
    end if;
    nonce := decode(p_anchor ->> 'nonce', 'hex');
    return coalesce(octet_length(nonce) = 32 and core.anchor_mac(
        p_station, (p_anchor ->> 'at')::timestamptz, substr(nonce, 1, 16)
    ) = substr(nonce, 17), false);
exception when data_exception then
    return false;
end $$;

-- The entry of a case that a receipt names, in its history or set aside; ``aside`` is empty, ``waiting`` or ``for_good``.
-- When there is none, the entries of that case that receipts speak of, for whoever may see it: a station with a part in it,
-- or a supervisor, who is none. ``anchored_at`` is null without an anchor of this centre.
create function core.receipt(p_case text, p_witness bytea, p_station int)
returns table (
    station text, epoch int, seq bigint, hash bytea, kind text, at text, received_at timestamptz, anchored_at text,
    is_confirmed boolean, aside text
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 5 as $$
declare
    may_see constant boolean := p_station is null or exists (
        select from core.case_party p where (p.case_number, p.station) = (p_case collate "C", p_station)
    );
begin
    if p_case is null or p_case !~ '^[0-9]{20}$' or octet_length(p_witness) <> 8 then
        raise exception 'out of bounds' using errcode = 'LD005';
    end if;
    return query
    select s.code, j.epoch, j.seq, j.hash, left(b.body ->> 'kind', 40), left(b.body ->> 'at', 40), j.received_at,
        case when core.is_own_anchor(j.station, b.body -> 'anchor') then b.body -> 'anchor' ->> 'at' end,
        exists (select from core.verified_head v where v.station = j.station and (v.epoch, v.seq) >= (j.epoch, j.seq)),
        n.aside
    from (
        select j.station, j.epoch, j.seq, '' as aside from core.journal j
        where j.case_number = p_case and j.case_n is not null and substr(j.hash, 1, 8) = p_witness
        union all
        select q.station, q.epoch, q.seq, case when core.may_be_let_in(q) then 'waiting' else 'for_good' end
        from core.quarantine q
        where q.case_number = p_case and q.settled_how is distinct from 'let in' and substr(q.hash, 1, 8) = p_witness
    ) n
    join core.journal j on (j.station, j.epoch, j.seq) = (n.station, n.epoch, n.seq)
    join core.station s on s.id = j.station
    cross join lateral (select convert_from(j.body, 'UTF8')::jsonb as body offset 0) b;
    if found or not may_see then
        return;
    end if;
    return query
    select s.code, j.epoch, j.seq, j.hash, b.body ->> 'kind', left(b.body ->> 'at', 40), j.received_at, null::text, false, ''
    from core.journal j join core.station s on s.id = j.station
    cross join lateral (select convert_from(j.body, 'UTF8')::jsonb as body offset 0) b
    where j.case_number = p_case and j.case_n is not null
        and b.body ->> 'kind' in ('CaseReceived', 'CaseAccepted', 'CaseDeemedAccepted', 'CaseEnteredLate')
    order by j.case_n limit 20;
end $$;

revoke all on function core.is_own_anchor(int, jsonb), core.receipt(text, bytea, int) from public;
grant execute on function core.receipt(text, bytea, int) to lideng_api, lideng_reader;

reset role;
set local role lideng_reader;

create function supervise.receipt(p_case text, p_witness bytea)
returns table (
    station text, epoch int, seq bigint, hash bytea, kind text, at text, received_at timestamptz, anchored_at text,
    is_confirmed boolean, aside text
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select * from core.receipt(p_case, p_witness, null)
$$;
revoke all on function supervise.receipt(text, bytea) from public;
grant execute on function supervise.receipt(text, bytea) to lideng_supervisor;

reset role;
grant create on schema api to lideng_api;
set local role lideng_api;

create function api.receipt(p_case text, p_witness bytea)
returns table (
    station text, epoch int, seq bigint, hash bytea, kind text, at text, received_at timestamptz, anchored_at text,
    is_confirmed boolean, aside text
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select * from core.receipt(p_case, p_witness, core.caller())
$$;
revoke all on function api.receipt(text, bytea) from public;
grant execute on function api.receipt(text, bytea) to lideng_station;

reset role;
revoke create on schema api from lideng_api;
