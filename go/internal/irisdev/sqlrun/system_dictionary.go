package sqlrun

import (
	"strconv"
	"strings"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
	"iris-pgwire/internal/irisdev/variant"
)

// dictionaryViews are the tables of the class dictionary that tell of SQL tables; definitions and compiled classes say
// the same here, as no class inherits (IRIS docs, class package %Dictionary).
func dictionaryViews() []*systemView {
	return []*systemView{
		dictionary("ClassDefinition", (*Session).allClasses, classColumns()),
		dictionary("CompiledClass", (*Session).allClasses, classColumns()),
		dictionary("PropertyDefinition", (*Session).allProperties, propertyColumns()),
		dictionary("CompiledProperty", (*Session).allProperties, propertyColumns()),
		dictionary("IndexDefinition", (*Session).allClassIndexes, classIndexColumns()),
		dictionary("CompiledIndex", (*Session).allClassIndexes, classIndexColumns()),
		dictionary("ForeignKeyDefinition", (*Session).allReferences, classForeignColumns()),
		dictionary("CompiledForeignKey", (*Session).allReferences, classForeignColumns()),
	}
}

func dictionary[R any](name string, list func(s *Session) []R, columns []systemColumn[R]) *systemView {
	return view(dictionarySchema, name, dictionarySchema+"."+name, list, columns)
}

func (s *Session) allClasses() []*tableDef { return s.tables() }

func classColumns() []systemColumn[*tableDef] {
	type T = *tableDef
	return []systemColumn[T]{
		textColumn("Name", classOf), textColumn("ClassType", func(t T) string {
			if t.IsView {
				return "view"
			}
			return "persistent"
		}),
		textColumn("Description", func(t T) string { return t.Description }),
		bitColumn("DdlAllowed", func(T) bool { return true }), bitColumn("Final", func(t T) bool { return !t.IsView }),
		textColumn("Owner", func(t T) string { return t.Owner }),
		textColumn("SqlSchemaName", schemaName), textColumn("SqlTableName", tableName),
		textColumn("SqlRowIdName", func(t T) string {
			if t.RowID == nil {
				return ""
			}
			return t.RowID.Name
		}),
		bitColumn("SqlRowIdPrivate", func(t T) bool { return t.RowID != nil && t.RowID.Hidden && !t.PublicRowID }),
		textColumn("StorageStrategy", func(t T) string {
			if t.IsView {
				return ""
			}
			return "Default"
		}),
		textColumn("ViewQuery", func(t T) string { return t.ViewText }),
	}
}

// propertyRecord is a property of a class: a column that was declared.
type propertyRecord struct {
	t      *tableDef
	c      *columnDef
	number int
	pairs  bool // its parameters come as the dictionary keeps them (variant "parameters-text")
}

func (s *Session) allProperties() []propertyRecord {
	var list []propertyRecord
	pairs := !s.db.instance.cfg.Variant.Likely(variant.ParametersText)
	for _, t := range s.tables() {
		if t.IsView {
			continue
		}
		for i, c := range t.Columns {
			list = append(list, propertyRecord{t, c, i + 2, pairs})
		}
	}
	return list
}

// parameters are the property's parameters: a list of name and value in turn, which clients get as text, or the bytes of a list
// of pairs.
func (r propertyRecord) parameters() value.Value {
	var items []value.Value
	add := func(name, v string) {
		if !r.pairs {
			items = append(items, value.Text(name), value.Text(v))
			return
		}
		given := value.Text(v)
		if v == "" {
			given = value.NullValue() // ObjectScript's empty string
		}
		items = append(items, value.BuildList(value.Text(name), given))
	}
	switch t := r.c.Type; t.Kind {
	case sqltype.VarChar, sqltype.VarBinary:
		add("MAXLEN", lengthText(t.Length))
	case sqltype.Numeric:
		add("SCALE", strconv.Itoa(t.Scale))
	case sqltype.Time:
		add("PRECISION", strconv.Itoa(t.Precision))
	case sqltype.Date:
		if t.Precision != 0 {
			add("MINVAL", strconv.Itoa(t.Precision))
		}
	case sqltype.Vector:
		add("DATATYPE", t.Element.String())
		if t.Length > 0 {
			add("LEN", strconv.Itoa(t.Length))
		}
	}
	if r.c.Collation != sqltype.NoCollation {
		add("COLLATION", r.c.Collation.String())
	}
	if items == nil {
		return value.NullValue()
	}
	if r.pairs {
		return value.Text(value.FromLatin1([]byte(value.BuildList(items...).Raw())))
	}
	return value.BuildList(items...)
}

