package schema

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"iris-pgwire/internal/iris"
)

// absentFor is how long a table that was not found is believed not to exist. It spares the first schemas of search_path a
// question for every statement; it is short, because other programs make tables without telling us.
const absentFor = 2 * time.Second

// Connect gives a connection for questions; it is called only when one has to be asked.
type Connect func(ctx context.Context) (iris.Conn, error)

// Namespace holds what is known of one namespace's tables. Several sessions use it at once. What a user may not see is
// not in IRIS's answers, so each user has answers of their own.
type Namespace struct {
	name    string
	version atomic.Uint64
	now     func() time.Time

	mu    sync.Mutex
	users map[string]map[tableName]*entry
}

// tableName is a table's name in the form that IRIS compares.
type tableName struct{ schema, name string }

// entry is one table, or the knowledge that there is none. done is closed when it is known.
type entry struct {
	done  chan struct{}
	table *Table
	err   error
	until time.Time // of an absent table
}

// NewNamespace knows nothing yet.
func NewNamespace(name string) *Namespace {
	return &Namespace{name: name, now: time.Now, users: map[string]map[tableName]*entry{}}
}

// Version changes with every Invalidate.
func (n *Namespace) Version() uint64 { return n.version.Load() }

// Invalidate forgets every table: DDL ran, or IRIS said that a class was recompiled.
func (n *Namespace) Invalidate() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.version.Add(1)
	n.users = map[string]map[tableName]*entry{}
}

// As is the namespace as a user sees it, asked over connect.
func (n *Namespace) As(user string, connect Connect) Source {
	return view{n, user, connect}
}

type view struct {
	*Namespace
	user    string
	connect Connect
}

// Table implements Source. Of several callers who want the same table one asks IRIS; if that fails, the next one does.
func (v view) Table(ctx context.Context, schema, name string) (*Table, error) {
	key := tableName{strings.ToUpper(schema), strings.ToUpper(name)}
	for {
		e, mine := v.claim(key)
		if mine {
			v.load(ctx, e, key, schema, name)
			return e.table, e.err
		}
		select {
		case <-e.done:
			if e.err == nil {
				return e.table, nil
			}
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// claim finds the entry of a table, or makes one that the caller has to fill.
func (v view) claim(key tableName) (e *entry, mine bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	tables := v.users[v.user]
	if tables == nil {
		tables = map[tableName]*entry{}
		v.users[v.user] = tables
	}
	if e := tables[key]; e != nil && (e.until.IsZero() || v.now().Before(e.until)) {
		return e, false
	}
	e = &entry{done: make(chan struct{})}
	tables[key] = e
	return e, true
}

func (v view) load(ctx context.Context, e *entry, key tableName, schema, name string) {
	e.err = errUnfinished // in case of a panic
	defer v.settle(e, key)
	conn, err := v.connect(ctx)
	if err != nil {
		e.err = err
		return
	}
	e.table, e.err = (&reader{conn: conn, namespace: v.name}).table(ctx, schema, name)
}

// settle makes an entry's answer known; a failure is not kept.
func (v view) settle(e *entry, key tableName) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if e.err != nil {
		if v.users[v.user][key] == e {
			delete(v.users[v.user], key)
		}
	} else if e.table == nil {
		e.until = v.now().Add(absentFor)
	}
	close(e.done)
}
