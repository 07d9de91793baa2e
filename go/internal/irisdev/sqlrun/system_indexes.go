package sqlrun

import (
	"strings"

	"iris-pgwire/internal/irisdev/value"
)

// indexRecord is a column of an index.
type indexRecord struct {
	t  *tableDef
	ix *indexDef
	at int
}

// allIndexes has a row for each indexed column; the index of the RowID itself comes with its name, IDKEY.
func (s *Session) allIndexes() []indexRecord {
	var list []indexRecord
	for _, t := range s.tables() {
		if t.IsView {
			continue
		}
		for _, ix := range t.Indexes {
			for i := range ix.Columns {
				list = append(list, indexRecord{t, ix, i})
			}
		}
	}
	return list
}

func (r indexRecord) selectable() string {
	if r.ix.Kind == hnswIndex {
		return "Not Selectable"
	}
	return "Selectable"
}

func indexesColumns() []systemColumn[indexRecord] {
	type R = indexRecord
	return columnsOf(nullColumns[R]("TABLE_CATALOG"), []systemColumn[R]{
		nameColumn("TABLE_SCHEMA", func(r R) string { return r.t.Schema }), nameColumn("TABLE_NAME", func(r R) string { return r.t.Name }),
		intColumn("NON_UNIQUE", func(r R) value.Value { return flagValue(!r.ix.Unique) }),
	}, nullColumns[R]("INDEX_CATALOG"), []systemColumn[R]{
		nameColumn("INDEX_SCHEMA", func(r R) string { return r.t.Schema }), nameColumn("INDEX_NAME", func(r R) string { return r.ix.Name }),
		intColumn("ORDINAL_POSITION", func(r R) value.Value { return value.Int(int64(r.at + 1)) }),
		nameColumn("COLUMN_NAME", func(r R) string { return r.ix.Columns[r.at] }),
		wordColumn("ASC_OR_DESC", func(R) string { return "A" }),
		intColumn("PRIMARY_KEY", func(r R) value.Value { return flagValue(r.ix.Primary) }),
		wordColumn("MAP_STATUS", R.selectable),
		textColumn("DATA_FIELDS", func(r R) string { return strings.Join(r.ix.WithData, ",") }),
	})
}
