package analyze

import (
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

const (
	hintNoOperator  = "No operator matches the given name and argument types. You might need to add explicit type casts."
	hintNoPrefix    = "No operator matches the given name and argument type. You might need to add an explicit type cast."
	hintNoFunction  = "No function matches the given name and argument types. You might need to add explicit type casts."
	hintAmbiguousOp = "Could not choose a best candidate operator. You might need to add explicit type casts."
	hintAmbiguousFn = "Could not choose a best candidate function. You might need to add explicit type casts."
)

// resolveOperator picks the operator for argument types (PostgreSQL docs, 10.2). One argument means a prefix operator.
func resolveOperator(symbol string, args []pgtypes.OID, pos int) (*Function, error) {
	var candidates []*Function
	for _, f := range catalogOnce().operators[symbol] {
		if len(f.Args) == len(args) {
			candidates = append(candidates, f)
		}
	}
	if f := exactOperator(candidates, args); f != nil {
		return f, nil
	}
	f, many := bestCandidate(candidates, args)
	if f != nil {
		return f, nil
	}
	shown := operatorSignature(symbol, args)
	if many {
		return nil, pgerr.New(pgerr.AmbiguousFunction, "operator is not unique: %s", shown).WithHint("%s", hintAmbiguousOp).At(pos)
	}
	hint := hintNoOperator
	if len(args) == 1 {
		hint = hintNoPrefix
	}
	return nil, pgerr.New(pgerr.UndefinedFunction, "operator does not exist: %s", shown).WithHint("%s", hint).At(pos)
}

// exactOperator looks for the argument types as they are; of a binary operator with one unknown argument, for the other
// argument's type on both sides.
func exactOperator(candidates []*Function, args []pgtypes.OID) *Function {
	want := args
	if len(args) == 2 {
		l, r := args[0], args[1]
		switch {
		case l == pgtypes.Unknown && r != pgtypes.Unknown:
			want = []pgtypes.OID{r, r}
		case r == pgtypes.Unknown && l != pgtypes.Unknown:
			want = []pgtypes.OID{l, l}
		}
	}
	for _, f := range candidates {
		if sameTypes(f.Args, want) {
			return f
		}
	}
	return nil
}

func sameTypes(a, b []pgtypes.OID) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func operatorSignature(symbol string, args []pgtypes.OID) string {
	if len(args) == 1 {
		return symbol + " " + TypeName(args[0])
	}
	return TypeName(args[0]) + " " + symbol + " " + TypeName(args[1])
}

func functionSignature(name string, args []pgtypes.OID) string {
	names := make([]string, len(args))
	for i, a := range args {
		names[i] = TypeName(a)
	}
	return name + "(" + strings.Join(names, ", ") + ")"
}

// resolveFunction picks a function for argument types (PostgreSQL docs, 10.3). It gives nil without an error when there
// is none, so that the caller can try a cast written as a call.
func resolveFunction(name string, args []pgtypes.OID, pos int) (*Function, error) {
	all := catalogOnce().functions[name]
	for _, f := range all {
		if !f.Variadic && sameTypes(f.Args, args) {
			return f, nil
		}
	}
	var candidates []*Function
	for _, f := range all {
		if len(f.Args) == len(args) && !f.Variadic || f.Variadic && len(args) >= len(f.Args) {
			candidates = append(candidates, f)
		}
	}
	f, many := bestCandidate(candidates, args)
	if many {
		return nil, pgerr.New(pgerr.AmbiguousFunction, "function %s is not unique", functionSignature(name, args)).
			WithHint("%s", hintAmbiguousFn).At(pos)
	}
	return f, nil
}

// argType is the declared type of argument i, the last one repeated for variadic functions.
func (f *Function) argType(i int) pgtypes.OID {
	if i >= len(f.Args) {
		return f.Args[len(f.Args)-1]
	}
	return f.Args[i]
}

// bestCandidate runs the steps of PostgreSQL docs 10.2 and 10.3 after the exact match: what can be coerced, most exact
// matches, preferred types, categories of the unknown arguments, same type as the known ones. many reports that several
// remain.
func bestCandidate(candidates []*Function, args []pgtypes.OID) (best *Function, many bool) {
	candidates = filter(candidates, func(f *Function) bool { return accepts(f, args) })
	switch len(candidates) {
	case 0:
		return nil, false
	case 1:
		return candidates[0], false
	}
	candidates = keepMost(candidates, func(f *Function) int {
		n := 0
		for i, a := range args {
			if a != pgtypes.Unknown && f.argType(i) == a {
				n++
			}
		}
		return n
	})
	if len(candidates) == 1 {
		return candidates[0], false
	}
	candidates = keepMost(candidates, func(f *Function) int { return preferredMatches(f, args) })
	if len(candidates) == 1 {
		return candidates[0], false
	}
	if !hasUnknown(args) {
		return nil, true
	}
	candidates = byCategory(candidates, args)
	if len(candidates) == 1 {
		return candidates[0], false
	}
	if f := sameAsKnown(candidates, args); f != nil {
		return f, false
	}
	return nil, true
}

func preferredMatches(f *Function, args []pgtypes.OID) int {
	n := 0
	for i, a := range args {
		if a == pgtypes.Unknown {
			continue
		}
		want := info(f.argType(i))
		if want.OID == a || want.Preferred && want.Category == info(a).Category {
			n++
		}
	}
	return n
}

func hasUnknown(args []pgtypes.OID) bool {
	for _, a := range args {
		if a == pgtypes.Unknown {
			return true
		}
	}
	return false
}

// byCategory chooses a category for each unknown argument: string if any candidate takes one, else the only category
// there is. Candidates of other categories go, and those without the preferred type where one has it.
func byCategory(candidates []*Function, args []pgtypes.OID) []*Function {
	type slot struct {
		Category  byte
		Preferred bool
	}
	slots := make([]slot, len(args))
	for i, a := range args {
		if a != pgtypes.Unknown {
			continue
		}
		var s slot
		conflict := false
		for _, f := range candidates {
			t := info(f.argType(i))
			switch {
			case s.Category == 0:
				s = slot{t.Category, t.Preferred}
			case t.Category == s.Category:
				s.Preferred = s.Preferred || t.Preferred
			case t.Category == 'S':
				s = slot{'S', t.Preferred}
			default:
				conflict = true
			}
		}
		if conflict && s.Category != 'S' {
			return candidates
		}
		slots[i] = s
	}
	kept := filter(candidates, func(f *Function) bool {
		for i, a := range args {
			if a != pgtypes.Unknown {
				continue
			}
			t := info(f.argType(i))
			if t.Category != slots[i].Category || slots[i].Preferred && !t.Preferred {
				return false
			}
		}
		return true
	})
	if len(kept) > 0 {
		return kept
	}
	return candidates
}

// sameAsKnown assumes that unknown arguments have the type of the known ones, if those agree.
func sameAsKnown(candidates []*Function, args []pgtypes.OID) *Function {
	known := pgtypes.OID(0)
	for _, a := range args {
		if a == pgtypes.Unknown {
			continue
		}
		if known != 0 && known != a {
			return nil
		}
		known = a
	}
	if known == 0 {
		return nil
	}
	assumed := make([]pgtypes.OID, len(args))
	for i := range assumed {
		assumed[i] = known
	}
	kept := filter(candidates, func(f *Function) bool { return accepts(f, assumed) })
	if len(kept) == 1 {
		return kept[0]
	}
	return nil
}

func filter(in []*Function, keep func(*Function) bool) []*Function {
	var out []*Function
	for _, f := range in {
		if keep(f) {
			out = append(out, f)
		}
	}
	return out
}

func keepMost(in []*Function, score func(*Function) int) []*Function {
	most := 0
	var out []*Function
	for _, f := range in {
		switch n := score(f); {
		case n > most || out == nil:
			most, out = n, []*Function{f}
		case n == most:
			out = append(out, f)
		}
	}
	return out
}
