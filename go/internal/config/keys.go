package config

import "time"

// key is one setting: its name in config.json with dots between the levels, its default as it would be written there
// ("" = none), the rule that a value must keep, and what it is for. set stores a value, or reports that the rule is
// broken.
type key struct {
	name, otherwise, rule, purpose string
	set                            func(c *Config, v any) bool
}

// keys is the documentation of config.json as well as its validation.
var keys = []key{
	{"listen", `"127.0.0.1:5432"`, "host:port, the port from 0 to 65535 (0 picks a free one)",
		"where PostgreSQL clients connect; an empty host is every interface", hostPort(func(c *Config) *string { return &c.Listen })},
	{"backend", `"dbapi"`, "dbapi or embedded",
		"how statements reach IRIS", oneOf(func(c *Config) *string { return &c.Backend }, "dbapi", "embedded")},
	{"public_schema", `"SQLUser"`, "an IRIS schema name",
		"the IRIS schema that clients see as public", name(func(c *Config) *string { return &c.PublicSchema })},
	{"server_version", `"15.0"`, "a PostgreSQL version from 14 to 18, such as 15.0",
		"the PostgreSQL version that clients are told", version(func(c *Config) *string { return &c.ServerVersion })},
	{"numeric_storage", `"decimal"`, "decimal or refuse",
		"what numeric wider than 18 digits becomes: NUMERIC(18,6), or an error at CREATE TABLE",
		oneOf(func(c *Config) *string { return &c.NumericStorage }, "decimal", "refuse")},
	{"strict_isolation", "false", "true or false",
		"refuse REPEATABLE READ and SERIALIZABLE instead of running them as READ COMMITTED",
		boolean(func(c *Config) *bool { return &c.StrictIsolation })},
	{"max_clients", "1000", "a whole number from 1 to 100000",
		"how many clients may be connected", integer(func(c *Config) *int { return &c.MaxClients }, 1, 100000)},

	{"iris.host", `"127.0.0.1"`, "a host name or address",
		"where IRIS is", name(func(c *Config) *string { return &c.IRIS.Host })},
	{"iris.port", "1972", "a whole number from 1 to 65535",
		"the superserver's port", integer(func(c *Config) *int { return &c.IRIS.Port }, 1, 65535)},
	{"iris.namespaces", "{}", "an object of database names and namespaces",
		"PostgreSQL database names that differ from the namespace", textMap(func(c *Config) *map[string]string { return &c.IRIS.Namespaces })},
	{"iris.tls", "false", "true or false",
		"connect to IRIS with TLS", boolean(func(c *Config) *bool { return &c.IRIS.TLS })},
	{"iris.tls_ca", "", "the name of a PEM file",
		"the authorities that IRIS's certificate is checked with", name(func(c *Config) *string { return &c.IRIS.TLSCA })},
	{"iris.tls_server_name", "", "a host name",
		"the name in IRIS's certificate, where it is not iris.host", name(func(c *Config) *string { return &c.IRIS.TLSServerName })},
	{"iris.tls_cert", "", "the name of a PEM file",
		"the certificate that IRIS is shown", name(func(c *Config) *string { return &c.IRIS.TLSCert })},
	{"iris.tls_key", "", "the name of a PEM file",
		"that certificate's key", name(func(c *Config) *string { return &c.IRIS.TLSKey })},
	{"iris.connect_seconds", "10", "a number of seconds from 1 to 600",
		"how long connecting to IRIS may take", seconds(func(c *Config) *time.Duration { return &c.IRIS.ConnectTimeout }, 1, 600)},

	{"pool.size", "50", "a whole number from 1 to 10000",
		"connections to IRIS that are kept", integer(func(c *Config) *int { return &c.Pool.Size }, 1, 10000)},
	{"pool.overflow", "20", "a whole number from 0 to 10000",
		"more under load, closed afterwards", integer(func(c *Config) *int { return &c.Pool.Overflow }, 0, 10000)},
	{"pool.wait_seconds", "30", "a number of seconds from 0.1 to 3600",
		"how long a statement waits for a connection", seconds(func(c *Config) *time.Duration { return &c.Pool.Wait }, 0.1, 3600)},
	{"pool.idle_seconds", "300", "a number of seconds from 1 to 86400",
		"an idle connection is closed after it", seconds(func(c *Config) *time.Duration { return &c.Pool.Idle }, 1, 86400)},
	{"pool.age_seconds", "3600", "a number of seconds from 10 to 604800",
		"any connection is closed after it", seconds(func(c *Config) *time.Duration { return &c.Pool.Age }, 10, 604800)},

	{"tls.mode", `"on"`, "on or off",
		"whether clients may use TLS", oneOf(func(c *Config) *string { return &c.TLS.Mode }, "on", "off")},
	{"tls.cert", "", "the name of a PEM file",
		"the certificate; made at the first start where none is given", name(func(c *Config) *string { return &c.TLS.Cert })},
	{"tls.key", "", "the name of a PEM file",
		"the certificate's key", name(func(c *Config) *string { return &c.TLS.Key })},
	{"tls.min_version", `"1.2"`, "1.2 or 1.3",
		"the oldest TLS version", oneOf(func(c *Config) *string { return &c.TLS.MinVersion }, "1.2", "1.3")},

	{"limits.message_bytes", "67108864", "a whole number from 65536 to 1073741823",
		"the longest message of a client", integer(func(c *Config) *int { return &c.Limits.MessageBytes }, 64<<10, 1<<30-1)},
	{"limits.statements", "10000", "a whole number from 1 to 1000000",
		"prepared statements a session may hold", integer(func(c *Config) *int { return &c.Limits.Statements }, 1, 1000000)},
	{"limits.plans", "4096", "a whole number from 1 to 1000000",
		"compiled statements that are kept", integer(func(c *Config) *int { return &c.Limits.Plans }, 1, 1000000)},
	{"limits.statement_seconds", "0", "a number of seconds from 0 to 2147483 (0 is no limit)",
		"the default of statement_timeout", seconds(func(c *Config) *time.Duration { return &c.Limits.StatementTime }, 0, 2147483)},
	{"limits.authentication_seconds", "60", "a number of seconds from 1 to 600",
		"how long a client may take to log in", seconds(func(c *Config) *time.Duration { return &c.Limits.Authentication }, 1, 600)},
	{"limits.drain_seconds", "10", "a number of seconds from 0 to 3600",
		"how long running work may take when the gateway stops", seconds(func(c *Config) *time.Duration { return &c.Limits.Drain }, 0, 3600)},
	{"limits.status_file_bytes", "1048576", "a whole number from 4096 to 1073741824",
		"the size at which status.jsonl and sidecar.log are rotated", integer(func(c *Config) *int { return &c.Limits.StatusFileBytes }, 4096, 1<<30)},

	{"telemetry.otlp_endpoint", "", "host:port",
		"an OpenTelemetry collector (OTLP over gRPC)", hostPort(func(c *Config) *string { return &c.Telemetry.Endpoint })},
	{"telemetry.insecure", "false", "true or false",
		"send traces without TLS", boolean(func(c *Config) *bool { return &c.Telemetry.Insecure })},

	{"host.user", "", "a user name",
		"the account of the control connection; IRIS writes the keys of host when it runs the sidecar", name(func(c *Config) *string { return &c.Host.User })},
	{"host.password", "", "a password",
		"its password, new at each start", name(func(c *Config) *string { return &c.Host.Password })},
	{"host.namespace", `"%SYS"`, "a namespace",
		"where the control connection logs in", name(func(c *Config) *string { return &c.Host.Namespace })},
	{"host.nonce", "", "a text",
		"marks one start of the sidecar: IRIS knows by a lock of this name that it lives", name(func(c *Config) *string { return &c.Host.Nonce })},
	{"host.version", "", "a version",
		"the version that the program must have", name(func(c *Config) *string { return &c.Host.Version })},
	{"host.orphan_minutes", "10", "a number of minutes from 0.01 to 10080",
		"how long IRIS may be away before the sidecar ends itself", minutes(func(c *Config) *time.Duration { return &c.Host.Orphan }, 0.01, 10080)},
	{"host.start_seconds", "60", "a number of seconds from 0 to 3600",
		"how long IRIS may take to answer when the sidecar starts", seconds(func(c *Config) *time.Duration { return &c.Host.Start }, 0, 3600)},
}
