package server

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/binary"
	"sync"

	"iris-pgwire/internal/pgwire"
	"iris-pgwire/internal/session"
)

// entry is a session with what a CancelRequest must know of it.
type entry struct {
	pid     uint32
	key     []byte
	conn    *pgwire.Conn
	session *session.Session
}

// registry finds sessions by process number.
type registry struct {
	mu      sync.Mutex
	taken   int // sessions and logins under way
	entries map[uint32]*entry
}

// take counts one more client; false when there are too many.
func (r *registry) take(most int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.taken >= most {
		return false
	}
	r.taken++
	return true
}

func (r *registry) giveBack() {
	r.mu.Lock()
	r.taken--
	r.mu.Unlock()
}

// add gives a session its process number and cancel key, of 4 bytes up to protocol 3.1 and of 32 from 3.2 on.
func (r *registry) add(conn *pgwire.Conn, keyLength int, make func(pid uint32, key []byte) *session.Session) *entry {
	e := &entry{key: randomBytes(keyLength), conn: conn}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.entries == nil {
		r.entries = map[uint32]*entry{}
	}
	for e.pid == 0 || r.entries[e.pid] != nil {
		e.pid = binary.BigEndian.Uint32(randomBytes(4)) >> 1 // clients show it as a signed number
	}
	e.session = make(e.pid, e.key)
	r.entries[e.pid] = e
	return e
}

func (r *registry) remove(e *entry) {
	r.mu.Lock()
	delete(r.entries, e.pid)
	r.mu.Unlock()
}

func (r *registry) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.entries)
}

func (r *registry) holds(conn *pgwire.Conn) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range r.entries {
		if e.conn == conn {
			return true
		}
	}
	return false
}

func (r *registry) each(f func(*entry)) {
	r.mu.Lock()
	list := make([]*entry, 0, len(r.entries))
	for _, e := range r.entries {
		list = append(list, e)
	}
	r.mu.Unlock()
	for _, e := range list {
		f(e)
	}
}

// cancel interrupts the session of that number if the key is right. The client is told nothing either way.
func (r *registry) cancel(pid uint32, key []byte) {
	r.mu.Lock()
	e := r.entries[pid]
	r.mu.Unlock()
	if e != nil && subtle.ConstantTimeCompare(e.key, key) == 1 {
		e.session.Cancel()
	}
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails (crypto/rand docs)
	return b
}
