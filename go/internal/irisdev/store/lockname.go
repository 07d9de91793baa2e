package store

import (
	"strings"

	"iris-pgwire/internal/irisdev/value"
)

// above visits the entries of the names above key, from the global down, and of key itself. Under mu.
func (t *lockTable) above(key string, visit func(*lockEntry) bool) {
	db := strings.IndexByte(key, 0) + 1
	end := db + strings.IndexByte(key[db:], 0) + 1
	for {
		if e := t.entry(key[:end]); e != nil && !visit(e) {
			return
		}
		n := value.SkipKey(key[end:])
		if n == 0 {
			return
		}
		end += n
	}
}

// othersBelow reports an exclusive lock of another process on the name, on one above or below. Under mu.
func (t *lockTable) othersBelow(p *Process, key string) bool { return t.conflict(p, key, 1) }

// othersOn reports an exclusive lock of another process on the name or one above. Under mu.
func (t *lockTable) othersOn(p *Process, key string) bool {
	found := false
	t.above(key, func(e *lockEntry) bool {
		found = e.excludes(p, 1)
		return !found
	})
	return found
}