// lengthText is MAXLEN, empty for no limit.
func lengthText(n int) string {
	if n == sqltype.Unlimited {
		return ""
	}
	return strconv.Itoa(n)
}

func propertyColumns() []systemColumn[propertyRecord] {
	type R = propertyRecord
	none := func(R) bool { return false }
	class := func(r R) string { return r.c.Type.ClassName() }
	return []systemColumn[R]{
		textColumn("parent", func(r R) string { return r.t.Class }), textColumn("Name", func(r R) string { return r.c.Property }),
		textColumn("SqlFieldName", func(r R) string { return r.c.Name }), textColumn("Type", class), textColumn("RuntimeType", class),
		textColumn("Description", func(r R) string { return r.c.Description }),
		bitColumn("SqlComputed", none), textColumn("SqlComputeCode", func(R) string { return "" }), bitColumn("Calculated", none),
		bitColumn("Transient", none), bitColumn("Required", func(r R) bool { return r.c.Required }),
		textColumn("InitialExpression", func(r R) string { return r.c.Default }),
		textColumn("Collection", func(R) string { return "" }), textColumn("Cardinality", func(R) string { return "" }),
		bitColumn("Identity", func(r R) bool { return r.c.Counter == identityCounter }), bitColumn("Private", none),
		intColumn("SqlColumnNumber", func(r R) value.Value { return value.Int(int64(r.number)) }),
		{name: "Parameters", t: systemList, get: propertyRecord.parameters},
	}
}

// allClassIndexes has a row for each index.
func (s *Session) allClassIndexes() []indexRecord {
	var list []indexRecord
	for _, t := range s.tables() {
		for _, ix := range t.Indexes {
			list = append(list, indexRecord{t: t, ix: ix})
		}
	}
	return list
}

func classIndexColumns() []systemColumn[indexRecord] {
	type R = indexRecord
	return []systemColumn[R]{
		textColumn("parent", func(r R) string { return r.t.Class }), textColumn("Name", func(r R) string { return memberName(r.ix.Name) }),
		textColumn("SqlName", func(r R) string { return r.ix.Name }),
		textColumn("Properties", func(r R) string { return r.t.properties(r.ix.Columns) }),
		textColumn("Data", func(r R) string { return r.t.properties(r.ix.WithData) }),
		bitColumn("Unique", func(r R) bool { return r.ix.Unique }), bitColumn("PrimaryKey", func(r R) bool { return r.ix.Primary }),
		bitColumn("IdKey", func(R) bool { return false }),
		textColumn("Type", func(r R) string {
			if r.ix.Kind == hnswIndex || r.ix.Kind == extentIndex {
				return string(bitmapOr(r.ix.Kind))
			}
			return string(r.ix.Kind)
		}),
		textColumn("TypeClass", func(r R) string {
			if r.ix.Kind == hnswIndex {
				return "%SQL.Index.HNSW"
			}
			return ""
		}),
		bitColumn("Extent", func(r R) bool { return r.ix.Kind == extentIndex }), textColumn("Condition", func(R) string { return "" }),
	}
}

// bitmapOr is the Type of an index whose kind shows elsewhere: an extent index is a bitmap, an HNSW index a plain one.
func bitmapOr(k indexKind) indexKind {
	if k == extentIndex {
		return bitmapIndex
	}
	return plainIndex
}

// properties gives the property names of columns, between commas.
func (t *tableDef) properties(columns []string) string {
	names := make([]string, len(columns))
	for i, n := range columns {
		names[i] = n
		if c := t.column(n); c != nil {
			names[i] = c.Property
		}
	}
	return strings.Join(names, ",")
}

func classForeignColumns() []systemColumn[constraintRecord] {
	type R = constraintRecord
	return []systemColumn[R]{
		textColumn("parent", func(r R) string { return r.t.Class }), textColumn("Name", func(r R) string { return memberName(r.name) }),
		textColumn("SqlName", R.named), textColumn("Properties", func(r R) string { return r.t.properties(r.columns) }),
		textColumn("ReferencedClass", func(r R) string { return r.ref.Class }), textColumn("ReferencedKey", R.refKeyName),
		textColumn("OnDelete", func(r R) string { return lowerAction(r.onDelete()) }),
		textColumn("OnUpdate", func(r R) string { return lowerAction(r.onUpdate()) }),
		bitColumn("NoCheck", func(r R) bool { return r.fk.NoCheck }),
	}
}

// lowerAction is the class keyword of a referential action: noaction, cascade, setnull, setdefault.
func lowerAction(s string) string { return strings.ToLower(strings.ReplaceAll(s, " ", "")) }
