//go:build unix

package superserver

import (
	"crypto/tls"
	"net"
	"syscall"
)

// socketState looks at the socket without reading from it and without waiting. Of a TLS connection it tells only that
// nothing has arrived, since what arrives may be TLS's own.
func socketState(conn net.Conn) state {
	secure, isTLS := conn.(*tls.Conn)
	if isTLS {
		conn = secure.NetConn()
	}
	socket, ok := conn.(syscall.Conn)
	if !ok {
		return stateUnknown
	}
	raw, err := socket.SyscallConn()
	if err != nil {
		return stateUnknown
	}
	found := stateUnknown
	var b [1]byte
	err = raw.Read(func(fd uintptr) bool {
		n, _, err := syscall.Recvfrom(int(fd), b[:], syscall.MSG_PEEK)
		switch {
		case err == syscall.EAGAIN || err == syscall.EWOULDBLOCK:
			found = stateQuiet
		case err == syscall.EINTR || n > 0 && isTLS:
		default:
			found = stateEnded // closed, failed, or something came unasked
		}
		return true
	})
	if err != nil {
		return stateEnded
	}
	return found
}
