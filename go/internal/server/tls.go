package server

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"

	"iris-pgwire/internal/config"
	"iris-pgwire/internal/pgwire"
)

// The files of the certificate that is made at the first start where none is configured.
const (
	ownCert = "server.crt"
	ownKey  = "server.key"
)

// TLSConfig loads the certificate, or makes one in dir. nil means that TLS is off.
func TLSConfig(dir string, cfg config.TLS) (*tls.Config, error) {
	if cfg.Mode == "off" {
		return nil, nil
	}
	certFile, keyFile := inDir(dir, cfg.Cert), inDir(dir, cfg.Key)
	if cfg.Cert == "" {
		certFile, keyFile = filepath.Join(dir, ownCert), filepath.Join(dir, ownKey)
		if _, err := os.Stat(certFile); errors.Is(err, fs.ErrNotExist) {
			if err := makeCertificate(certFile, keyFile); err != nil {
				return nil, err
			}
		}
	}
	pair, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		return nil, err
	}
	least := uint16(tls.VersionTLS12)
	if cfg.MinVersion == "1.3" {
		least = tls.VersionTLS13
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: least, NextProtos: []string{pgwire.ALPN}}, nil
}

func inDir(dir, file string) string {
	if file == "" || filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(dir, file)
}

// makeCertificate makes a self-signed certificate for this machine: it encrypts, and a client that has the file can check
// it. ECDSA with P-256, because some clients' channel binding has no hash for Ed25519.
func makeCertificate(certFile, keyFile string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return err
	}
	host, err := os.Hostname()
	if err != nil {
		host = "localhost"
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber:          serial,
		Subject:               pkix.Name{CommonName: host, Organization: []string{"iris-pgwire"}},
		DNSNames:              []string{host, "localhost"},
		IPAddresses:           []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		NotBefore:             now.Add(-time.Hour),
		NotAfter:              now.AddDate(10, 0, 0),
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
		IsCA:                  true, // so that the file serves as its own authority
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	if err := writePEM(keyFile, "PRIVATE KEY", secret); err != nil {
		return err
	}
	return writePEM(certFile, "CERTIFICATE", der)
}

func writePEM(file, kind string, der []byte) error {
	return os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600)
}
