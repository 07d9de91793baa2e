package store

import "iris-pgwire/internal/irisdev/value"

// Globals lists the globals that have nodes, as the process sees them: those of its namespace and the instance's.
func (p *Process) Globals() []string {
	var out []string
	spaces := []*namespace{p.space}
	if system := p.store.space(systemNamespace); system != p.space {
		spaces = append(spaces, system)
	}
	for i, n := range spaces {
		for _, g := range n.list() {
			if i > 0 && g.name[0] != '%' {
				continue
			}
			g.mu.RLock()
			if g.tree.Len() > 0 {
				out = append(out, g.name)
			}
			g.mu.RUnlock()
		}
	}
	return out
}

// LockInfo is one hold of the lock table.
type LockInfo struct {
	Name      string // ^Sample(1), as $NAME writes it
	Namespace string
	Owner     int64  // the job
	Mode      string // Exclusive, Shared
}

// Locks lists the lock table in order of names.
func (s *Store) Locks() []LockInfo {
	t := &s.locks
	t.mu.Lock()
	defer t.mu.Unlock()
	var out []LockInfo
	t.names.Scan(func(e *lockEntry) bool {
		db, name, subs := splitLock(e.key)
		for _, h := range e.holds {
			mode := "Shared"
			if h.has(0) {
				mode = "Exclusive"
			}
			out = append(out, LockInfo{Ref{name, subs}.String(), db, h.p.job, mode})
		}
		return true
	})
	return out
}

// splitLock takes the key of a lock name apart.
func splitLock(key string) (db, global string, subs []value.Value) {
	db, key = cutZero(key)
	global, key = cutZero(key)
	for key != "" {
		v, n, err := value.NextKey(key)
		if err != nil {
			break
		}
		subs, key = append(subs, v), key[n:]
	}
	return db, global, subs
}

func cutZero(s string) (before, after string) {
	for i := 0; i < len(s); i++ {
		if s[i] == 0 {
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}
