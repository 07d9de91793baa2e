package analyze

import (
	"strings"

	"iris-pgwire/internal/pgtypes"
)

// castContext orders the situations in which a cast may be used (PostgreSQL docs, "CREATE CAST").
type castContext uint8

const (
	implicitCast castContext = iota
	assignmentCast
	explicitCast
)

type castKey struct{ from, to pgtypes.OID }

// castInfo is a row of pg_cast.
type castInfo struct {
	context castContext
	binary  bool // the value stays as it is
}

// castPath says how a type becomes another.
type castPath uint8

const (
	noPath    castPath = iota
	relabel            // same value, other type
	convert            // a conversion function
	arrayPath          // element by element
	textPath           // through the types' text forms
)

func castRows(table string) map[castKey]castInfo {
	out := map[castKey]castInfo{}
	for line := range strings.Lines(strings.TrimSpace(table)) {
		f := strings.Fields(line)
		from := typeNamed(f[0])
		for _, entry := range f[1:] {
			name, how, _ := strings.Cut(entry, ":")
			c := castInfo{binary: strings.HasSuffix(how, "b")}
			switch how[0] {
			case 'a':
				c.context = assignmentCast
			case 'e':
				c.context = explicitCast
			}
			out[castKey{from, typeNamed(name)}] = c
		}
	}
	return out
}

// pathBetween finds the way from one type to another in a context (PostgreSQL docs, 10.1 and "CREATE CAST": casts to
// string types through the text form work in assignments, from string types explicitly).
func pathBetween(from, to pgtypes.OID, ctx castContext) castPath {
	if from == to {
		return relabel
	}
	if from == pgtypes.Unknown {
		return convert
	}
	if c, ok := catalogOnce().casts[castKey{from, to}]; ok {
		if ctx < c.context {
			return noPath
		}
		if c.binary {
			return relabel
		}
		return convert
	}
	f, t := info(from), info(to)
	if f.Elem != 0 && t.Elem != 0 {
		if p := pathBetween(f.Elem, t.Elem, ctx); p == relabel {
			return relabel
		} else if p != noPath {
			return arrayPath
		}
	}
	if from == pgtypes.Void || f.Category == 'P' || t.Category == 'P' {
		return noPath
	}
	if ctx >= assignmentCast && t.Category == 'S' {
		return textPath
	}
	if ctx >= explicitCast && f.Category == 'S' {
		return textPath
	}
	return noPath
}

// canCoerce reports whether an expression of type from may stand where to is wanted; unknown literals and parameters
// may stand for anything.
func canCoerce(from, to pgtypes.OID, ctx castContext) bool {
	if from == to || to == oidAny || isPolymorphic(to) || from == pgtypes.Unknown {
		return true
	}
	return pathBetween(from, to, ctx) != noPath
}
