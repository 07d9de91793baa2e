//go:build unix

package lib

import (
	"strconv"
	"syscall"
)

// writeable is nil for a file that may be written.
func writeable(name string) error { return syscall.Access(name, 2) }

// rawMode is st_mode: type and mode of a file in one number.
func rawMode(name string) (int64, error) {
	var st syscall.Stat_t
	err := syscall.Stat(name, &st)
	return int64(st.Mode), err
}

// owners gives the numbers of a file's owner and group.
func owners(name string) (owner, group string, err error) {
	var st syscall.Stat_t
	err = syscall.Stat(name, &st)
	return strconv.Itoa(int(st.Uid)), strconv.Itoa(int(st.Gid)), err
}
