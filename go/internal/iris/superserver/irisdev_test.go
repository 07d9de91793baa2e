package superserver

import (
	"crypto/tls"
	"net"
	"testing"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/irisdev/instance"
	"iris-pgwire/internal/irisdev/irisdevtest"
	"iris-pgwire/internal/irisdev/variant"
)

var devLogin = iris.Login{User: "_SYSTEM", Password: "SYS", Namespace: "USER"}

// startIris runs a development IRIS for the test and gives its address.
func startIris(t testing.TB) string { return startProfile(t, variant.Documented) }

// startProfile is startIris with the profile of answers to what is not known of a live IRIS.
func startProfile(t testing.TB, profile string) string {
	t.Helper()
	return irisdevtest.Start(t, instance.Options{Version: "2026.1", Profile: profile}).Address
}

// dev is a connection to an irisdev with what tests do over and over.
type dev struct {
	*Conn
	t testing.TB
}

func connectDev(t testing.TB, address string) dev { return connectWith(t, Config{Address: address}) }

func connectWith(t testing.TB, cfg Config) dev {
	t.Helper()
	c, err := Connect(t.Context(), cfg, devLogin)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return dev{c, t}
}

func (d dev) exec(sql string, args ...iris.Value) int64 {
	d.t.Helper()
	st, err := d.Prepare(d.t.Context(), sql)
	if err != nil {
		d.t.Fatalf("%s: %v", sql, err)
	}
	n, err := d.Exec(d.t.Context(), st, args)
	if err != nil {
		d.t.Fatalf("%s: %v", sql, err)
	}
	return n
}

func (d dev) query(sql string, args ...iris.Value) iris.Rows {
	d.t.Helper()
	st, err := d.Prepare(d.t.Context(), sql)
	if err != nil {
		d.t.Fatalf("%s: %v", sql, err)
	}
	rows, err := d.Query(d.t.Context(), st, args)
	if err != nil {
		d.t.Fatalf("%s: %v", sql, err)
	}
	return rows
}

// row gives the first row of a query, kept.
func (d dev) row(sql string, args ...iris.Value) []iris.Value {
	d.t.Helper()
	rows := d.query(sql, args...)
	values, err := rows.Next(d.t.Context())
	if err != nil {
		d.t.Fatalf("%s: %v", sql, err)
	}
	kept := make([]iris.Value, len(values))
	for i, v := range values {
		kept[i] = v.Clone()
	}
	if err := rows.Close(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
	return kept
}

// tlsFront accepts TLS and passes what it carries to address.
func tlsFront(t *testing.T, cfg *tls.Config, address string) string {
	t.Helper()
	l, err := tls.Listen("tcp", "127.0.0.1:0", cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			front, err := l.Accept()
			if err != nil {
				return
			}
			back, err := net.Dial("tcp", address)
			if err != nil {
				front.Close()
				return
			}
			go pipe(front, back)
			go pipe(back, front)
		}
	}()
	return l.Addr().String()
}

func pipe(from, to net.Conn) {
	defer to.Close()
	buf := make([]byte, 16<<10)
	for {
		n, err := from.Read(buf)
		if err != nil {
			return
		}
		if _, err := to.Write(buf[:n]); err != nil {
			return
		}
	}
}
