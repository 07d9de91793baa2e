package compile

import (
	"context"
	"strconv"
	"strings"
	"sync"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/session"
	"iris-pgwire/internal/sql/plan"
)

// Options are the settings that compiling depends on for the whole gateway.
type Options struct {
	Public     string // the IRIS schema that clients see as public; "" = SQLUser
	RefuseWide bool   // refuse numeric columns of more than 18 digits
	Plans      int    // compiled statements kept; 0 = 1000
}

// Cache compiles statements and keeps the last used. It is safe for concurrent use.
type Cache struct {
	opts Options

	mu         sync.Mutex
	namespaces map[string]*namespace
	plans      lru
}

var _ session.Compiler = (*Cache)(nil)

// namespace is what is known of one IRIS namespace.
type namespace struct {
	tables *schema.Namespace
	mu     sync.Mutex
	// major and minor are IRIS's version, 0 until a connection has told it.
	major, minor int
}

// New makes an empty cache.
func New(o Options) *Cache {
	if o.Public == "" {
		o.Public = "SQLUser"
	}
	if o.Plans <= 0 {
		o.Plans = 1000
	}
	return &Cache{opts: o, namespaces: map[string]*namespace{}, plans: newLRU(o.Plans)}
}

func (c *Cache) namespace(name string) *namespace {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.namespaces[name]
	if n == nil {
		n = &namespace{tables: schema.NewNamespace(name)}
		c.namespaces[name] = n
	}
	return n
}

// Version implements session.Compiler.
func (c *Cache) Version(namespace string) uint64 { return c.namespace(namespace).tables.Version() }

// Invalidate implements session.Compiler. IRIS may have been replaced by another version as well.
func (c *Cache) Invalidate(namespace string) {
	n := c.namespace(namespace)
	n.mu.Lock()
	n.major, n.minor = 0, 0
	n.mu.Unlock()
	n.tables.Invalidate()
}

// MapError implements session.Compiler.
func (c *Cache) MapError(err *iris.Error) *pgerr.Error { return iris.MapError(err) }

// Compile implements session.Compiler. Of several sessions that want the same statement one compiles it; a failure is not
// kept, and each of the others tries for itself.
func (c *Cache) Compile(ctx context.Context, in session.Input) (*plan.Statement, error) {
	ns := c.namespace(in.Namespace)
	key := keyOf(in, ns.tables.Version())
	for {
		e, mine := c.claim(key)
		if mine {
			return c.fill(ctx, ns, key, e, in)
		}
		select {
		case <-e.done:
			if e.err == nil {
				return e.plan, nil
			}
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

func (c *Cache) claim(key string) (e *entry, mine bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.plans.get(key); e != nil {
		return e, false
	}
	e = &entry{key: key, done: make(chan struct{}), err: errUnfinished}
	c.plans.add(e)
	return e, true
}

func (c *Cache) fill(ctx context.Context, ns *namespace, key string, e *entry, in session.Input) (*plan.Statement, error) {
	defer func() {
		if e.err != nil {
			c.mu.Lock()
			c.plans.remove(e)
			c.mu.Unlock()
		}
		close(e.done)
	}()
	e.plan, e.err = c.compile(ctx, ns, in)
	return e.plan, e.err
}

func (c *Cache) compile(ctx context.Context, ns *namespace, in session.Input) (*plan.Statement, error) {
	source, major, minor, err := ns.source(ctx, in)
	if err != nil {
		return nil, err
	}
	return plan.Compile(ctx, plan.Input{
		Text: in.Text, Statement: in.Statement, Declared: in.Declared, Schema: source, User: in.User, Path: in.Path,
		Public: c.opts.Public, Style: in.Style, Major: major, Minor: minor, RefuseWide: c.opts.RefuseWide,
	})
}

// The version that is assumed where no server can be asked.
const (
	assumedMajor = 2025
	assumedMinor = 1
)

// source gives the namespace's tables as the user sees them, and IRIS's version, which the first connection tells. Without
// a way to a connection there are no tables.
func (n *namespace) source(ctx context.Context, in session.Input) (source schema.Source, major, minor int, err error) {
	if in.Conn == nil {
		return noTables{}, assumedMajor, assumedMinor, nil
	}
	n.mu.Lock()
	major, minor = n.major, n.minor
	n.mu.Unlock()
	if major == 0 {
		conn, err := in.Conn(ctx)
		if err != nil {
			return nil, 0, 0, err
		}
		if major, minor = conn.Server().Major, conn.Server().Minor; major == 0 {
			major, minor = assumedMajor, assumedMinor
		}
		n.mu.Lock()
		n.major, n.minor = major, minor
		n.mu.Unlock()
	}
	return n.tables.As(in.User, in.Conn), major, minor, nil
}

// noTables is the schema of a translation without a server.
type noTables struct{}

func (noTables) Table(context.Context, string, string) (*schema.Table, error) { return nil, nil }
func (noTables) Version() uint64                                              { return 0 }

// keyOf is everything that a statement's meaning depends on.
func keyOf(in session.Input, version uint64) string {
	var b strings.Builder
	part := func(s string) {
		b.WriteString(strconv.Itoa(len(s)))
		b.WriteByte(':')
		b.WriteString(s)
	}
	number := func(n int64) {
		b.WriteString(strconv.FormatInt(n, 10))
		b.WriteByte(',')
	}
	number(int64(version))
	part(in.Namespace)
	part(in.User)
	part(in.Settings)
	number(int64(len(in.Path)))
	for _, s := range in.Path {
		part(s)
	}
	number(int64(len(in.Declared)))
	for _, oid := range in.Declared {
		number(int64(pgtypes.OID(oid)))
	}
	number(int64(in.Statement.Start))
	number(int64(in.Statement.End))
	b.WriteString(in.Text)
	return b.String()
}
