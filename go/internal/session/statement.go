package session

import (
	"context"
	"slices"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/parse"
	"iris-pgwire/internal/sql/plan"
)

// statement is a prepared statement, or one of a simple query.
type statement struct {
	name     string
	text     string // the whole text that positions refer to
	parsed   parse.Statement
	declared []pgtypes.OID
	params   []pgtypes.Type
	plan     *plan.Statement // of what IRIS runs; else nil
	utility  *utility        // of what the session itself does; else nil. With neither, the text was empty
	version  uint64          // the compiler's, when plan was made
	fromSQL  bool            // made by PREPARE
}

// analyze finds out what a parsed statement is. No statement at all (nothing but blanks and comments) is fine.
func (s *Session) analyze(ctx context.Context, text string, list []parse.Statement, declared []pgtypes.OID) (*statement, error) {
	st := &statement{text: text, declared: declared}
	if len(list) > 0 {
		st.parsed = list[0]
		if err := s.checkFailed(st.parsed.Node); err != nil {
			return nil, err
		}
		if err := s.refuse(text, st.parsed.Node); err != nil {
			return nil, err
		}
		if st.utility = utilityOf(st.parsed.Node); st.utility == nil {
			if err := s.replan(ctx, st); err != nil {
				return nil, err
			}
		}
	}
	if st.plan != nil {
		st.params = st.plan.Params
	}
	for _, oid := range declared[min(len(st.params), len(declared)):] {
		st.params = append(st.params[:len(st.params):len(st.params)], pgtypes.Of(oid)) // declared and not used
	}
	return st, nil
}

// replan compiles the statement as things are now.
func (s *Session) replan(ctx context.Context, st *statement) error {
	version := s.Compiler.Version(s.who.Login.Namespace)
	p, err := s.compile(ctx, st.text, st.parsed, st.declared)
	if err != nil {
		return err
	}
	st.plan, st.version = p, version
	return nil
}

// refresh compiles a prepared statement again if tables may have changed since. One whose columns have changed is
// refused as in PostgreSQL: clients know the old columns.
func (s *Session) refresh(ctx context.Context, st *statement) error {
	if st.plan == nil || st.version == s.Compiler.Version(s.who.Login.Namespace) {
		return nil
	}
	old := st.plan
	if err := s.replan(ctx, st); err != nil {
		return err
	}
	if sameColumns(old.Columns, st.plan.Columns) && slices.Equal(old.Params, st.plan.Params) {
		return nil
	}
	st.plan = old
	return pgerr.New(pgerr.FeatureNotSupported, "cached plan must not change result type")
}

func sameColumns(a, b []plan.Column) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Name != b[i].Name || a[i].Type != b[i].Type {
			return false
		}
	}
	return true
}

// columns gives what Describe tells; nil for a statement that returns no rows.
func (s *Session) columns(st *statement) ([]plan.Column, error) {
	switch {
	case st.plan != nil:
		return st.plan.Columns, nil
	case st.utility != nil && st.utility.columns != nil:
		return st.utility.columns(s, st)
	}
	return nil, nil
}

// lookup finds a prepared statement; "" is the unnamed one.
func (s *Session) lookup(name string) (*statement, error) {
	if st, ok := s.statements[name]; ok {
		return st, nil
	}
	if name == "" {
		return nil, pgerr.New(pgerr.InvalidSQLStatementName, "unnamed prepared statement does not exist")
	}
	return nil, pgerr.New(pgerr.InvalidSQLStatementName, "prepared statement %q does not exist", name)
}

// keep stores a prepared statement.
func (s *Session) keep(name string, st *statement) error {
	if name != "" {
		if _, exists := s.statements[name]; exists {
			return pgerr.New(pgerr.DuplicatePreparedStatement, "prepared statement %q already exists", name)
		}
		if s.MaxStatements > 0 && len(s.statements) >= s.MaxStatements {
			return pgerr.New(pgerr.ProgramLimitExceeded, "a session may hold no more than %d prepared statements", s.MaxStatements).
				WithHint("Close or DEALLOCATE those that are no longer needed.")
		}
	}
	st.name = name
	s.statements[name] = st
	return nil
}
