//go:build !unix

package run

import "syscall"

// ownGroup has nothing to set on this system.
func ownGroup() *syscall.SysProcAttr { return nil }
