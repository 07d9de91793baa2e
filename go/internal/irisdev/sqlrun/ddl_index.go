package sqlrun

import (
	"fmt"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// indexKinds are the kinds that CREATE INDEX names. BITSLICE and COLUMNAR differ in speed only.
var indexKinds = map[string]indexKind{"": plainIndex, "BITMAP": bitmapIndex, "BITMAPEXTENT": extentIndex, "BITSLICE": "bitslice", "COLUMNAR": "columnar", "HNSW": hnswIndex}

func (x *execution) createIndex(d *irissql.CreateIndex) error {
	t, err := x.existingTable(d.Table)
	if err != nil {
		return err
	}
	if t.index(d.Name.Text) != nil {
		if d.IfNotExists {
			return nil
		}
		return sqlerr.New(-324, "Index '%s' already exists for table '%s'", d.Name.Text, t.fullName())
	}
	ix := &indexDef{Name: d.Name.Text, Unique: d.Unique, Kind: indexKinds[d.Type]}
	if d.HNSW != nil {
		ix.Kind = hnswIndex
		ix.Options = fmt.Sprintf("M=%d, efConstruction=%d, Distance='%s'", d.HNSW.M, d.HNSW.EfConstruction, d.HNSW.Distance)
	}
	var names []irissql.Name
	for _, c := range d.Columns {
		names = append(names, c.Name)
		if c.Collation != "" {
			return fatal("collation '%s' of an index column is not built in the development IRIS", c.Collation)
		}
	}
	if ix.Columns, err = t.columnNames(names); err != nil {
		return err
	}
	if ix.WithData, err = t.columnNames(d.Data); err != nil {
		return err
	}
	if err := checkIndexTypes(t, ix); err != nil {
		return err
	}
	release, err := x.lockTable(t)
	if err != nil {
		return err
	}
	defer release()
	if !d.Defer {
		if err := x.buildIndex(t, ix); err != nil {
			return err
		}
	}
	now := t.clone()
	now.Modified = x.stampText()
	now.Indexes = append(now.Indexes, ix)
	return x.saveTable(now, t)
}

// checkIndexTypes refuses what no index can hold. HNSW needs one vector column of fixed length whose elements are DOUBLE
// or DECIMAL (IRIS docs, "Using Vector Search").
func checkIndexTypes(t *tableDef, ix *indexDef) error {
	for _, name := range ix.Columns {
		typ := t.column(name).Type
		switch {
		case ix.Kind == hnswIndex:
			if len(ix.Columns) != 1 || typ.Kind != sqltype.Vector || typ.Length == 0 ||
				typ.Element != sqltype.ElementDouble && typ.Element != sqltype.ElementDecimal {
				return fatal("HNSW index '%s' needs one VECTOR field of type DOUBLE or DECIMAL with a length", ix.Name)
			}
		case typ.Kind == sqltype.Vector || typ.IsStream():
			return fatal("field '%s' of type %s cannot be indexed", name, typ.Name())
		}
	}
	return nil
}

// buildIndex fills an index from the table's rows; a duplicate of a unique one is -125.
func (x *execution) buildIndex(t *tableDef, ix *indexDef) error {
	w := x.writer
	w.Kill(t.indexGlobal(), value.Text(ix.Name))
	if !ix.stored() {
		return nil
	}
	err := x.session.eachID(t, func(id int64) (bool, error) {
		if err := x.check(); err != nil {
			return false, err
		}
		r, err := x.session.readRow(t, id)
		if err != nil || r == nil {
			return true, err
		}
		key, hasNull := indexKey(t, ix, r)
		if ix.Unique && !hasNull {
			owner, err := x.session.ownerOf(t, ix, key)
			if err != nil {
				return false, err
			}
			if owner != 0 {
				return false, sqlerr.New(-125, "Table '%s', Constraint '%s': rows with RowID %d and %d have the same key", t.fullName(), ix.Name, owner, id)
			}
		}
		return true, w.Set(t.indexGlobal(), value.Text(""), ix.node(key, id)...)
	})
	if err != nil {
		w.Kill(t.indexGlobal(), value.Text(ix.Name))
	}
	return err
}

func (x *execution) dropIndex(d *irissql.DropIndex) error {
	t, err := x.tableOfIndex(d)
	if err != nil {
		return err
	}
	var ix *indexDef
	if t != nil {
		ix = t.index(d.Name.Text)
	}
	if ix == nil {
		if d.IfExists {
			return nil
		}
		return sqlerr.New(-333, "No index '%s' found to drop", d.Name.Text)
	}
	if ix.Constraint {
		return fatal("index '%s' belongs to a constraint of table '%s'", ix.Name, t.fullName())
	}
	release, err := x.lockTable(t)
	if err != nil {
		return err
	}
	defer release()
	now := t.clone()
	now.Modified = x.stampText()
	x.removeIndex(now, ix)
	return x.saveTable(now, t)
}

// removeIndex takes an index out of a definition and kills its nodes.
func (x *execution) removeIndex(t *tableDef, ix *indexDef) {
	for i, other := range t.Indexes {
		if other == ix {
			t.Indexes = append(t.Indexes[:i:i], t.Indexes[i+1:]...)
			break
		}
	}
	x.writer.Kill(t.indexGlobal(), value.Text(ix.Name))
}

// tableOfIndex finds the table of DROP INDEX; without a table name the index name must be found once only (-334).
func (x *execution) tableOfIndex(d *irissql.DropIndex) (*tableDef, error) {
	if d.Table.Name != "" {
		return x.existingTable(d.Table)
	}
	var found *tableDef
	for _, t := range x.session.tables() {
		if t.index(d.Name.Text) == nil {
			continue
		}
		if found != nil {
			return nil, sqlerr.New(-334, "Index name '%s' is ambiguous: it is found in tables '%s' and '%s'", d.Name.Text, found.fullName(), t.fullName())
		}
		found = t
	}
	return found, nil
}

func (x *execution) buildIndexes(d *irissql.BuildIndex) error {
	t, err := x.existingTable(d.Table)
	if err != nil {
		return err
	}
	for _, ix := range t.Indexes {
		wanted := len(d.Indexes) == 0
		for _, n := range d.Indexes {
			wanted = wanted || t.index(n.Text) == ix
		}
		if wanted {
			if err := x.buildIndex(t, ix); err != nil {
				return err
			}
		}
	}
	return nil
}
