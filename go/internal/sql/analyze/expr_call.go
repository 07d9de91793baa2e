package analyze

import (
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/parse"
)

// setReturning are functions that give rows, which no expression here can.
var setReturning = map[string]bool{
	"generate_series": true, "unnest": true, "generate_subscripts": true, "regexp_matches": true, "regexp_split_to_table": true,
	"string_to_table": true, "json_array_elements": true, "jsonb_array_elements": true, "json_array_elements_text": true,
	"jsonb_array_elements_text": true, "json_each": true, "jsonb_each": true, "json_each_text": true, "jsonb_each_text": true,
	"json_object_keys": true, "jsonb_object_keys": true, "jsonb_path_query": true, "pg_get_keywords": true,
}

// call analyzes a function, aggregate or window function call.
func (a *analyzer) call(n *parse.FuncCall, s *scope) (Expr, error) {
	name := n.Name[len(n.Name)-1]
	if len(n.Name) > 2 || len(n.Name) == 2 && n.Name[0] != "pg_catalog" && n.Name[0] != "public" {
		return nil, a.notBuilt(n, "the function "+dotted(n.Name)+"()")
	}
	switch {
	case setReturning[name]:
		return nil, a.notBuilt(n, "the set-returning function "+name+"()")
	case n.WithinGroup:
		return nil, a.notBuilt(n, "the ordered-set aggregate "+name+"()")
	case n.Form == parse.FormAtLocal:
		return nil, a.notBuilt(n, "AT LOCAL")
	case n.Form == parse.FormCollationFor, n.Form == parse.FormSystemUser, n.Form == parse.FormXMLExists, n.Form == parse.FormSimilar:
		return nil, a.notBuilt(n, name+"()")
	}
	if e, ok := a.sessionCall(name, n); ok {
		return e, nil
	}
	aggregate := isAggregateName(name)
	inner := s
	if aggregate && n.Over == nil {
		if err := a.checkAggregate(n, s); err != nil {
			return nil, err
		}
		inner = s.inside(true, false)
	} else if n.Over != nil {
		if err := a.checkWindow(n, s); err != nil {
			return nil, err
		}
		inner = s.inside(false, true)
	}
	args, err := a.callArgs(n, inner)
	if err != nil {
		return nil, err
	}
	f, err := a.resolveCall(n, name, args)
	if err != nil || f == nil {
		if err == nil && !aggregate && n.Over == nil {
			return a.castCall(n, name, args)
		}
		if err == nil {
			err = a.undefined(n, name, args)
		}
		return nil, err
	}
	return a.finishCall(n, f, args, s, inner)
}

// inside is the scope of the arguments of an aggregate or window function.
func (s *scope) inside(aggregate, window bool) *scope {
	c := *s
	c.inAggregate = s.inAggregate || aggregate
	c.inWindow = s.inWindow || window
	return &c
}

func isAggregateName(name string) bool {
	list := catalogOnce().functions[name]
	return len(list) > 0 && list[0].Kind == AggregateFunc
}

// sessionCall finds a value that the session knows.
func (a *analyzer) sessionCall(name string, n *parse.FuncCall) (Expr, bool) {
	v, ok := sessionFunctions[name]
	if !ok || len(n.Args) > 0 {
		return nil, false
	}
	f := catalogOnce().functions[name]
	if len(f) == 0 {
		return nil, false
	}
	return &Session{a.node(f[0].Result, n), v}, true
}

func (a *analyzer) callArgs(n *parse.FuncCall, s *scope) ([]Expr, error) {
	if n.Variadic {
		return nil, a.notBuilt(n, "a VARIADIC argument")
	}
	out := make([]Expr, len(n.Args))
	for i, arg := range n.Args {
		if arg.Name != "" {
			return nil, a.notBuilt(arg, "a named argument")
		}
		var err error
		if out[i], err = a.expr(arg.Value, s); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// resolveCall picks the function; nil without an error when none fits.
func (a *analyzer) resolveCall(n *parse.FuncCall, name string, args []Expr) (*Function, error) {
	if n.Star {
		for _, f := range catalogOnce().functions[name] {
			if f.Kind == AggregateFunc && len(f.Args) == 0 {
				return f, nil
			}
		}
		return nil, a.undefined(n, name, nil)
	}
	return resolveFunction(name, typeNames(args), a.pos(n))
}

func (a *analyzer) undefined(n *parse.FuncCall, name string, args []Expr) error {
	if missing()[name] && len(catalogOnce().functions[name]) == 0 {
		return a.notBuilt(n, "the function "+name+"()")
	}
	hint := hintNoFunction
	shown := functionSignature(dotted(n.Name), typeNames(args))
	if n.Form != parse.FormCall {
		shown = functionSignature("pg_catalog."+name, typeNames(args))
	}
	return pgerr.New(pgerr.UndefinedFunction, "function %s does not exist", shown).WithHint("%s", hint).At(a.pos(n))
}

// castCall is a cast written as a call: float8(x) (PostgreSQL docs, 10.3 step 3).
func (a *analyzer) castCall(n *parse.FuncCall, name string, args []Expr) (Expr, error) {
	t, ok := pgtypes.ByName(name)
	if !ok || t.Category == 'P' || len(args) != 1 || n.Form != parse.FormCall || strings.Contains(name, " ") {
		return nil, a.undefined(n, name, args)
	}
	from := args[0].Type().OID
	if p := pathBetween(from, t.OID, explicitCast); from != pgtypes.Unknown && (p == noPath || p == convert && info(from).Category != 'S' && info(t.OID).Category == 'S') {
		return nil, a.undefined(n, name, args)
	}
	return a.castTo(args[0], pgtypes.Of(t.OID), n)
}

// finishCall makes the node of a resolved call.
func (a *analyzer) finishCall(n *parse.FuncCall, f *Function, args []Expr, s, inner *scope) (Expr, error) {
	bound, result, err := a.arguments(f, args)
	if err != nil {
		return nil, err
	}
	node := a.node(result, n)
	switch {
	case n.Over != nil:
		return a.window(n, f, bound, node, s, inner)
	case f.Kind == AggregateFunc:
		return a.aggregate(n, f, bound, node, s, inner)
	case f.Kind == WindowFunc:
		return nil, a.fail(pgerr.WrongObjectType, n, "window function %s requires an OVER clause", f.Name)
	case n.Distinct, n.OrderBy != nil, n.Filter != nil:
		what := "DISTINCT"
		if n.OrderBy != nil && !n.Distinct {
			what = "ORDER BY"
		} else if n.Filter != nil && !n.Distinct {
			what = "FILTER"
		}
		return nil, a.fail(pgerr.WrongObjectType, n, "%s specified, but %s is not an aggregate function", what, f.Name)
	}
	return &Call{node, f, false, bound}, nil
}
