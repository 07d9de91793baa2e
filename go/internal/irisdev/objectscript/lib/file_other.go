//go:build !unix

package lib

import (
	"errors"
	"os"
)

// writeable is nil for a file that may be written.
func writeable(name string) error {
	st, err := os.Stat(name)
	if err == nil && st.Mode().Perm()&0o200 == 0 {
		err = os.ErrPermission
	}
	return err
}

// rawMode is the attribute bits of Windows: 1 read-only, 16 a directory, 32 an ordinary file.
func rawMode(name string) (int64, error) {
	st, err := os.Stat(name)
	if err != nil {
		return 0, err
	}
	bits := int64(32)
	if st.IsDir() {
		bits = 16
	}
	if st.Mode().Perm()&0o200 == 0 {
		bits++
	}
	return bits, nil
}

// owners are not known in this form here.
func owners(string) (owner, group string, err error) { return "", "", errors.ErrUnsupported }
