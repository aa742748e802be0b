-- A station that was shut out and is invited again: its old certificates count no more since it was shut out, not only
-- since the invitation. Whoever stole its key could else have given what they signed between the two the older standing.

grant create on schema admin to lideng_keeper;
set local role lideng_keeper;

create or replace function admin.invite(
    p_code text, p_name text, p_service_point text, p_verifier text, p_until timestamptz
) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if p_verifier is null or p_until is null or p_until <= clock_timestamp() then
        raise exception 'this is no invitation' using errcode = 'LD010', detail = 'invitation';
    end if;
    update core.certificate c set revoked_at = least(clock_timestamp(), s.revoked_at) from core.station s
    where s.code = p_code and c.station = s.id and c.revoked_at is null;
    update core.station set enrolled_at = null, revoked_at = null, revoked_why = null where code = p_code;
    return admin.add_station(p_code, p_name, p_service_point, p_verifier, p_until);
end $$;

reset role;
revoke create on schema admin from lideng_keeper;
