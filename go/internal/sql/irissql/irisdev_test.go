package irissql_test

import (
	"strings"
	"testing"

	devsql "iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/bound"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/irissql"
)

// served is the test schema as a strict server of IRIS SQL has it: what is printed has to pass its parser and its checks
// of names, types and places.
type served struct{}

func (served) DefaultSchema() string { return "SQLUser" }

func (served) Table(schemaName, name string) (*bound.Table, error) {
	for _, t := range world {
		if strings.EqualFold(t.Schema, schemaName) && strings.EqualFold(t.Name, name) {
			return servedTable(t), nil
		}
	}
	return nil, nil
}

func servedTable(t *schema.Table) *bound.Table {
	out := &bound.Table{Schema: t.Schema, Name: t.Name, ClassName: "User." + t.Name}
	for _, c := range t.Columns {
		b := bound.Column{Name: c.Name, Type: servedType(c), Nullable: !c.NotNull}
		if b.Type.IsText() {
			b.Collation = sqltype.SQLUpper
			if c.Exact {
				b.Collation = sqltype.Exact
			}
		}
		out.Columns = append(out.Columns, b)
	}
	return out
}

func servedType(c schema.Column) sqltype.Type {
	kinds := map[pgtypes.OID]sqltype.Kind{
		pgtypes.Bool: sqltype.Bit, pgtypes.Int2: sqltype.SmallInt, pgtypes.Int4: sqltype.Integer, pgtypes.Int8: sqltype.BigInt,
		pgtypes.Float4: sqltype.Double, pgtypes.Float8: sqltype.Double, pgtypes.Date: sqltype.Date, pgtypes.Time: sqltype.Time,
		pgtypes.Timestamp: sqltype.PosixTime, pgtypes.Timestamptz: sqltype.PosixTime,
	}
	switch c.Type.OID {
	case pgtypes.Numeric:
		p, s, _ := c.Type.NumericPrecision()
		return sqltype.Type{Kind: sqltype.Numeric, Precision: p, Scale: s}
	case pgtypes.Vector:
		element, _ := sqltype.ElementByWord(c.Stored.Element)
		return sqltype.Type{Kind: sqltype.Vector, Element: element, Length: c.Stored.Length}
	case pgtypes.Bytea:
		return sqltype.Type{Kind: sqltype.VarBinary, Length: 3641144}
	}
	if kind, ok := kinds[c.Type.OID]; ok {
		return sqltype.Type{Kind: kind}
	}
	return sqltype.Type{Kind: sqltype.VarChar, Length: 3641144}
}

// accepted feeds what was printed to the strict server.
func accepted(t *testing.T, text string, opts irissql.Options) {
	t.Helper()
	p, err := printed(text, opts)
	if err != nil {
		return
	}
	sql, holes := p.SQL()
	for i := len(holes) - 1; i >= 0; i-- {
		sql = sql[:holes[i].Offset] + "10" + sql[holes[i].Offset:]
	}
	parsed, err := devsql.Parse(sql, devsql.Version{Major: opts.Major, Minor: opts.Minor})
	if err == nil {
		_, err = bound.Bind(parsed, served{}, bound.Options{})
	}
	if err != nil {
		t.Errorf("%s\nprints %s\nwhich IRIS refuses: %v", text, sql, err)
		return
	}
	if parsed.Params != len(p.Args()) {
		t.Errorf("%s: %d question marks, %d arguments", text, parsed.Params, len(p.Args()))
	}
}
