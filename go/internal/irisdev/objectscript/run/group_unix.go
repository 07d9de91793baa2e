//go:build unix

package run

import "syscall"

// ownGroup keeps the signals of a terminal from the program.
func ownGroup() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
