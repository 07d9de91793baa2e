package analyze

// systemFunctions are the session, lock, sequence and catalog information functions (PostgreSQL docs, 9.17, 9.26 and 9.27), in the form that catalog.go reads.
const systemFunctions = `
col_description(oid,int4) text
current_database() name
current_schema() name
current_schemas(bool) name[]
current_setting(text) text
current_setting(text,bool) text
currval(regclass) int8 v
format_type(oid,int4) text
has_database_privilege(text,text) bool
has_database_privilege(oid,text) bool
has_database_privilege(name,text,text) bool
has_database_privilege(name,oid,text) bool
has_database_privilege(oid,text,text) bool
has_database_privilege(oid,oid,text) bool
has_schema_privilege(text,text) bool
has_schema_privilege(oid,text) bool
has_schema_privilege(name,text,text) bool
has_schema_privilege(name,oid,text) bool
has_schema_privilege(oid,text,text) bool
has_schema_privilege(oid,oid,text) bool
has_table_privilege(text,text) bool
has_table_privilege(oid,text) bool
has_table_privilege(name,text,text) bool
has_table_privilege(name,oid,text) bool
has_table_privilege(oid,text,text) bool
has_table_privilege(oid,oid,text) bool
lastval() int8 v
nextval(regclass) int8 v
num_nonnulls(any...) int4
num_nulls(any...) int4
obj_description(oid) text
obj_description(oid,name) text
pg_advisory_lock(int8) void v
pg_advisory_lock(int4,int4) void v
pg_advisory_lock_shared(int8) void v
pg_advisory_lock_shared(int4,int4) void v
pg_advisory_unlock(int8) bool v
pg_advisory_unlock(int4,int4) bool v
pg_advisory_unlock_all() void v
pg_advisory_xact_lock(int8) void v
pg_advisory_xact_lock(int4,int4) void v
pg_backend_pid() int4
pg_cancel_backend(int4) bool v
pg_client_encoding() name
pg_column_size(any) int4
pg_database_size(name) int8 v
pg_database_size(oid) int8 v
pg_encoding_to_char(int4) name
pg_get_serial_sequence(text,text) text
pg_get_userbyid(oid) name
pg_is_in_recovery() bool v
pg_notify(text,text) void v
pg_postmaster_start_time() timestamptz
pg_relation_size(regclass) int8 v
pg_relation_size(regclass,text) int8 v
pg_size_pretty(numeric) text
pg_size_pretty(int8) text
pg_sleep(float8) void v
pg_table_is_visible(oid) bool
pg_terminate_backend(int4,int8) bool v
pg_terminate_backend(int4) bool v
pg_total_relation_size(regclass) int8 v
pg_try_advisory_lock(int8) bool v
pg_try_advisory_lock(int4,int4) bool v
pg_try_advisory_xact_lock(int8) bool v
pg_try_advisory_xact_lock(int4,int4) bool v
pg_typeof(any) regtype
set_config(text,text,bool) text v
setval(regclass,int8) int8 v
setval(regclass,int8,bool) int8 v
to_regclass(text) regclass
to_regtype(text) regtype
txid_current() int8
version() text
`
