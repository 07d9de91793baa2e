package plan

import (
	"strconv"
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/parse"
)

// serials are the types that are short for a counter (PostgreSQL docs, "Serial Types").
var serials = map[string]pgtypes.OID{
	"smallserial": pgtypes.Int2, "serial2": pgtypes.Int2, "serial": pgtypes.Int4, "serial4": pgtypes.Int4,
	"bigserial": pgtypes.Int8, "serial8": pgtypes.Int8,
}

// foreignTypes are PostgreSQL's types that the gateway does not have; any other unknown name is no type at all.
var foreignTypes = map[string]bool{}

func init() {
	for _, name := range strings.Fields("money xml tsvector tsquery point line lseg box path polygon circle macaddr8 pg_lsn int4range " +
		"int8range numrange tsrange tstzrange daterange int4multirange int8multirange nummultirange tsmultirange tstzmultirange " +
		"datemultirange txid_snapshot pg_snapshot jsonpath xid xid8 cid tid refcursor aclitem int2vector oidvector halfvec " +
		"sparsevec") {
		foreignTypes[name] = true
	}
}

// columnType resolves a column's type; serial is true for the serial types.
func (c *compiler) columnType(n *parse.TypeName) (t pgtypes.Type, serial bool, err error) {
	switch {
	case n.ColumnType:
		return t, false, c.notBuilt(n, "%TYPE")
	case n.SetOf:
		return t, false, pgerr.New(pgerr.InvalidTableDefinition, "column cannot have type SETOF").At(c.at(n))
	}
	name := n.Names[len(n.Names)-1]
	if oid, ok := serials[name]; ok && len(n.Names) == 1 && len(n.ArrayBounds) == 0 {
		return pgtypes.Of(oid), true, nil
	}
	if len(n.Names) == 2 && n.Names[0] != "pg_catalog" && n.Names[0] != "public" || len(n.Names) > 2 {
		return t, false, pgerr.New(pgerr.UndefinedObject, "type \"%s\" does not exist", strings.Join(n.Names, ".")).At(c.at(n))
	}
	info, ok := pgtypes.ByName(name)
	if !ok || strings.Contains(name, " ") || serials[name] != 0 {
		if foreignTypes[name] {
			return t, false, c.notBuilt(n, "type "+name)
		}
		return t, false, pgerr.New(pgerr.UndefinedObject, "type \"%s\" does not exist", strings.Join(n.Names, ".")).At(c.at(n))
	}
	if info.Category == 'P' || info.OID == pgtypes.Unknown {
		return t, false, pgerr.New(pgerr.InvalidTableDefinition, "column has pseudo-type %s", info.SQLName).At(c.at(n))
	}
	mod, err := c.typeMod(n, info.OID)
	if err != nil {
		return t, false, err
	}
	t = pgtypes.Type{OID: info.OID, Mod: mod}
	if len(n.ArrayBounds) > 0 {
		if t.OID = pgtypes.ArrayOf(info.OID); t.OID == 0 {
			return t, false, c.notBuilt(n, "an array of type "+info.SQLName)
		}
	}
	return t, false, nil
}

func (c *compiler) typeMod(n *parse.TypeName, oid pgtypes.OID) (int32, error) {
	if len(n.Mods) == 0 {
		return -1, nil
	}
	args := make([]int, len(n.Mods))
	for i, m := range n.Mods {
		lit, ok := m.(*parse.Literal)
		if !ok || lit.Kind != parse.IntLiteral {
			return 0, pgerr.New(pgerr.SyntaxError, "type modifiers must be simple constants or identifiers").At(c.at(n))
		}
		v, err := strconv.Atoi(lit.Text)
		if err != nil {
			return 0, pgerr.New(pgerr.InvalidParameterValue, "invalid type modifier").At(c.at(n))
		}
		args[i] = v
	}
	mod, err := pgtypes.TypMod(oid, args)
	if err != nil {
		return 0, pgerr.As(err).At(c.at(n))
	}
	return mod, nil
}
