package superserver

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"testing"
	"time"
)

// authority signs the certificates of a test.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	pool *x509.CertPool
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test authority"}, IsCA: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	a := &authority{cert, key, x509.NewCertPool()}
	a.pool.AddCert(cert)
	return a
}

func (a *authority) issue(t *testing.T, name string) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &key.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

func TestTLSChecksTheServerAndShowsTheClientsCertificate(t *testing.T) {
	ours, others := newAuthority(t), newAuthority(t)
	address := tlsFront(t, &tls.Config{Certificates: []tls.Certificate{ours.issue(t, "iris.example")},
		ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: ours.pool}, startIris(t))
	client := []tls.Certificate{ours.issue(t, "gateway")}
	for _, c := range []struct {
		name string
		cfg  *tls.Config
		ok   bool
	}{
		{"everything right", &tls.Config{RootCAs: ours.pool, ServerName: "iris.example", Certificates: client}, true},
		{"another authority", &tls.Config{RootCAs: others.pool, ServerName: "iris.example", Certificates: client}, false},
		{"another server name", &tls.Config{RootCAs: ours.pool, ServerName: "other.example", Certificates: client}, false},
		{"the address as name", &tls.Config{RootCAs: ours.pool, Certificates: client}, false},
		{"no client certificate", &tls.Config{RootCAs: ours.pool, ServerName: "iris.example"}, false},
		{"a client certificate of another authority", &tls.Config{RootCAs: ours.pool, ServerName: "iris.example",
			Certificates: []tls.Certificate{others.issue(t, "gateway")}}, false},
	} {
		conn, err := Connect(t.Context(), Config{Address: address, TLS: c.cfg, ConnectTimeout: 5 * time.Second}, devLogin)
		if (err == nil) != c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
		if err != nil {
			continue
		}
		if (dev{conn, t}).row("SELECT 1")[0].String() != "1" {
			t.Errorf("%s: no answer", c.name)
		}
		conn.Close()
	}
}
