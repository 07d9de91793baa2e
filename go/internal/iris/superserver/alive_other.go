//go:build !unix

package superserver

import "net"

// socketState can't look at a socket here; the caller has to read from it.
func socketState(net.Conn) state { return stateUnknown }
