package sqlrun

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// alteration is an ALTER TABLE being carried out: the definition as it is and the changed copy.
type alteration struct {
	x        *execution
	d        *irissql.AlterTable
	old, now *tableDef
}

var alterations = map[irissql.AlterKind]func(*alteration) error{
	irissql.AddColumns:     (*alteration).addColumns,
	irissql.AddConstraint:  (*alteration).addConstraint,
	irissql.AlterType:      (*alteration).alterType,
	irissql.AlterDefault:   (*alteration).alterDefault,
	irissql.AlterNull:      (*alteration).alterNull,
	irissql.AlterNotNull:   (*alteration).alterNotNull,
	irissql.AlterCollate:   (*alteration).alterCollate,
	irissql.RenameColumn:   (*alteration).renameColumn,
	irissql.DropColumns:    (*alteration).dropColumns,
	irissql.DropConstraint: (*alteration).dropConstraint,
	irissql.DropForeignKey: (*alteration).dropForeignKey,
	irissql.DropPrimaryKey: (*alteration).dropPrimaryKey,
	irissql.RenameTable:    (*alteration).renameTable,
}

func (x *execution) alterTable(d *irissql.AlterTable) error {
	t, err := x.existingTable(d.Table)
	if err != nil {
		return err
	}
	do, ok := alterations[d.Kind]
	if !ok {
		return fatal("this form of ALTER TABLE is not built in the development IRIS")
	}
	release, err := x.lockTable(t)
	if err != nil {
		return err
	}
	defer release()
	a := &alteration{x: x, d: d, old: t, now: t.clone()}
	a.now.Modified = x.stampText()
	if err := do(a); err != nil {
		return err
	}
	return x.saveTable(a.now, t)
}

// column finds the column that the statement speaks of.
func (a *alteration) column() (*columnDef, error) {
	c := a.now.column(a.d.Column.Text)
	if c == nil {
		return nil, sqlerr.New(-31, "Field '%s' not found in table '%s'", a.d.Column.Text, a.now.fullName())
	}
	return c, nil
}

// change replaces a column by a changed copy.
func (a *alteration) change(edit func(c *columnDef) error) error {
	c, err := a.column()
	if err != nil {
		return err
	}
	now := *c
	if err := edit(&now); err != nil {
		return err
	}
	a.now.replaceColumn(c, &now)
	return nil
}

func (a *alteration) addColumns() error {
	first := len(a.now.Columns)
	for i := range a.d.Columns {
		def := &a.d.Columns[i]
		if def.Identity && a.hasRows() {
			return sqlerr.New(-304, "IDENTITY field '%s' cannot be added to table '%s', which has data", def.Name.Text, a.now.fullName())
		}
		if err := a.x.addDefinedColumn(a.now, def); err != nil {
			return err
		}
	}
	a.now.completeRowID()
	for i := range a.d.Columns {
		if err := a.x.columnConstraints(a.now, &a.d.Columns[i]); err != nil {
			return err
		}
	}
	for _, c := range a.now.Columns[first:] {
		if c.Required && c.Default == "" && c.Counter == noCounter && a.hasRows() {
			return sqlerr.New(-304, "Field '%s' NOT NULL without default added to table '%s', which has data", c.Name, a.now.fullName())
		}
	}
	if err := a.fillColumns(a.now.Columns[first:]); err != nil {
		return err
	}
	return a.checkNewKeys()
}

func (a *alteration) hasRows() bool {
	_, ok := a.x.session.proc.Next(a.old.dataGlobal(), nil, value.Value{})
	return ok
}

// fillColumns gives existing rows the defaults and numbers of new columns.
func (a *alteration) fillColumns(added []*columnDef) error {
	fill := false
	for _, c := range added {
		fill = fill || c.Default != "" || c.Counter != noCounter && c.Slot != 0
	}
	if !fill {
		return nil
	}
	return a.eachRow(func(r *row) error {
		before := r.clone()
		w := &filer{x: a.x, t: a.now}
		for _, c := range added {
			if c.Default == "" {
				continue
			}
			v, err := a.x.defaultOf(a.now, c, c.Default)
			if err != nil {
				return err
			}
			if v, err = validate(a.now, c, v, updateInvalid); err != nil {
				return err
			}
			r.set(c, v)
		}
		if err := w.numbers(r, added); err != nil {
			return err
		}
		return a.x.session.writeRow(a.x.writer, a.now, r, before)
	})
}

// eachRow visits all rows in the order of their RowIDs.
func (a *alteration) eachRow(visit func(r *row) error) error {
	return a.x.session.eachID(a.old, func(id int64) (bool, error) {
		if err := a.x.check(); err != nil {
			return false, err
		}
		r, err := a.x.session.readRow(a.old, id)
		if err != nil || r == nil {
			return true, err
		}
		return true, visit(r)
	})
}

