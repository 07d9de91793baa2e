package schema

import (
	"strconv"
	"strings"

	"iris-pgwire/internal/pgtypes"
)

// markerPrefix begins the %DESCRIPTION of a column whose PostgreSQL type IRIS's class cannot tell: "pg:uuid",
// "pg:timestamp(3) with time zone", "pg:integer[]".
const markerPrefix = "pg:"

// Marker is what %DESCRIPTION holds for a column of the type. It dies with the column.
func Marker(t pgtypes.Type) string { return markerPrefix + pgtypes.Format(t) }

// ReadMarker reads a column's description; ok is false when it is no marker, which is what any other description is.
func ReadMarker(description string) (t pgtypes.Type, ok bool) {
	text, isMarker := strings.CutPrefix(description, markerPrefix)
	if !isMarker {
		return pgtypes.Type{}, false
	}
	text, _, _ = strings.Cut(text, "\n")
	return readType(strings.TrimSpace(text))
}

// readType reads what pgtypes.Format prints.
func readType(text string) (pgtypes.Type, bool) {
	elem, isArray := strings.CutSuffix(text, "[]")
	name, args, ok := cutArgs(elem)
	if !ok {
		return pgtypes.Type{}, false
	}
	info, ok := pgtypes.ByName(strings.Trim(name, `"`)) // "char" is printed in quotes
	if !ok {
		return pgtypes.Type{}, false
	}
	mod, err := pgtypes.TypMod(info.OID, args)
	if err != nil {
		return pgtypes.Type{}, false
	}
	if isArray {
		if info.Array == 0 {
			return pgtypes.Type{}, false
		}
		return pgtypes.Type{OID: info.Array, Mod: mod}, true
	}
	return pgtypes.Type{OID: info.OID, Mod: mod}, true
}

// cutArgs splits "timestamp(3) with time zone" into its name and its modifiers.
func cutArgs(text string) (name string, args []int, ok bool) {
	before, rest, has := strings.Cut(text, "(")
	if !has {
		return text, nil, true
	}
	inside, after, closed := strings.Cut(rest, ")")
	if !closed {
		return "", nil, false
	}
	for _, a := range strings.Split(inside, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(a))
		if err != nil {
			return "", nil, false
		}
		args = append(args, n)
	}
	return before + after, args, true
}
