-- A greeting that tells whether anything waits, so that most rounds ask for nothing else.

grant create on schema api to lideng_api;
set local role lideng_api;

-- What a contact begins with; 57P03 where nothing that is written would last. ``inbox_mark`` is that of the last row of the
-- inbox: whoever has read that very row has read all.
drop function api.hello(int);
create function api.hello(
    p_schema int, out now_at timestamptz, out nonce bytea, out schema_version int,
    out head_epoch int, out head_seq bigint, out head_hash bytea,
    out verified_epoch int, out verified_seq bigint, out inbox_last bigint, out bulletin_last bigint, out inbox_mark bigint
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    me constant int := core.caller();
    salt constant bytea := uuid_send(gen_random_uuid());
begin
    if p_schema is distinct from 1 then
        raise exception 'this schema is not spoken here' using errcode = 'LD008', detail = '1';
    elsif not core.is_lasting() then
        raise exception 'a replica is waited for' using errcode = '57P03';
    end if;
    schema_version := 1;
    now_at := date_trunc('milliseconds', clock_timestamp());
    nonce := salt || core.anchor_mac(me, now_at, salt);
    select h.epoch, h.seq, h.hash, v.epoch, v.seq, i.last_n, (select coalesce(max(b.n), 0) from core.bulletin b),
        (select r.mark from core.inbox r where r.station = me and r.n = i.last_n)
    into head_epoch, head_seq, head_hash, verified_epoch, verified_seq, inbox_last, bulletin_last, inbox_mark
    from core.inbox_head i
    left join core.chain_head h on h.station = i.station and h.epoch > 0
    left join core.verified_head v on v.station = i.station and v.epoch > 0
    where i.station = me;
end $$;
revoke all on function api.hello(int) from public;
grant execute on function api.hello(int) to lideng_station;

reset role;
revoke create on schema api from lideng_api;
