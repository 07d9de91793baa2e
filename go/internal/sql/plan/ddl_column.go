package plan

import (
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/irissql"
	"iris-pgwire/internal/sql/parse"
)

// newColumn is a column being defined.
type newColumn struct {
	name     string
	typ      pgtypes.Type
	stored   stored
	notNull  bool
	null     bool // NULL was written
	fallback string
	identity bool // IRIS's IDENTITY
	counter  bool // any counter
}

// text prints the definition in the order of IRIS's synopsis.
func (col *newColumn) text() string {
	parts := []string{irissql.Quote(col.name), col.stored.sql}
	if col.counter && !col.identity {
		parts[1] = "SERIAL"
	}
	if col.notNull {
		parts = append(parts, "NOT NULL")
	}
	if col.fallback != "" {
		parts = append(parts, "DEFAULT "+col.fallback)
	}
	if col.stored.exact {
		parts = append(parts, "COLLATE EXACT")
	}
	if col.identity {
		parts = append(parts, "IDENTITY")
	}
	// What counts by itself is a BIGINT in IRIS whatever was asked for.
	if col.stored.marked || col.counter && col.typ.OID != pgtypes.Int8 {
		parts = append(parts, "%DESCRIPTION "+irissql.Literal(schema.Marker(col.typ)))
	}
	return strings.Join(parts, " ")
}

// column reads a column definition with its constraints.
func (c *compiler) column(t *newTable, d *parse.ColumnDef) error {
	if err := c.storableName(d, "column name", d.Name); err != nil {
		return err
	}
	if _, exists := t.columnName(d.Name); exists {
		if t.old != nil {
			return pgerr.New(pgerr.DuplicateColumn, "column %q of relation %q already exists", d.Name, t.name)
		}
		return pgerr.New(pgerr.DuplicateColumn, "column %q specified more than once", d.Name)
	}
	typ, serial, err := c.columnType(d.Type)
	if err != nil {
		return err
	}
	if err := c.columnCollation(d, typ); err != nil {
		return err
	}
	s, err := c.storageOf(typ, c.at(d.Type))
	if err != nil {
		return err
	}
	t.columns = append(t.columns, newColumn{name: d.Name, typ: typ, stored: s})
	if serial {
		c.count(t, d.Name)
	}
	for i := range d.Constraints {
		if err := c.columnConstraint(t, d.Name, &d.Constraints[i]); err != nil {
			return err
		}
	}
	return nil
}

// count makes a column count by itself: the first of a table is its IDENTITY, later ones are counters.
func (c *compiler) count(t *newTable, name string) {
	first := !t.hasIdentity()
	col := t.find(name)
	col.counter, col.notNull, col.identity = true, true, first
}

// columnCollation accepts the collations that compare by code point, which is what the gateway does.
func (c *compiler) columnCollation(d *parse.ColumnDef, t pgtypes.Type) error {
	if d.Collation == nil {
		return nil
	}
	if info, _ := pgtypes.Lookup(t.OID); info.Category != 'S' {
		return pgerr.New(pgerr.DatatypeMismatch, "collations are not supported by type %s", pgtypes.Format(t)).At(c.at(d.Collation))
	}
	switch d.Collation.Name {
	case "C", "POSIX", "default", "ucs_basic", "C.UTF-8":
		return nil
	}
	return c.notBuilt(d.Collation, "collation \""+d.Collation.Name+"\"")
}

func (c *compiler) columnConstraint(t *newTable, name string, k *parse.Constraint) error {
	col := t.find(name)
	switch k.Kind {
	case parse.NotNullConstraint, parse.NullConstraint:
		wantsNull := k.Kind == parse.NullConstraint
		if wantsNull && col.notNull || !wantsNull && col.null {
			return pgerr.New(pgerr.SyntaxError, "conflicting NULL/NOT NULL declarations for column %q of table %q", name, t.name).At(c.at(k))
		}
		col.notNull, col.null = col.notNull || !wantsNull, wantsNull
	case parse.DefaultConstraint:
		return c.setDefault(t, col, k)
	case parse.UniqueConstraint, parse.PrimaryKeyConstraint:
		named := *k
		named.Columns = []parse.Name{{At: k.At, Text: name}}
		return c.tableConstraint(t, &named)
	case parse.ForeignKeyConstraint:
		named := *k
		named.Columns = []parse.Name{{At: k.At, Text: name}}
		return c.tableConstraint(t, &named)
	case parse.IdentityConstraint:
		return c.identity(t, col, k)
	case parse.CheckConstraint:
		return c.notBuilt(k, "a CHECK constraint")
	case parse.GeneratedConstraint:
		return c.notBuilt(k, "a generated column")
	default:
		return c.notBuilt(k, "this column constraint")
	}
	return nil
}

func (c *compiler) setDefault(t *newTable, col *newColumn, k *parse.Constraint) error {
	if col.counter || col.fallback != "" {
		return pgerr.New(pgerr.SyntaxError, "multiple default values specified for column %q of table %q", col.name, t.name).At(c.at(k))
	}
	text, err := c.defaultOf(k.Expr, col.name, col.typ)
	col.fallback = text
	return err
}

// identity is GENERATED … AS IDENTITY. IRIS's counter begins at 1 and goes up by one.
func (c *compiler) identity(t *newTable, col *newColumn, k *parse.Constraint) error {
	switch col.typ.OID {
	case pgtypes.Int2, pgtypes.Int4, pgtypes.Int8:
	default:
		return pgerr.New(pgerr.InvalidParameterValue, "identity column type must be smallint, integer, or bigint")
	}
	if col.counter || col.fallback != "" {
		return pgerr.New(pgerr.SyntaxError, "both default and identity specified for column %q of table %q", col.name, t.name).At(c.at(k))
	}
	for i := range k.Sequence {
		if !plainSequence(&k.Sequence[i]) {
			return c.notBuilt(&k.Sequence[i], "the option "+k.Sequence[i].Name+" of an identity column")
		}
	}
	if t.hasIdentity() && k.Always {
		return c.notBuilt(k, "a second counter that is GENERATED ALWAYS")
	}
	c.count(t, col.name)
	t.always = t.always || k.Always
	return nil
}

// plainSequence accepts the options that say what IRIS's counters do anyway.
func plainSequence(o *parse.SequenceOption) bool {
	switch o.Name {
	case "CACHE", "NO CYCLE", "NO MINVALUE", "NO MAXVALUE":
		return true
	case "START", "INCREMENT", "MINVALUE":
		return o.Value != nil && o.Value.Text == "1"
	}
	return false
}
