// Package second asks IRIS by a client that is not ours, go-irisnative, so that iris-pgwire check can compare the answers:
// whatever both read alike is hardly the mistake of one. That client knows no TLS, sends 8-bit names as UTF-8 and panics
// over refusals (facts: superserver protocol §12), so it serves for nothing else.
package second

import (
	"context"
	"errors"
	"strings"

	"iris-pgwire/internal/iris"
)

// ErrCannot is a login that the client can't send as it is. ErrAbsent is a platform that it is not built for.
var (
	ErrCannot = errors.New("go-irisnative can send only ASCII names and passwords")
	ErrAbsent = errors.New("go-irisnative is not built for Windows")
)

// Ask logs in and gives the first row of a query as texts. The query's columns must be INTEGER, BIGINT or VARCHAR, the
// only types that the client reads without a loss. When ctx ends, the client is left alone.
func Ask(ctx context.Context, address string, login iris.Login, query string) ([]string, error) {
	if !ascii(login.User + login.Password + login.Namespace) {
		return nil, ErrCannot
	}
	type answer struct {
		row []string
		err error
	}
	done := make(chan answer, 1)
	go func() {
		row, err := ask(address, login, query)
		done <- answer{row, err}
	}()
	select {
	case a := <-done:
		return a.row, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 0x7F }) < 0
}
