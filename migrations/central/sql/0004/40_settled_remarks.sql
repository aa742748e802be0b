-- What an administrator decided about a remark of the audit. It stays true, and the audit goes on saying it apart from what
-- is new: else who looks at its exit code would learn to look away.

set local role lideng_owner;

-- Only what a station did once and cannot undo. What speaks of this database, of a hash or of a head, is never settled: it
-- could be the trace of whoever changed it. Signatures have findings of their own.
create function admin.settle_remark(p_station text, p_epoch int, p_seq bigint, p_what text, p_how text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into core.settled_finding (station, epoch, seq, fault, how)
    select j.station, j.epoch, j.seq, p_what, left(p_how, 500)
    from core.journal j join core.station s on s.id = j.station
    where s.code = p_station and (j.epoch, j.seq) = (p_epoch, p_seq)
        and p_what = any (array['epoch', 'numbers', 'time', 'anchor', 'custody'])
    on conflict do nothing;
    if not found then
        raise exception 'nothing of that place can be settled so' using errcode = 'LD010', detail = 'remark';
    end if;
    insert into core.act (act, detail) values ('settle_remark', format('%s %s/%s %s', p_station, p_epoch, p_seq, p_what));
end $$;

-- All that was settled so, for the audit.
create function admin.settled_remarks() returns table (station text, epoch int, seq bigint, what text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.code, f.epoch, f.seq, f.fault from core.settled_finding f join core.station s on s.id = f.station
    where f.fault <> 'signature'
$$;

revoke all on function admin.settle_remark(text, int, bigint, text, text), admin.settled_remarks() from public;
grant execute on function admin.settle_remark(text, int, bigint, text, text), admin.settled_remarks() to lideng_admin;

reset role;
