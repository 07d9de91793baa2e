package run

import (
	"strconv"
	"strings"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/superserver"
)

// ClassNameColumn is the property that a row keeps the class of its object in, as %%CLASSNAME does in IRIS's storage.
const ClassNameColumn = "x__classname"

// Tables gives the process' SQL as the keeper of objects. <UNIMPLEMENTED> in an instance without SQL.
func (p *Process) Tables() (superserver.ClassTables, error) {
	s, err := p.SQL()
	if err != nil {
		return nil, err
	}
	t, ok := s.(superserver.ClassTables)
	if !ok {
		return nil, fault.New("UNIMPLEMENTED", "*persistent classes")
	}
	return t, nil
}

// ClassType is what ClassType says of a class or of its first superclass: persistent, serial, datatype …
func ClassType(c *class.Class) string {
	for ; c != nil; c = first(c) {
		if t := c.Def.Keywords["classtype"]; t != "" {
			return strings.ToLower(strings.Trim(t, `"`))
		}
	}
	return ""
}

// first is the primary superclass.
func first(c *class.Class) *class.Class {
	if len(c.Chain) < 2 {
		return nil
	}
	return c.Chain[1]
}

// Extent is the class whose table holds the objects of c: the one at the top of its first superclasses that is persistent and has
// an extent; nil if c is not persistent (IRIS docs, "Class Definitions: extents").
func Extent(c *class.Class) *class.Class {
	var root *class.Class
	for a := c; a != nil && ClassType(a) == "persistent"; a = first(a) {
		if !strings.HasPrefix(a.Name, "%Library.") && !a.Def.Keywords.Has("noextent") {
			root = a
		}
	}
	return root
}

// Project brings the table of a persistent class up to date; other classes have none.
func (p *Process) Project(c *class.Class) error {
	root := Extent(c)
	if root == nil || p.sys.SQL == nil {
		return nil
	}
	tables, err := p.Tables()
	if err != nil {
		return err
	}
	t := tableHead(root)
	t.Columns = []superserver.ClassColumn{{Property: ClassNameColumn, Name: ClassNameColumn, Private: true,
		Type: sqltype.Type{Kind: sqltype.VarChar}, Collation: sqltype.Exact}}
	for _, name := range root.Order {
		if col, ok := p.column(root.Properties[name]); ok {
			t.Columns = append(t.Columns, col)
		}
	}
	for _, name := range c.Order {
		if root.Properties[name] != nil {
			continue
		}
		if col, ok := p.column(c.Properties[name]); ok {
			col.Private, col.Required = true, false
			t.Columns = append(t.Columns, col)
		}
	}
	t.Indexes = indexes(root, t.Columns)
	if err := tables.DefineClass(t); err != nil {
		return err
	}
	if root == c {
		return nil
	}
	return tables.DefineClass(p.extentView(root, c))
}

// Unproject removes the table of a class that is deleted.
func (p *Process) Unproject(name string, data bool) error {
	if p.sys.SQL == nil {
		return nil
	}
	tables, err := p.Tables()
	if err != nil {
		return err
	}
	return tables.DropClass(name, data)
}

// tableHead names a class's table: the package with _ for each point is the schema, User's is SQLUser (IRIS docs, "Table Names
// and Schema Names").
func tableHead(c *class.Class) superserver.ClassTable {
	i := strings.LastIndexByte(c.Name, '.')
	t := superserver.ClassTable{Class: c.Name, Schema: strings.ReplaceAll(c.Name[:max(i, 0)], ".", "_"), Name: c.Name[i+1:], Description: c.Def.Doc}
	if t.Schema == "User" {
		t.Schema = "SQLUser"
	}
	if n := strings.Trim(c.Def.Keywords["sqltablename"], `"`); n != "" {
		t.Name = n
	}
	t.PrivateRowID = c.Def.Keywords.Has("sqlrowidprivate") || IDKey(c) != nil
	return t
}

// extentView is the table of a class that extends another persistent one: those rows of the extent that are of the class, or of
// one that extends it.
func (p *Process) extentView(root, c *class.Class) superserver.ClassTable {
	t := tableHead(c)
	head := tableHead(root)
	t.Columns = append(t.Columns, superserver.ClassColumn{Property: "ID", Name: "ID", Type: sqltype.Type{Kind: sqltype.BigInt}})
	names := []string{"ID"}
	for _, name := range c.Order {
		if col, ok := p.column(c.Properties[name]); ok {
			t.Columns = append(t.Columns, col)
			names = append(names, `"`+col.Name+`"`)
		}
	}
	t.View = "SELECT " + strings.Join(names, ", ") + ` FROM "` + head.Schema + `"."` + head.Name + `" WHERE ` + ClassNameColumn + ` [ '~` + c.Name + "~'"
	return t
}

// StoredClass is what a row keeps of the class of its object: it and its superclasses up to the root of the extent.
func StoredClass(c *class.Class) string {
	root := Extent(c)
	out := "~"
	for a := c; a != nil; a = first(a) {
		out += a.Name + "~"
		if a == root || root != nil && a.Name == root.Name {
			break
		}
	}
	return out
}

// Stored reports a property that is kept with its object.
func Stored(prop *class.Property) bool {
	k := prop.Def.Keywords
	if k.Has("transient") || k.Has("multidimensional") || k.Has("calculated") {
		return false
	}
	card := strings.ToLower(k["cardinality"])
	return !prop.Def.Relationship || card == "one" || card == "parent"
}

