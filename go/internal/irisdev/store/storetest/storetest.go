// Package storetest opens stores for tests.
package storetest

import (
	"testing"

	"iris-pgwire/internal/irisdev/store"
)

// Memory opens a store without files that has the namespace USER beside %SYS; the test's end closes it.
func Memory(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Open("", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := s.CreateNamespace("USER"); err != nil {
		t.Fatal(err)
	}
	return s
}
