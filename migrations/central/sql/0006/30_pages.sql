-- A page of a journal is read along its key. The planner takes what lies behind a place for little, since epochs are few, and
-- sorted all the rest of the journal for each page: an audit's time grew with the square of what a station has.

set local role lideng_owner;
alter function admin.entries(text, int, bigint, int) set enable_sort = off;
reset role;