// column is a property as a column of its table; false for one that is not stored.
func (p *Process) column(prop *class.Property) (superserver.ClassColumn, bool) {
	col := superserver.ClassColumn{Property: prop.Def.Name, Name: prop.Def.Name, Description: prop.Def.Doc, Required: prop.Def.Keywords.Has("required")}
	if n := strings.Trim(prop.Def.Keywords["sqlfieldname"], `"`); n != "" {
		col.Name = n
	}
	if !Stored(prop) {
		return col, false
	}
	switch strings.ToLower(prop.Def.Collection) {
	case "list":
		col.Type = sqltype.Type{Kind: sqltype.List}
		return col, true
	case "array":
		col.Type, col.Private = sqltype.Type{Kind: sqltype.List}, true
		return col, true
	}
	t, err := p.sys.Classes.Class(p.store, p.store.Namespace(), prop.Type)
	switch {
	case err != nil:
		// It is being compiled, or will be: a reference to an object that has a number.
		col.Type = sqltype.Type{Kind: sqltype.BigInt}
	case prop.Datatype:
		col.Type, col.Collation = datatype(t, prop)
	case t.Is("%Stream.GlobalBinary") || t.Is("%Stream.FileBinary") && !t.Is("%Stream.FileCharacter"):
		col.Type = sqltype.Type{Kind: sqltype.LongVarBinary}
	case t.Is("%Stream.Object") || t.Is("%Library.AbstractStream"):
		col.Type = sqltype.Type{Kind: sqltype.LongVarChar}
	case ClassType(t) == "persistent":
		col.Type = sqltype.Type{Kind: sqltype.BigInt}
		if IDKey(t) != nil {
			col.Type, col.Collation = sqltype.Type{Kind: sqltype.VarChar}, sqltype.Exact
		}
	case ClassType(t) == "serial":
		col.Type, col.Private = sqltype.Type{Kind: sqltype.List}, true
	case t.Is("%Library.DynamicAbstractObject"):
		col.Type, col.Collation = sqltype.Type{Kind: sqltype.VarChar}, sqltype.Exact
	default:
		return col, false
	}
	return col, true
}

// datatype finds the SQL type of a data type class: that of the first class above it that SQL knows.
func datatype(t *class.Class, prop *class.Property) (sqltype.Type, sqltype.Collation) {
	typ := sqltype.Type{Kind: sqltype.VarChar}
	for _, a := range t.Chain {
		if got, ok := sqltype.ForColumn(sqltype.Spelling{Name: a.Name}); ok {
			typ = got
			break
		}
		if a.Name == "%Library.List" || a.Name == "%Library.Status" || a.Name == "%Library.Binary" {
			return sqltype.Type{Kind: sqltype.List}, sqltype.NoCollation
		}
	}
	collation := sqltype.NoCollation
	switch typ.Kind {
	case sqltype.VarChar:
		n, err := strconv.Atoi(prop.Params["MAXLEN"])
		typ.Length = 0
		if err == nil {
			typ.Length = n
		}
		collation = sqltype.SQLUpper
		if c, ok := sqltype.CollationByName(strings.ToUpper(prop.Params["COLLATION"])); ok {
			collation = c
		}
	case sqltype.Numeric:
		if n, err := strconv.Atoi(prop.Params["SCALE"]); err == nil {
			typ.Scale = n
		}
	case sqltype.VarBinary, sqltype.GUID, sqltype.TimeStamp:
		collation = sqltype.Exact
	}
	return typ, collation
}

// IDKey is the index whose properties are the id of a class's objects; nil if they are numbered.
func IDKey(c *class.Class) *ast.OtherDef {
	for _, a := range c.Chain {
		for _, d := range a.Def.Others {
			if strings.EqualFold(d.Kind, "Index") && d.Keywords.Has("idkey") {
				return d
			}
		}
	}
	return nil
}

// indexes are those indexes of a class whose properties are columns.
func indexes(c *class.Class, columns []superserver.ClassColumn) []superserver.ClassIndex {
	known := map[string]bool{}
	for _, col := range columns {
		known[col.Property] = true
	}
	var out []superserver.ClassIndex
	seen := map[string]bool{}
	for _, a := range c.Chain {
		for _, d := range a.Def.Others {
			if !strings.EqualFold(d.Kind, "Index") || seen[d.Name] || d.Keywords.Has("extent") {
				continue
			}
			seen[d.Name] = true
			ix := superserver.ClassIndex{Name: d.Name, Properties: class.IndexProperties(d),
				Unique:  d.Keywords.Has("unique") || d.Keywords.Has("primarykey") || d.Keywords.Has("idkey"),
				Primary: d.Keywords.Has("primarykey")}
			for _, prop := range ix.Properties {
				if !known[prop] {
					ix.Properties = nil
					break
				}
			}
			if len(ix.Properties) > 0 {
				out = append(out, ix)
			}
		}
	}
	return out
}

// Opened gives the object that the process has open under a key; nil if there is none any more.
func (p *Process) Opened(key string) *Object {
	o := p.opened[key]
	if o == nil || o.dead {
		delete(p.opened, key)
		return nil
	}
	return o
}

// SetOpened keeps an object under a key, without holding it.
func (p *Process) SetOpened(key string, o *Object) {
	if p.opened == nil {
		p.opened = map[string]*Object{}
	}
	p.opened[key] = o
}

// swizzle opens the object whose id a property holds.
func (p *Process) swizzle(o *Object, prop *class.Property, v Value) (Value, error) {
	if prop.Datatype || prop.Def.Collection != "" || v.Obj != nil || v.IsEmpty() {
		return v, nil
	}
	c, err := p.sys.Classes.Class(p.store, p.store.Namespace(), prop.Type)
	if err != nil || ClassType(c) != "persistent" {
		return v, nil
	}
	got, err := p.CallClass(c, "%OpenId", []Actual{Arg(v)}, true)
	if err != nil || got.Obj == nil {
		return got, err
	}
	p.SetRaw(o, prop.Def.Name, got)
	return got, nil
}
