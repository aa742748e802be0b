-- The tables. Stations have six digits on paper and are whole numbers here, which keeps the large indexes small.
-- The journal and the images are partitioned by the year (in China) in which they came, so that years can be detached.
set local role lideng_owner;

-- One row about the centre itself. The pads are the key of the anchors' HMAC, already mixed as RFC 2104 says.
create table core.centre (
    only_one boolean primary key default true check (only_one),
    inner_pad bytea not null check (octet_length(inner_pad) = 64),
    outer_pad bytea not null check (octet_length(outer_pad) = 64),
    keep_bodies_days int not null default 3653 check (keep_bodies_days >= 365)
);

create table core.station (
    id int primary key check (id between 0 and 999999),
    code text collate "C" generated always as (lpad(id::text, 6, '0')) stored unique,
    role_name name not null unique,
    name text not null check (length(name) <= 200),
    service_point text not null default '' check (length(service_point) <= 200),
    invited_until timestamptz,
    enrolled_at timestamptz,
    public_key bytea check (octet_length(public_key) = 32),
    revoked_at timestamptz,
    revoked_why text check (length(revoked_why) <= 500)
);

-- Where each station's chain ends; its row is what makes a station's pushes wait for each other.
create table core.chain_head (
    station int primary key references core.station,
    epoch int not null default 0,
    seq bigint not null default 0,
    hash bytea not null default decode(repeat('00', 32), 'hex') check (octet_length(hash) = 32),
    received_at timestamptz
) with (fillfactor = 50);

-- How far the watch has checked signatures. Not a column of chain_head: the watch must not wait for pushes.
create table core.verified_head (
    station int primary key references core.station,
    epoch int not null default 0,
    seq bigint not null default 0
) with (fillfactor = 50);

create table core.epoch (
    station int not null references core.station,
    epoch int not null,
    public_key bytea not null check (octet_length(public_key) = 32),
    opened_at timestamptz not null,
    -- The last entry of the epoch before that the station knew, and how many of its entries came after that one:
    -- not 0 where a station was restored from a backup that was older than what it had sent.
    previous_seq bigint,
    left_behind bigint not null default 0,
    primary key (station, epoch)
);

create table core.journal (
    station int not null,
    epoch int not null,
    seq bigint not null check (seq > 0),
    year smallint not null,
    received_at timestamptz not null,
    prev bytea not null check (octet_length(prev) = 32),
    digest bytea not null check (octet_length(digest) = 32),
    hash bytea not null check (octet_length(hash) = 32),
    signature bytea not null check (octet_length(signature) = 64),
    body bytea check (octet_length(body) <= 65536),
    -- The station could not give a body that the centre reads; the chain goes on over its digest.
    withheld boolean not null,
    -- Which case it belongs to and where in its history; null for what has no case or was set aside.
    case_number text collate "C",
    case_n bigint,
    primary key (station, epoch, seq, year),
    check ((case_number is null) = (case_n is null))
) partition by list (year);
create index journal_of_case on core.journal (case_number, case_n) where case_n is not null;

-- Entries that break custody: in the journal, applied nowhere. Settled ones say what the supervisor decided.
create table core.quarantine (
    station int not null,
    epoch int not null,
    seq bigint not null,
    case_number text collate "C" not null,
    reason text not null,
    received_at timestamptz not null,
    settled_at timestamptz,
    settled_how text check (length(settled_how) <= 500),
    primary key (station, epoch, seq)
);
create index quarantine_of_case on core.quarantine (case_number) where settled_at is null;

-- What the centre knows of a case: the last header, word for word, and in whose hands it is. Here and in the journal no
-- foreign keys: only push writes these rows, it has looked every key up, and checking them again took a quarter of its time.
create table core.case_file (
    number text collate "C" primary key,
    taker int not null,
    holder int not null,
    last_n bigint not null,
    header jsonb not null,
    changed_at timestamptz not null
) with (fillfactor = 80);

create table core.case_party (
    case_number text collate "C" not null,
    station int not null,
    primary key (case_number, station)
);

create table core.inbox_head (
    station int primary key references core.station,
    last_n bigint not null default 0
) with (fillfactor = 50);

create table core.inbox (
    station int not null,
    n bigint not null,
    from_station int not null,
    epoch int not null,
    seq bigint not null,
    year smallint not null,
    primary key (station, n)
);

-- Images in chunks. A chunk belongs to the station that sent it: who knows a digest does not thereby own the bytes.
create table core.chunk (
    station int not null,
    digest bytea not null check (octet_length(digest) = 32),
    year smallint not null,
    data bytea not null check (octet_length(data) between 1 and 262144),
    primary key (station, digest, year)
) partition by list (year);
alter table core.chunk alter column data set storage external;  -- images are compressed already

create table core.blob (
    station int not null,
    digest bytea not null check (octet_length(digest) = 32),
    year smallint not null,
    size bigint not null,
    chunks bytea[] not null,
    received_at timestamptz not null,
    primary key (station, digest, year)
) partition by list (year);
create index blob_by_digest on core.blob (digest);

create table core.blob_case (
    digest bytea not null,
    case_number text collate "C" not null references core.case_file,
    station int not null,
    primary key (digest, case_number, station)
);

create table core.bulletin (
    n bigint primary key check (n > 0),
    topic text not null check (topic ~ '^[a-z_]{1,40}$'),
    version int not null check (version > 0),
    published_at timestamptz not null,
    payload bytea not null check (octet_length(payload) <= 4194304),
    signature bytea not null check (octet_length(signature) <= 1024),
    unique (topic, version)
);

-- Where chains begin that lost their first years to a detached partition: the last entry that went.
create table core.chain_base (
    station int not null references core.station,
    epoch int not null,
    seq bigint not null,
    hash bytea not null check (octet_length(hash) = 32),
    year smallint not null,
    primary key (station, epoch, seq)
);

-- What the watch found that no station may mend: signatures that do not fit.
create table core.finding (
    station int not null references core.station,
    epoch int not null,
    seq bigint not null,
    fault text not null,
    found_at timestamptz not null default clock_timestamp(),
    primary key (station, epoch, seq, fault)
);

-- What administrators did, in order.
create table core.act (
    n bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    by_whom name not null default session_user,
    act text not null,
    detail text not null
);

reset role;
