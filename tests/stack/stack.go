// Package stack tells the black-box suites where the programs under test answer. scripts/test starts them and sets the
// environment; run by hand, a suite needs the same variables.
package stack

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// DSN is the gateway's address, user _SYSTEM, database USER.
func DSN(t testing.TB) string { return env(t, "PGWIRE_DSN") }

// PostgresDSN is the oracle's.
func PostgresDSN(t testing.TB) string { return env(t, "POSTGRES_DSN") }

// Bin is the folder of the built programs.
func Bin(t testing.TB) string { return env(t, "PGWIRE_BIN") }

// Profile is the profile that irisdev runs with: documented or contrary.
func Profile(t testing.TB) string { return env(t, "PGWIRE_PROFILE") }

// IRISAddr is the superserver address of the running irisdev, host:port.
func IRISAddr(t testing.TB) string {
	return Listen(t, filepath.Join(env(t, "PGWIRE_DIR"), "iris", "irisdev.json"))
}

// Listen reads the "listen" key of a status file.
func Listen(t testing.TB, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var status struct{ Listen string }
	if err := json.Unmarshal(data, &status); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return status.Listen
}

func env(t testing.TB, name string) string {
	t.Helper()
	value := os.Getenv(name)
	if value == "" {
		t.Fatalf("%s is not set; scripts/test sets it", name)
	}
	return value
}

// Oracle reports that the client suites run against PostgreSQL itself, to check what they expect.
func Oracle() bool { return os.Getenv("PGWIRE_ORACLE") != "" }
