//go:build !unix

package store

import (
	"fmt"
	"os"
)

// lockDir only makes the file: two irisdev on one directory are not noticed on this system.
func lockDir(name string) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the store's directory: %w", err)
	}
	return f, nil
}

// syncDir does nothing: the file system keeps renames itself.
func syncDir(string) error { return nil }
