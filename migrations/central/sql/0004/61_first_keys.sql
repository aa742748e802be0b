-- The first push of a station judges one key; what judges all of them took a tenth of that push to plan.

set local role lideng_owner;

-- Believe what needs no signature: the key that a station enrolled with, and one that is believed already. A station that
-- enrolled without telling one brings its first key itself.
create or replace function core.judge_keys(p_station int) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    -- The only key that there is.
    insert into core.believed_key (station, epoch, how)
    select e.station, e.epoch, 'enrolled'
    from core.epoch e join core.station s on s.id = e.station
    where e.station = p_station and coalesce(e.public_key = s.public_key, true)
        and not exists (select from core.epoch o where o.station = p_station and o.epoch <> e.epoch)
        and not exists (select from core.believed_key b where b.station = p_station)
        and not exists (select from core.refused_tail r where r.station = p_station);
    if found then
        return;
    end if;
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

reset role;
