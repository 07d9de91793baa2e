package session

import (
	"context"
	"maps"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/parse"
	"iris-pgwire/internal/sql/plan"
)

// runPrepare runs PREPARE. Its statements and the protocol's are one namespace.
func runPrepare(ctx context.Context, s *Session, p *portal) error {
	n := p.st.parsed.Node.(*parse.Prepare)
	declared := make([]pgtypes.OID, len(n.Types))
	for i, t := range n.Types {
		oid, err := typeOID(p.st.text, t)
		if err != nil {
			return err
		}
		declared[i] = oid
	}
	inner := p.st.parsed
	inner.Node = n.Query
	st, err := s.analyze(ctx, p.st.text, []parse.Statement{inner}, declared)
	if err != nil {
		return err
	}
	st.fromSQL = true
	p.result.tag = "PREPARE"
	return s.keep(n.Name, st)
}

// typeOID finds the type that a name means. Modifiers don't matter to a parameter.
func typeOID(text string, t *parse.TypeName) (pgtypes.OID, error) {
	name := t.Names[len(t.Names)-1]
	if len(t.ArrayBounds) > 0 {
		name += "[]"
	}
	info, ok := pgtypes.ByName(name)
	if !ok {
		return 0, pgerr.New(pgerr.UndefinedObject, "type %q does not exist", name).At(parse.CharPos(text, t.Pos()))
	}
	return info.OID, nil
}

// executeColumns tells the columns of EXECUTE: those of the prepared statement.
func executeColumns(s *Session, st *statement) ([]plan.Column, error) {
	prepared, err := s.lookup(st.parsed.Node.(*parse.Execute).Name)
	if err != nil {
		return nil, err
	}
	return s.columns(prepared)
}

// runExecute runs EXECUTE: its portal becomes one of the prepared statement.
func runExecute(ctx context.Context, s *Session, p *portal) error {
	n := p.st.parsed.Node.(*parse.Execute)
	prepared, err := s.lookup(n.Name)
	if err != nil {
		return err
	}
	if len(n.Args) != len(prepared.params) {
		return pgerr.New(pgerr.SyntaxError, "wrong number of parameters for prepared statement %q", n.Name).
			WithDetail("Expected %d parameters but got %d.", len(prepared.params), len(n.Args))
	}
	args := make([]iris.Value, len(n.Args))
	for i, e := range n.Args {
		if args[i], err = s.constant(p.st.text, e, i+1, prepared.params[i]); err != nil {
			return err
		}
	}
	if err := s.refresh(ctx, prepared); err != nil {
		return err
	}
	if prepared.empty() {
		return pgerr.New(pgerr.SyntaxError, "prepared statement %q is empty", n.Name)
	}
	p.st, p.args = prepared, args
	return s.start(ctx, p)
}

// constant reads argument number n of EXECUTE as the parameter's type. Only constants are built.
func (s *Session) constant(text string, e parse.Expr, n int, t pgtypes.Type) (iris.Value, error) {
	if cast, ok := e.(*parse.Cast); ok {
		oid, err := typeOID(text, cast.Type)
		if err != nil {
			return iris.Null(), err
		}
		if oid == t.OID && len(cast.Type.Mods) == 0 {
			e = cast.Arg
		}
	}
	lit, ok := e.(*parse.Literal)
	if !ok {
		return iris.Null(), notBuilt(text, e, "an argument of EXECUTE that is not a constant")
	}
	at := parse.CharPos(text, lit.Pos())
	if err := assignable(lit, n, t); err != nil {
		return iris.Null(), err.At(at)
	}
	if lit.Kind == parse.NullLiteral {
		return iris.Null(), nil
	}
	style := s.settings.current().style
	style.Now = s.since
	v, err := pgtypes.ParseStyled(t, lit.Text, style)
	if err != nil {
		copied := *pgerr.As(err)
		return iris.Null(), copied.At(at)
	}
	return v, nil
}

// assignable refuses a number or truth value where PostgreSQL has no assignment cast to the parameter's type.
func assignable(lit *parse.Literal, n int, t pgtypes.Type) *pgerr.Error {
	info, _ := pgtypes.Lookup(t.OID)
	given := ""
	switch lit.Kind {
	case parse.IntLiteral, parse.FloatLiteral:
		// Everything has an assignment cast to text; numbers have them among each other, where rounding is not built.
		if info.Category == 'N' || info.Category == 'S' {
			return nil
		}
		given = map[bool]string{true: "integer", false: "numeric"}[lit.Kind == parse.IntLiteral]
	case parse.BoolLiteral:
		if info.Category == 'B' || info.Category == 'S' {
			return nil
		}
		given = "boolean"
	case parse.BitLiteral:
		if info.Category == 'V' {
			return nil
		}
		given = "bit"
	default:
		return nil
	}
	return pgerr.New(pgerr.DatatypeMismatch, "parameter $%d of type %s cannot be coerced to the expected type %s", n, given, info.SQLName).
		WithHint("You will need to rewrite or cast the expression.")
}

// runDeallocate runs DEALLOCATE.
func runDeallocate(_ context.Context, s *Session, p *portal) error {
	n := p.st.parsed.Node.(*parse.Deallocate)
	if n.Name == "" {
		p.result.tag = "DEALLOCATE ALL"
		s.forgetStatements()
		return nil
	}
	p.result.tag = "DEALLOCATE"
	if _, err := s.lookup(n.Name); err != nil {
		return err
	}
	delete(s.statements, n.Name)
	return nil
}

// forgetStatements drops every prepared statement that has a name.
func (s *Session) forgetStatements() {
	maps.DeleteFunc(s.statements, func(name string, _ *statement) bool { return name != "" })
}
