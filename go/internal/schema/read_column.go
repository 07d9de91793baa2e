package schema

import (
	"context"
	"strings"

	"iris-pgwire/internal/iris"
)

// columns reads the visible columns in their order.
func (r *reader) columns(ctx context.Context, t *Table, properties map[string]property) error {
	return r.ask(ctx, askColumns, func(row []iris.Value) {
		d := described{
			name: row[0].String(), dataType: strings.ToUpper(row[1].String()),
			length: number(row[2]), precision: number(row[3]), scale: number(row[4]),
			description: row[10].String(),
		}
		counts, identity := yes(row[8]) && !t.View, yes(row[7])
		p, known := properties[strings.ToUpper(d.name)]
		// The hidden RowID is listed like a column. It is no property of the class; where the dictionary is closed, it is
		// the first column that counts by itself and is neither a named identity nor the primary key.
		if counts && !identity && (properties != nil && !known || properties == nil && number(row[11]) == 1 && !yes(row[9])) {
			return
		}
		c := Column{
			Name: d.name, NotNull: strings.EqualFold(row[5].String(), "NO"),
			Default: row[6].String() != "", DefaultText: row[6].String(),
		}
		if counts {
			c.Identity, c.Default = "serial", true
			if identity {
				c.Identity = "identity"
			}
		}
		c.Type, c.Stored = d.typeOf(p)
		c.Exact = strings.EqualFold(strings.TrimPrefix(p.parameters["COLLATION"], "%"), "EXACT")
		t.Columns = append(t.Columns, c)
	}, t.Schema, t.Name)
}

// number reads an INFORMATION_SCHEMA number; 0 for NULL.
func number(v iris.Value) int {
	n, _ := v.Int64()
	return int(n)
}

// yes reads IRIS's YES and NO, and the 1 and 0 of other views.
func yes(v iris.Value) bool {
	s := v.String()
	return strings.EqualFold(s, "YES") || s == "1"
}
