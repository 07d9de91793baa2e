package analyze

import (
	"strings"
	"sync"

	"iris-pgwire/internal/pgtypes"
)

// catalog is every function, operator, aggregate and cast that the analyzer knows, built once from the catalog_*.go
// tables and never changed. A function's line is
//
//	name(argument types) result [v]
//
// with pg_type's names, int4[] for an array, text... for a last argument that repeats, and v for volatile functions. A
// signature with defaults has one line for each number of arguments.
type catalog struct {
	functions map[string][]*Function // scalar functions, aggregates and window functions by name
	operators map[string][]*Function // by symbol; a prefix operator has one argument
	byID      map[string]*Function
	casts     map[castKey]castInfo
}

var catalogOnce = sync.OnceValue(buildCatalog)

// FunctionByID finds a function by its ID (see Function); nil when there is none. Operators come before functions of
// the same ID: they share the function.
func FunctionByID(id string) *Function { return catalogOnce().byID[id] }

func buildCatalog() *catalog {
	c := &catalog{functions: map[string][]*Function{}, operators: map[string][]*Function{}, byID: map[string]*Function{}}
	var all []*Function
	for _, table := range []string{comparisons} {
		all = append(all, comparisonRows(table)...)
	}
	for _, table := range []string{arithmetic, otherOperators, vectorOperators} {
		all = append(all, operatorRows(table)...)
	}
	for _, f := range all {
		c.operators[f.Name] = append(c.operators[f.Name], f)
	}
	for _, t := range []struct {
		text string
		kind FunctionKind
	}{
		{stringFunctions, Scalar}, {mathFunctions, Scalar}, {datetimeFunctions, Scalar}, {systemFunctions, Scalar},
		{jsonFunctions, Scalar}, {arrayFunctions, Scalar}, {vectorFunctions, Scalar},
		{aggregateFunctions, AggregateFunc}, {vectorAggregates, AggregateFunc}, {windowFunctions, WindowFunc},
	} {
		for _, f := range functionRows(t.text, t.kind) {
			c.functions[f.Name] = append(c.functions[f.Name], f)
			all = append(all, f)
		}
	}
	c.name(all)
	c.casts = castRows(castTable)
	return c
}

// name gives every function its ID: the name of the underlying function alone where all signatures of that name have
// the same arguments, else the name with the argument types.
func (c *catalog) name(all []*Function) {
	signatures := map[string]map[string]bool{}
	for _, f := range all {
		if signatures[f.ID] == nil {
			signatures[f.ID] = map[string]bool{}
		}
		signatures[f.ID][signature(f)] = true
	}
	for _, f := range all {
		if len(signatures[f.ID]) > 1 {
			f.ID += signature(f)
		}
		if c.byID[f.ID] == nil {
			c.byID[f.ID] = f
		}
	}
}

// signature prints the argument types with pg_type's names: (text,int4).
func signature(f *Function) string {
	var b strings.Builder
	b.WriteByte('(')
	for i, a := range f.Args {
		if i > 0 {
			b.WriteByte(',')
		}
		t := info(a)
		if t.Elem != 0 {
			b.WriteString(info(t.Elem).Name + "[]")
		} else {
			b.WriteString(t.Name)
		}
	}
	if f.Variadic {
		b.WriteString("...")
	}
	b.WriteByte(')')
	return b.String()
}

// comparisonOrder is the order of the six functions in a line of comparisons.
var comparisonOrder = [6]string{"<", "<=", "<>", "=", ">", ">="}

func comparisonRows(table string) []*Function {
	var out []*Function
	for line := range strings.Lines(strings.TrimSpace(table)) {
		f := strings.Fields(line)
		for i, symbol := range comparisonOrder {
			out = append(out, &Function{Name: symbol, ID: f[2+i], Kind: Operator, Args: typeList(f[0], f[1]), Result: pgtypes.Bool})
		}
	}
	return out
}

func operatorRows(table string) []*Function {
	var out []*Function
	for line := range strings.Lines(strings.TrimSpace(table)) {
		f := strings.Fields(line)
		fn := &Function{Name: f[1], ID: f[4], Kind: Operator, Result: typeNamed(f[3])}
		if f[0] == "-" {
			fn.Args = typeList(f[2])
		} else {
			fn.Args = typeList(f[0], f[2])
		}
		out = append(out, fn)
	}
	return out
}

func functionRows(table string, kind FunctionKind) []*Function {
	var out []*Function
	for line := range strings.Lines(strings.TrimSpace(table)) {
		line = strings.TrimSpace(line)
		open, end := strings.IndexByte(line, '('), strings.IndexByte(line, ')')
		rest := strings.Fields(line[end+1:])
		fn := &Function{Name: line[:open], ID: line[:open], Kind: kind, Result: typeNamed(rest[0]), Volatile: len(rest) > 1}
		if args := line[open+1 : end]; args != "" {
			args, fn.Variadic = strings.CutSuffix(args, "...")
			fn.Args = typeList(strings.Split(args, ",")...)
		}
		out = append(out, fn)
	}
	return out
}

func typeList(names ...string) []pgtypes.OID {
	out := make([]pgtypes.OID, len(names))
	for i, n := range names {
		out[i] = typeNamed(n)
	}
	return out
}

// typeNamed resolves a name of the tables; an unknown one is OID 0, which a test forbids.
func typeNamed(name string) pgtypes.OID {
	if t, ok := pgtypes.ByName(name); ok {
		return t.OID
	}
	return 0
}
