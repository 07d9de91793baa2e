package analyze

import (
	"strconv"
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/parse"
)

// typeOf resolves a type's name with its modifiers.
func (a *analyzer) typeOf(n *parse.TypeName) (pgtypes.Type, error) {
	t, err := ResolveType(n)
	if e, ok := err.(*pgerr.Error); ok && e.Position == 0 {
		return t, e.At(a.pos(n))
	}
	return t, err
}

// ResolveType resolves a type's name with its modifiers; errors have no position, which is the name's. DDL uses it for
// column types.
func ResolveType(n *parse.TypeName) (pgtypes.Type, error) {
	name := n.Names[len(n.Names)-1]
	switch {
	case n.SetOf:
		return pgtypes.Type{}, pgerr.NotBuilt(0, "SETOF")
	case n.ColumnType:
		return pgtypes.Type{}, pgerr.NotBuilt(0, "%TYPE")
	}
	info, ok := pgtypes.ByName(name)
	if !ok && missingTypes[name] {
		return pgtypes.Type{}, pgerr.NotBuilt(0, "type "+name)
	}
	if !ok || len(n.Names) > 2 || len(n.Names) == 2 && n.Names[0] != "pg_catalog" && n.Names[0] != "public" {
		return pgtypes.Type{}, pgerr.New(pgerr.UndefinedObject, "type \"%s\" does not exist", strings.Join(n.Names, "."))
	}
	if info.Category == 'P' {
		return pgtypes.Type{}, pgerr.NotBuilt(0, "a value of type "+name)
	}
	t, err := withModifiers(n, info.OID)
	if err != nil || len(n.ArrayBounds) == 0 {
		return t, err
	}
	if t.OID = pgtypes.ArrayOf(info.OID); t.OID == 0 {
		return t, pgerr.New(pgerr.UndefinedObject, "type \"%s[]\" does not exist", name)
	}
	return t, nil
}

func withModifiers(n *parse.TypeName, oid pgtypes.OID) (pgtypes.Type, error) {
	t := pgtypes.Of(oid)
	if n.Interval != "" {
		return t, pgerr.NotBuilt(0, "INTERVAL "+n.Interval)
	}
	args := make([]int, len(n.Mods))
	for i, m := range n.Mods {
		l, ok := m.(*parse.Literal)
		if !ok || l.Kind != parse.IntLiteral {
			return t, pgerr.New(pgerr.SyntaxError, "type modifiers must be simple constants or identifiers")
		}
		args[i], _ = strconv.Atoi(l.Text) // the parser's integers fit
	}
	var err error
	t.Mod, err = pgtypes.TypMod(oid, args)
	return t, err
}

// missingTypes are PostgreSQL's types that are not built.
var missingTypes = map[string]bool{
	"money": true, "xml": true, "point": true, "line": true, "lseg": true, "box": true, "path": true, "polygon": true, "circle": true,
	"int4range": true, "int8range": true, "numrange": true, "tsrange": true, "tstzrange": true, "daterange": true,
	"int4multirange": true, "int8multirange": true, "nummultirange": true, "tsmultirange": true, "tstzmultirange": true, "datemultirange": true,
	"tsvector": true, "tsquery": true, "jsonpath": true, "pg_lsn": true, "tid": true, "xid": true, "xid8": true, "cid": true,
	"macaddr8": true, "regprocedure": true, "regoper": true, "regoperator": true, "regrole": true, "regnamespace": true,
	"regconfig": true, "regdictionary": true, "regcollation": true, "int2vector": true, "oidvector": true, "halfvec": true, "sparsevec": true,
	"txid_snapshot": true, "pg_snapshot": true, "refcursor": true, "aclitem": true,
}
