package session

import (
	"context"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/parse"
	"iris-pgwire/internal/sql/plan"
)

// Compiler turns a parsed statement into what is run on IRIS. It caches by everything in Input but Conn.
type Compiler interface {
	// Compile's error is a *pgerr.Error about the statement, or one of the connection that it asked.
	Compile(ctx context.Context, in Input) (*plan.Statement, error)
	// Version changes whenever compiled statements of the namespace may have become wrong.
	Version(namespace string) uint64
	// Invalidate forgets what is known of a namespace's tables.
	Invalidate(namespace string)
	// MapError words an error of IRIS for the client.
	MapError(err *iris.Error) *pgerr.Error
}

// Input is what a statement's meaning depends on.
type Input struct {
	Text      string // the whole text that positions refer to
	Statement parse.Statement
	Declared  []pgtypes.OID // parameter types that the client named; 0 = to be inferred
	Namespace string
	User      string
	Path      []string // search_path, resolved
	Settings  string   // equal texts: settings that mean the same to a compiled statement
	Style     pgtypes.Style
	// Conn gives a connection for questions about tables; it is called only when one comes up.
	Conn func(ctx context.Context) (iris.Conn, error)
}

// compile compiles one statement of text.
func (s *Session) compile(ctx context.Context, text string, st parse.Statement, declared []pgtypes.OID) (*plan.Statement, error) {
	ctx, span := s.Tracer.Start(ctx, "plan")
	defer span.End()
	return s.Compiler.Compile(ctx, Input{
		Text:      text,
		Statement: st,
		Declared:  declared,
		Namespace: s.who.Login.Namespace,
		User:      s.who.User,
		Path:      s.settings.searchPath(s.who.User),
		Settings:  s.settings.current().key,
		Style:     s.settings.current().style,
		Conn:      s.connection,
	})
}