func (a *alteration) addConstraint() error {
	if err := a.x.addConstraint(a.now, a.d.Constraint); err != nil {
		return err
	}
	if a.d.Constraint.Kind == irissql.PrimaryKeyConstraint {
		for _, name := range a.now.primaryKey().Columns {
			if err := a.noNulls(a.now.column(name)); err != nil {
				return err
			}
		}
	}
	return a.checkNewKeys()
}

// checkNewKeys builds the indexes of new keys and checks existing rows against new foreign keys (-125, -127).
func (a *alteration) checkNewKeys() error {
	for _, ix := range a.now.Indexes[len(a.old.Indexes):] {
		if err := a.x.buildIndex(a.now, ix); err != nil {
			return err
		}
	}
	for _, fk := range a.now.ForeignKeys[len(a.old.ForeignKeys):] {
		if err := a.checkReferences(fk); err != nil {
			return err
		}
	}
	return nil
}

func (a *alteration) checkReferences(fk *foreignKeyDef) error {
	ref := a.x.session.classDef(fk.RefClass)
	if fk.NoCheck || ref == nil {
		return nil
	}
	return a.eachRow(func(r *row) error {
		id, skip, err := a.x.session.referencedRow(a.now, fk, ref, r)
		if err != nil || skip || id != 0 {
			return err
		}
		return sqlerr.New(-127, "Foreign Key Constraint '%s' of table '%s' failed for row with RowID = '%d'", fk.Name, a.now.fullName(), r.id)
	})
}

// alterType changes the type; stored values stay as they are (IRIS docs, "ALTER TABLE").
func (a *alteration) alterType() error {
	typ, ok := sqltype.ForColumn(a.d.Type.Spelling)
	if !ok {
		return sqlerr.New(-400, "ERROR #5001: Class not found for data type '%s' of field '%s'", a.d.Type.Spelling.Name, a.d.Column.Text)
	}
	return a.change(func(c *columnDef) error {
		if c.Counter != noCounter {
			return fatal("type of counter field '%s' cannot be changed", c.Name)
		}
		if typ.IsStream() != c.Type.IsStream() && a.hasRows() {
			return sqlerr.New(-374, "Type of field '%s' cannot change between stream and non-stream", c.Name)
		}
		keep := c.Collation
		c.Type = typ
		if err := setCollation(c, ""); err != nil {
			return err
		}
		if typ.Kind == sqltype.VarChar && keep != sqltype.NoCollation {
			c.Collation = keep
		}
		return nil
	})
}

func (a *alteration) alterDefault() error {
	return a.change(func(c *columnDef) error {
		c.Default = a.d.Default.Text
		return nil
	})
}

func (a *alteration) alterNull() error {
	return a.change(func(c *columnDef) error {
		c.Required = false
		return nil
	})
}

func (a *alteration) alterNotNull() error {
	return a.change(func(c *columnDef) error {
		c.Required = true
		return a.noNulls(c)
	})
}

// noNulls answers -305 when a column that becomes required holds NULL.
func (a *alteration) noNulls(c *columnDef) error {
	return a.eachRow(func(r *row) error {
		if r.of(c).IsNull() {
			return sqlerr.New(-305, "Field '%s' of table '%s' holds NULL in the row with RowID = '%d'", c.Name, a.now.fullName(), r.id)
		}
		return nil
	})
}

