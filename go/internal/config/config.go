// Package config reads config.json, which IRIS writes for the sidecar: strictly, with every mistake reported at once.
package config

import (
	"net"
	"strconv"
	"strings"
	"time"
)

// FileName is the configuration's name in the sidecar's directory.
const FileName = "config.json"

// Config is everything the gateway is told. Default gives the values of keys that are left out; the table in keys.go
// says what each key means and which values it takes.
type Config struct {
	Listen          string
	Backend         string
	PublicSchema    string
	ServerVersion   string
	NumericStorage  string
	StrictIsolation bool
	MaxClients      int
	IRIS            IRIS
	Pool            Pool
	TLS             TLS
	Limits          Limits
	Telemetry       Telemetry
	Host            Host

	given map[string]string // what the file says, by key, as JSON
}

// Host is what an IRIS that runs the sidecar tells it; without it (Hosted is false) the sidecar stands alone.
type Host struct {
	User      string // the service account of the control connection
	Password  string
	Namespace string
	Nonce     string // of this spawn: part of the lock that says the sidecar lives
	Version   string // that the sidecar must have; "" is any
	// Orphan is how long the instance may be away before the sidecar ends itself.
	Orphan time.Duration
	// Start is how long the instance may take to answer when the sidecar starts.
	Start time.Duration
}

// Hosted reports that IRIS runs the sidecar.
func (c *Config) Hosted() bool { return c.Host.Nonce != "" }

// IRIS says where the instance is.
type IRIS struct {
	Host string
	Port int
	// Namespaces maps PostgreSQL database names to namespaces; any other database is the namespace of that name in
	// upper case.
	Namespaces     map[string]string
	TLS            bool
	TLSCA          string // PEM file; "" = the system's authorities
	TLSServerName  string // "" = Host
	TLSCert        string // PEM file of the client certificate; "" = none
	TLSKey         string // PEM file of its key
	ConnectTimeout time.Duration
}

// Pool bounds the connections to IRIS.
type Pool struct {
	Size, Overflow  int
	Wait, Idle, Age time.Duration
}

// TLS is how clients connect.
type TLS struct {
	Mode       string // on or off
	Cert, Key  string // PEM files, relative to the directory; "" = made at the first start
	MinVersion string // 1.2 or 1.3
}

// Limits bound what one client may do.
type Limits struct {
	MessageBytes    int
	Statements      int           // prepared statements a session
	Plans           int           // compiled statements kept by the gateway
	StatementTime   time.Duration // the default of statement_timeout; 0 = none
	Authentication  time.Duration
	Drain           time.Duration // how long running transactions may take when the gateway stops
	StatusFileBytes int
}

// Telemetry says where traces go.
type Telemetry struct {
	Endpoint string // host:port of an OTLP collector (gRPC); "" = no traces
	Insecure bool   // without TLS
}

// Namespace gives the IRIS namespace of a PostgreSQL database.
func (c *Config) Namespace(database string) string {
	if ns, ok := c.IRIS.Namespaces[database]; ok {
		return ns
	}
	return strings.ToUpper(database)
}

// Address is IRIS's host:port.
func (c *Config) Address() string {
	return net.JoinHostPort(c.IRIS.Host, strconv.Itoa(c.IRIS.Port))
}
