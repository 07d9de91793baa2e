package session

// gucKind is a setting's type (PostgreSQL docs, "Setting Parameters").
type gucKind uint8

const (
	gucText gucKind = iota
	gucBool
	gucInt // with unit
	gucReal
	gucEnum
)

// gucUnit is the unit of an integer setting.
type gucUnit uint8

const (
	noUnit gucUnit = iota
	unitMs
	unitSec
	unitMin
	unitKB
	unitBlock // 8 kB
)

// guc describes one setting. Its values are kept as SHOW prints them.
type guc struct {
	name, otherwise string
	kind            gucKind
	unit            gucUnit
	least, most     int64
	words           []string // of an enumeration
	fixed           bool     // SET is refused with 55P02
	reported        bool     // ParameterStatus
	// check normalises and validates a text further; nil = any.
	check func(value string) (string, error)
	about string
}

var (
	levels       = []string{"debug5", "debug4", "debug3", "debug2", "debug1", "debug", "log", "info", "notice", "warning", "error"}
	isolation    = []string{"serializable", "repeatable read", "read committed", "read uncommitted"}
	syncCommit   = []string{"local", "remote_write", "remote_apply", "on", "off"}
	toastMethods = []string{"pglz", "lz4"}
)

const maxInt = 2147483647

// gucs is every setting that SET and SHOW know, in the order of SHOW ALL. Those without an effect here are the ones that
// clients set as a matter of course; they are kept and shown.
var gucs = []guc{
	{name: "application_name", reported: true, check: checkApplicationName, about: "Sets the application name to be reported in statistics and logs."},
	{name: "backslash_quote", otherwise: "safe_encoding", kind: gucEnum, words: []string{"safe_encoding", "on", "off"}, about: "Sets whether \"\\'\" is allowed in string literals."},
	{name: "block_size", otherwise: "8192", kind: gucInt, fixed: true, about: "Shows the size of a disk block."},
	{name: "bytea_output", otherwise: "hex", kind: gucEnum, words: []string{"escape", "hex"}, about: "Sets the output format for bytea."},
	{name: "check_function_bodies", otherwise: "on", kind: gucBool, about: "Check routine bodies during CREATE FUNCTION and CREATE PROCEDURE."},
	{name: "client_encoding", otherwise: "UTF8", reported: true, check: checkEncoding, about: "Sets the client's character set encoding."},
	{name: "client_min_messages", otherwise: "notice", kind: gucEnum, words: levels, about: "Sets the message levels that are sent to the client."},
	{name: "DateStyle", otherwise: "ISO, MDY", reported: true, check: checkDateStyle, about: "Sets the display format for date and time values."},
	{name: "default_table_access_method", otherwise: "heap", about: "Sets the default table access method for new tables."},
	{name: "default_tablespace", about: "Sets the default tablespace to create tables and indexes in."},
	{name: "default_text_search_config", otherwise: "pg_catalog.simple", about: "Sets default text search configuration."},
	{name: "default_toast_compression", otherwise: "pglz", kind: gucEnum, words: toastMethods, about: "Sets the default compression method for compressible values."},
	{name: "default_transaction_deferrable", otherwise: "off", kind: gucBool, about: "Sets the default deferrable status of new transactions."},
	{name: "default_transaction_isolation", otherwise: "read committed", kind: gucEnum, words: isolation, about: "Sets the transaction isolation level of each new transaction."},
	{name: "default_transaction_read_only", otherwise: "off", kind: gucBool, reported: true, about: "Sets the default read-only status of new transactions."},
	{name: "default_with_oids", otherwise: "off", kind: gucBool, check: onlyValue("off"), about: "WITH OIDS is no longer supported; this can only be false."},
	{name: "escape_string_warning", otherwise: "on", kind: gucBool, about: "Warn about backslash escapes in ordinary string literals."},
	{name: "extra_float_digits", otherwise: "1", kind: gucInt, least: -15, most: 3, about: "Sets the number of digits displayed for floating-point values."},
	{name: "geqo", otherwise: "on", kind: gucBool, about: "Enables genetic query optimization."},
	{name: "hnsw.ef_search", otherwise: "40", kind: gucInt, least: 1, most: 1000, about: "Sets the size of the dynamic candidate list for search."},
	{name: "idle_in_transaction_session_timeout", otherwise: "0", kind: gucInt, unit: unitMs, most: maxInt, about: "Sets the maximum allowed idle time between queries, when in a transaction."},
	{name: "idle_session_timeout", otherwise: "0", kind: gucInt, unit: unitMs, most: maxInt, about: "Sets the maximum allowed idle time between queries, when not in a transaction."},
	{name: "in_hot_standby", otherwise: "off", kind: gucBool, fixed: true, reported: true, about: "Shows whether hot standby is currently active."},
	{name: "integer_datetimes", otherwise: "on", kind: gucBool, fixed: true, reported: true, about: "Shows whether datetimes are integer based."},
	{name: "IntervalStyle", otherwise: "postgres", kind: gucEnum, words: []string{"postgres", "postgres_verbose", "sql_standard", "iso_8601"}, reported: true, about: "Sets the display format for interval values."},
	{name: "is_superuser", otherwise: "off", kind: gucBool, fixed: true, reported: true, about: "Shows whether the current user is a superuser."},
	{name: "ivfflat.probes", otherwise: "1", kind: gucInt, least: 1, most: 32768, about: "Sets the number of probes."},
	{name: "jit", otherwise: "off", kind: gucBool, about: "Allow JIT compilation."},
	{name: "lc_collate", otherwise: "C", fixed: true, about: "Shows the collation order locale."},
	{name: "lc_ctype", otherwise: "C", fixed: true, about: "Shows the character classification and case conversion locale."},
	{name: "lc_messages", otherwise: "C", about: "Sets the language in which messages are displayed."},
	{name: "lc_monetary", otherwise: "C", about: "Sets the locale for formatting monetary amounts."},
	{name: "lc_numeric", otherwise: "C", about: "Sets the locale for formatting numbers."},
	{name: "lc_time", otherwise: "C", about: "Sets the locale for formatting date and time values."},
	{name: "lock_timeout", otherwise: "0", kind: gucInt, unit: unitMs, most: maxInt, about: "Sets the maximum allowed duration of any wait for a lock."},
	{name: "log_statement", otherwise: "none", kind: gucEnum, words: []string{"none", "ddl", "mod", "all"}, about: "Sets the type of statements logged."},
	{name: "maintenance_work_mem", otherwise: "64MB", kind: gucInt, unit: unitKB, least: 1024, most: maxInt, about: "Sets the maximum memory to be used for maintenance operations."},
	{name: "max_connections", otherwise: "1000", kind: gucInt, fixed: true, about: "Sets the maximum number of concurrent connections."},
	{name: "max_identifier_length", otherwise: "63", kind: gucInt, fixed: true, about: "Shows the maximum identifier length."},
	{name: "max_index_keys", otherwise: "32", kind: gucInt, fixed: true, about: "Shows the maximum number of index keys."},
	{name: "max_parallel_workers_per_gather", otherwise: "2", kind: gucInt, most: 1024, about: "Sets the maximum number of parallel processes per executor node."},
	{name: "password_encryption", otherwise: "scram-sha-256", kind: gucEnum, words: []string{"md5", "scram-sha-256"}, about: "Chooses the algorithm for encrypting passwords."},
	{name: "plan_cache_mode", otherwise: "auto", kind: gucEnum, words: []string{"auto", "force_generic_plan", "force_custom_plan"}, about: "Controls the planner's selection of custom or generic plan."},
	{name: "quote_all_identifiers", otherwise: "off", kind: gucBool, about: "When generating SQL fragments, quote all identifiers."},
	{name: "random_page_cost", otherwise: "4", kind: gucReal, about: "Sets the planner's estimate of the cost of a nonsequentially fetched disk page."},
	{name: "role", otherwise: "none", check: onlyValue("none"), about: "Sets the current role."},
	{name: "row_security", otherwise: "on", kind: gucBool, about: "Enable row security."},
	{name: "search_path", otherwise: `"$user", public`, about: "Sets the schema search order for names that are not schema-qualified."},
	{name: "server_encoding", otherwise: "UTF8", fixed: true, reported: true, about: "Shows the server (database) character set encoding."},
	{name: "server_version", fixed: true, reported: true, about: "Shows the server version."},
	{name: "server_version_num", kind: gucInt, fixed: true, about: "Shows the server version as an integer."},
	{name: "session_authorization", fixed: true, reported: true, about: "Sets the session user name."},
	{name: "session_replication_role", otherwise: "origin", kind: gucEnum, words: []string{"origin", "replica", "local"}, check: onlyValue("origin"), about: "Sets the session's behavior for triggers and rewrite rules."},
	{name: "standard_conforming_strings", otherwise: "on", kind: gucBool, reported: true, check: onlyValue("on"), about: "Causes '...' strings to treat backslashes literally."},
	{name: "statement_timeout", otherwise: "0", kind: gucInt, unit: unitMs, most: maxInt, about: "Sets the maximum allowed duration of any statement."},
	{name: "synchronize_seqscans", otherwise: "on", kind: gucBool, about: "Enable synchronized sequential scans."},
	{name: "synchronous_commit", otherwise: "on", kind: gucEnum, words: syncCommit, about: "Sets the current transaction's synchronization level."},
	{name: "temp_buffers", otherwise: "8MB", kind: gucInt, unit: unitBlock, least: 100, most: 1073741823, about: "Sets the maximum number of temporary buffers used by each session."},
	{name: "TimeZone", otherwise: "UTC", reported: true, check: checkTimeZone, about: "Sets the time zone for displaying and interpreting time stamps."},
	{name: "transaction_deferrable", otherwise: "off", kind: gucBool, about: "Whether to defer a read-only serializable transaction."},
	{name: "transaction_isolation", otherwise: "read committed", kind: gucEnum, words: isolation, about: "Sets the current transaction's isolation level."},
	{name: "transaction_read_only", otherwise: "off", kind: gucBool, about: "Sets the current transaction's read-only status."},
	{name: "transaction_timeout", otherwise: "0", kind: gucInt, unit: unitMs, most: maxInt, about: "Sets the maximum allowed duration of any transaction within a session."},
	{name: "transform_null_equals", otherwise: "off", kind: gucBool, check: onlyValue("off"), about: "Treats \"expr=NULL\" as \"expr IS NULL\"."},
	{name: "work_mem", otherwise: "4MB", kind: gucInt, unit: unitKB, least: 64, most: maxInt, about: "Sets the maximum memory to be used for query workspaces."},
	{name: "xmloption", otherwise: "content", kind: gucEnum, words: []string{"content", "document"}, about: "Sets whether XML data in implicit operations is a document or a fragment."},
}