func (a *alteration) alterCollate() error {
	if err := a.change(func(c *columnDef) error { return setCollation(c, a.d.To) }); err != nil {
		return err
	}
	for _, ix := range a.now.Indexes {
		if containsFold(ix.Columns, a.d.Column.Text) {
			if err := a.x.buildIndex(a.now, ix); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *alteration) renameColumn() error {
	old, err := a.column()
	if err != nil {
		return err
	}
	if other := a.now.column(a.d.To); other != nil && other != old {
		return sqlerr.New(-306, "Column '%s' already exists in table '%s'", a.d.To, a.now.fullName())
	}
	if err := a.change(func(c *columnDef) error { c.Name = a.d.To; return nil }); err != nil {
		return err
	}
	a.rename(a.now, old.Name)
	for _, ref := range a.x.session.referencesTo(a.old) {
		if ref.table.Class == a.old.Class {
			continue
		}
		other := ref.table.clone()
		for i, fk := range other.ForeignKeys {
			if fk.RefClass == a.old.Class {
				now := *fk
				now.RefColumns = renamed(fk.RefColumns, old.Name, a.d.To)
				other.ForeignKeys[i] = &now
			}
		}
		if err := a.x.saveTable(other, ref.table); err != nil {
			return err
		}
	}
	return nil
}

// rename renames a column in the table's own keys.
func (a *alteration) rename(t *tableDef, from string) {
	for i, ix := range t.Indexes {
		now := *ix
		now.Columns = renamed(ix.Columns, from, a.d.To)
		t.Indexes[i] = &now
	}
	for i, fk := range t.ForeignKeys {
		now := *fk
		now.Columns = renamed(fk.Columns, from, a.d.To)
		if fk.RefClass == t.Class {
			now.RefColumns = renamed(fk.RefColumns, from, a.d.To)
		}
		t.ForeignKeys[i] = &now
	}
}

func renamed(list []string, from, to string) []string {
	out := append([]string(nil), list...)
	for i, s := range out {
		if strings.EqualFold(s, from) {
			out[i] = to
		}
	}
	return out
}

func (a *alteration) dropColumns() error {
	for _, n := range a.d.Drop {
		c := a.now.column(n.Text)
		if c == nil || c.Hidden {
			return sqlerr.New(-31, "Field '%s' not found in table '%s'", n.Text, a.now.fullName())
		}
		if err := a.release(c); err != nil {
			return err
		}
		for i, other := range a.now.Columns {
			if other == c {
				a.now.Columns = append(a.now.Columns[:i:i], a.now.Columns[i+1:]...)
				break
			}
		}
		if c == a.now.RowID {
			a.now.completeRowID()
		}
	}
	if len(a.now.Columns) == 0 {
		return fatal("table '%s' must keep at least one column", a.now.fullName())
	}
	return nil
}

// release frees a column from indexes and keys: with CASCADE they go, else -322.
func (a *alteration) release(c *columnDef) error {
	for _, ix := range append([]*indexDef(nil), a.now.Indexes...) {
		if !containsFold(ix.Columns, c.Name) {
			continue
		}
		if !a.d.Cascade {
			return sqlerr.New(-322, "Column '%s' of table '%s' is used by index '%s'", c.Name, a.now.fullName(), ix.Name)
		}
		a.x.removeIndex(a.now, ix)
	}
	for _, fk := range append([]*foreignKeyDef(nil), a.now.ForeignKeys...) {
		if !containsFold(fk.Columns, c.Name) {
			continue
		}
		if !a.d.Cascade {
			return sqlerr.New(-322, "Column '%s' of table '%s' is used by foreign key '%s'", c.Name, a.now.fullName(), fk.Name)
		}
		a.now.removeForeignKey(fk)
	}
	return nil
}

func (t *tableDef) removeForeignKey(fk *foreignKeyDef) {
	for i, other := range t.ForeignKeys {
		if other == fk {
			t.ForeignKeys = append(t.ForeignKeys[:i:i], t.ForeignKeys[i+1:]...)
			return
		}
	}
}

func (a *alteration) dropConstraint() error {
	if ix := a.now.index(a.d.To); ix != nil && ix.Constraint {
		return a.dropKey(ix)
	}
	return a.dropForeignKey()
}

func (a *alteration) dropForeignKey() error {
	fk := a.now.foreignKey(a.d.To)
	if fk == nil {
		return sqlerr.New(-315, "Constraint '%s' not found for table '%s'", a.d.To, a.now.fullName())
	}
	a.now.removeForeignKey(fk)
	return nil
}

func (a *alteration) dropPrimaryKey() error {
	pk := a.now.primaryKey()
	if pk == nil {
		return sqlerr.New(-315, "Table '%s' has no primary key", a.now.fullName())
	}
	return a.dropKey(pk)
}

// dropKey removes a key that no foreign key refers to (-317).
func (a *alteration) dropKey(ix *indexDef) error {
	for _, ref := range a.x.session.referencesTo(a.old) {
		if len(ref.fk.RefColumns) > 0 && a.old.keyOf(ref.fk.RefColumns) == ix {
			return sqlerr.New(-317, "Constraint '%s' is referenced by Foreign Key Constraint '%s' of table '%s'", ix.Name, ref.fk.Name, ref.table.fullName())
		}
	}
	a.x.removeIndex(a.now, ix)
	return nil
}

// renameTable changes the SQL name; the class and its globals stay.
func (a *alteration) renameTable() error {
	if a.x.session.findTable(a.now.Schema, a.d.To) != nil {
		return sqlerr.New(-201, "Table or view name '%s.%s' not unique", a.now.Schema, a.d.To)
	}
	a.now.Name = a.d.To
	return nil
}

// withoutForeignKey rewrites another table's definition without a foreign key: DROP TABLE … CASCADE.
func (x *execution) withoutForeignKey(t *tableDef, name string) error {
	now := t.clone()
	now.removeForeignKey(now.foreignKey(name))
	return x.saveTable(now, t)
}
