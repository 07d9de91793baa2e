package lib

import (
	"errors"
	"strconv"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
)

// The natives of %Persistent and %SerialObject. A persistent object is a row of the table of its extent.
var persistNatives = run.Natives{
	"%Library.Persistent:%Save": func(p *run.Process, c *run.Call) (run.Value, error) {
		return save(p, c.Self)
	},
	"%Library.Persistent:%Id": func(_ *run.Process, c *run.Call) (run.Value, error) {
		if s, ok := c.Self.Native.(*stored); ok {
			return run.Text(s.id), nil
		}
		return run.Value{}, nil
	},
	"%Library.Persistent:%OpenId":       openID,
	"%Library.Persistent:%ExistsId":     existsID,
	"%Library.Persistent:%DeleteId":     deleteID,
	"%Library.Persistent:%Reload":       reload,
	"%Library.Persistent:%ExtentIds":    extentIDs,
	"%Library.Persistent:%KillExtent":   killExtent,
	"%Library.Persistent:%BuildIndices": buildIndices,
	"%Library.Persistent:%IndexExists":  indexExists,
	"%Library.Persistent:%IndexOpen":    indexOpen,
	"%Library.Persistent:%IndexDelete":  indexDelete,
	"%Library.SerialObject:%Serialize": func(p *run.Process, c *run.Call) (run.Value, error) {
		v, err := serialize(p, c.Self)
		return run.Plain(v), err
	},
	"%Library.SerialObject:%FromSerial": func(p *run.Process, c *run.Call) (run.Value, error) {
		return deserialize(p, c.Class, c.Arg(0).Value)
	},
	"%Library.RelationshipObject:Fill": fillRelationship,
}

// stored is what a persistent object in memory knows of its row.
type stored struct {
	id     string // "" before the first save
	row    int64
	saving bool
	image  map[string]value.Value // what the row has
}

// extent is a persistent class with its table.
type extent struct {
	tables superserver.ClassTables
	cls    *class.Class
	root   *class.Class
}

func extentOf(p *run.Process, c *class.Class) (*extent, error) {
	root := run.Extent(c)
	if root == nil {
		return nil, fault.New("METHOD DOES NOT EXIST", "*%Save,"+c.Name)
	}
	tables, err := p.Tables()
	if err != nil {
		return nil, err
	}
	return &extent{tables: tables, cls: c, root: root}, nil
}

// parentProperty is the parent side of a relationship, which the id of a child begins with.
func parentProperty(c *class.Class) string {
	for _, name := range c.Order {
		d := c.Properties[name].Def
		if d.Relationship && strings.EqualFold(d.Keywords["cardinality"], "parent") {
			return name
		}
	}
	return ""
}

// row finds the row of an id; 0 if there is none.
func (e *extent) find(id string) (int64, error) {
	if ix := run.IDKey(e.root); ix != nil {
		var key []value.Value
		for _, s := range strings.Split(id, "||") {
			key = append(key, keyValue(s))
		}
		return e.tables.FindObject(e.root.Name, ix.Name, key)
	}
	if parentProperty(e.root) != "" {
		id = id[strings.LastIndex(id, "||")+1:]
		id = strings.TrimPrefix(id, "|")
	}
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || n < 1 {
		return 0, nil
	}
	return n, nil
}

// keyValue is a part of an id: a number if it is written as one.
func keyValue(s string) value.Value {
	if n, rest := value.ParseNumber(s); rest == 0 && s != "" && n.Text() == s {
		return n
	}
	return value.Text(s)
}

// idOf is the id of a row.
func (e *extent) idOf(row int64, values map[string]value.Value) string {
	if ix := run.IDKey(e.root); ix != nil {
		var parts []string
		for _, prop := range class.IndexProperties(ix) {
			parts = append(parts, values[prop].Text())
		}
		return strings.Join(parts, "||")
	}
	id := strconv.FormatInt(row, 10)
	if prop := parentProperty(e.root); prop != "" {
		return values[prop].Text() + "||" + id
	}
	return id
}

// mine reports that the object of a row is of the class that was asked.
func (e *extent) mine(values map[string]value.Value) bool {
	return e.cls == e.root || strings.Contains(values[run.ClassNameColumn].Text(), "~"+e.cls.Name+"~")
}

// load reads the row of an id; nil if there is none of the class.
func (e *extent) load(id string) (int64, map[string]value.Value, error) {
	if id == "" {
		return 0, nil, nil
	}
	row, err := e.find(id)
	if err != nil || row == 0 {
		return 0, nil, err
	}
	values, ok, err := e.tables.LoadObject(e.root.Name, row)
	if err != nil || !ok || !e.mine(values) {
		return 0, nil, err
	}
	return row, values, nil
}

// sqlFailure turns an error of SQL into a status; other errors stay errors.
func sqlFailure(c *class.Class, err error) (run.Value, error) {
	var e *sqlerr.Error
	if !errors.As(err, &e) {
		return run.Value{}, err
	}
	switch e.Code {
	case -119, -120:
		name, keys := c.Name, e.Message
		if _, rest, ok := strings.Cut(keys, "Constraint '"); ok {
			index, _, _ := strings.Cut(rest, "'")
			return Status(5808, name, index, name+"I"), nil
		}
		return Status(5808, name, "", name+"I"), nil
	case -110, -114:
		return Status(5803, c.Name), nil
	}
	return Status(5521, strconv.Itoa(e.Code), e.Message), nil
}

func openID(p *run.Process, c *run.Call) (run.Value, error) {
	sc := good
	v, err := open(p, c.Class, c.Text(0), &sc)
	if err != nil {
		return run.Value{}, err
	}
	set(p, c, 2, sc)
	if !sc.Truth() {
		p.Assign(p.Public("%objlasterror"), sc)
	}
	return v, nil
}

// open gives the object of an id: the one that the process has open already, or a new one.
func open(p *run.Process, cls *class.Class, id string, sc *run.Value) (run.Value, error) {
	e, err := extentOf(p, cls)
	if err != nil {
		return run.Value{}, err
	}
	row, values, err := e.load(id)
	if err != nil {
		*sc, err = sqlFailure(cls, err)
		return run.Value{}, err
	}
	if row == 0 {
		*sc = Status(5809, cls.Name, id)
		return run.Value{}, nil
	}
	key := openKey(e, row)
	if o := p.Opened(key); o != nil {
		return run.Ref(o), nil
	}
	actual := cls
	if name, _, _ := strings.Cut(strings.TrimPrefix(values[run.ClassNameColumn].Text(), "~"), "~"); name != "" && name != cls.Name {
		if actual, err = p.Class(name); err != nil {
			return run.Value{}, err
		}
	}
	o, err := p.NewObject(actual)
	if err != nil {
		return run.Value{}, err
	}
	v := run.Ref(o)
	p.Retain(v)
	defer p.Release(v)
	o.Native = &stored{id: e.idOf(row, values), row: row}
	if err := put(p, o, values); err != nil {
		return run.Value{}, err
	}
	p.SetOpened(key, o)
	if m := actual.Methods["%OnOpen"]; m != nil && m.Body != nil {
		if *sc, err = p.Call(o, "%OnOpen"); err != nil || !sc.Truth() {
			return run.Value{}, err
		}
	}
	return v, nil
}

func openKey(e *extent, row int64) string {
	return e.root.Namespace + " " + e.root.Name + " " + strconv.FormatInt(row, 10)
}

// put sets the properties of an object from its row.
func put(p *run.Process, o *run.Object, values map[string]value.Value) error {
	for _, name := range o.Class.Order {
		prop := o.Class.Properties[name]
		if !run.Stored(prop) {
			continue
		}
		v, err := decodeValue(p, prop, values[name])
		if err != nil {
			return err
		}
		p.SetRaw(o, name, v)
	}
	if s, ok := o.Native.(*stored); ok {
		s.image = values
	}
	return nil
}

func existsID(p *run.Process, c *run.Call) (run.Value, error) {
	e, err := extentOf(p, c.Class)
	if err != nil {
		return run.Value{}, err
	}
	row, _, err := e.load(c.Text(0))
	return run.Bool(row != 0), err
}

func reload(p *run.Process, c *run.Call) (run.Value, error) {
	s, ok := c.Self.Native.(*stored)
	if !ok {
		return Status(5813), nil
	}
	e, err := extentOf(p, c.Self.Class)
	if err != nil {
		return run.Value{}, err
	}
	row, values, err := e.load(s.id)
	if err != nil {
		return sqlFailure(e.cls, err)
	}
	if row == 0 {
		return Status(5809, e.cls.Name, s.id), nil
	}
	return good, put(p, c.Self, values)
}

// deleteID deletes an object after %OnDelete, and with it the children of its relationships.
func deleteID(p *run.Process, c *run.Call) (run.Value, error) {
	return remove(p, c.Class, c.Text(0))
}

func remove(p *run.Process, cls *class.Class, id string) (run.Value, error) {
	e, err := extentOf(p, cls)
	if err != nil {
		return run.Value{}, err
	}
	row, values, err := e.load(id)
	if err != nil {
		return sqlFailure(cls, err)
	}
	if row == 0 {
		return Status(5810, cls.Name, id), nil
	}
	actual := cls
	if name, _, _ := strings.Cut(strings.TrimPrefix(values[run.ClassNameColumn].Text(), "~"), "~"); name != "" {
		if actual, err = p.Class(name); err != nil {
			return run.Value{}, err
		}
	}
	return inTransaction(p, func() (run.Value, error) {
		if m := actual.Methods["%OnDelete"]; m != nil && m.Body != nil {
			oid := list(run.Text(id), run.Text(actual.Name))
			if sc, err := p.CallClass(actual, "%OnDelete", []run.Actual{run.Arg(oid)}, true); err != nil || !sc.Truth() {
				return sc, err
			}
		}
		for _, name := range actual.Order {
			d := actual.Properties[name].Def
			if !d.Relationship || !strings.EqualFold(d.Keywords["cardinality"], "children") {
				continue
			}
			child, err := p.Class(actual.Properties[name].Type)
			if err != nil {
				return run.Value{}, err
			}
			ids, err := related(p, child, d.Keywords["inverse"], id)
			if err != nil {
				return run.Value{}, err
			}
			for _, one := range ids {
				if sc, err := remove(p, child, one); err != nil || !sc.Truth() {
					return sc, err
				}
			}
		}
		if _, err := e.tables.DeleteObject(p.Context(), e.root.Name, row); err != nil {
			return sqlFailure(cls, err)
		}
		if o := p.Opened(openKey(e, row)); o != nil {
			o.Native = nil
			p.SetOpened(openKey(e, row), nil)
		}
		return good, nil
	})
}

// inTransaction runs something in a transaction; an error or an error status takes back what it did.
func inTransaction(p *run.Process, do func() (run.Value, error)) (run.Value, error) {
	level := p.Store().TLevel()
	if err := p.Store().TStart(); err != nil {
		return run.Value{}, err
	}
	sc, err := do()
	if err != nil || !sc.Truth() {
		if back := p.Store().TRollbackTo(level); back != nil && err == nil {
			err = back
		}
		return sc, err
	}
	return sc, p.Store().TCommit()
}

func extentIDs(p *run.Process, c *run.Call) (run.Value, error) {
	ids, err := allIDs(p, c.Class)
	return textList(ids), err
}

func allIDs(p *run.Process, cls *class.Class) ([]string, error) {
	return idsWhere(p, cls, func(map[string]value.Value) bool { return true })
}

// related gives the ids of those objects whose property refers to an id.
func related(p *run.Process, cls *class.Class, property, id string) ([]string, error) {
	return idsWhere(p, cls, func(values map[string]value.Value) bool { return values[property].Text() == id })
}

// idsWhere gives the ids of the objects of a class that hold what is wanted.
func idsWhere(p *run.Process, cls *class.Class, wanted func(map[string]value.Value) bool) ([]string, error) {
	e, err := extentOf(p, cls)
	if err != nil {
		return nil, err
	}
	rows, err := e.tables.Objects(e.root.Name)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, row := range rows {
		values, ok, err := e.tables.LoadObject(e.root.Name, row)
		if err != nil {
			return nil, err
		}
		if ok && e.mine(values) && wanted(values) {
			ids = append(ids, e.idOf(row, values))
		}
	}
	return ids, nil
}

// killExtent removes all rows of the extent; of a class that extends another one only its own objects, one by one.
func killExtent(p *run.Process, c *run.Call) (run.Value, error) {
	e, err := extentOf(p, c.Class)
	if err != nil {
		return run.Value{}, err
	}
	if e.cls != e.root {
		ids, err := allIDs(p, e.cls)
		for i := 0; i < len(ids) && err == nil; i++ {
			_, err = remove(p, e.cls, ids[i])
		}
		return good, err
	}
	if err := e.tables.ClearClass(e.root.Name); err != nil {
		return sqlFailure(e.cls, err)
	}
	return good, nil
}

func buildIndices(p *run.Process, c *run.Call) (run.Value, error) {
	e, err := extentOf(p, c.Class)
	if err != nil {
		return run.Value{}, err
	}
	if err := e.tables.RebuildIndexes(e.root.Name); err != nil {
		return sqlFailure(e.cls, err)
	}
	return good, nil
}

// indexRow finds the row that the first arguments of an index method name, and how many they are.
func indexRow(p *run.Process, c *run.Call) (*extent, int64, map[string]value.Value, int, error) {
	n := len(class.IndexProperties(c.Method.Index))
	e, err := extentOf(p, c.Class)
	if err != nil {
		return nil, 0, nil, n, err
	}
	key := make([]value.Value, n)
	for i := range key {
		key[i] = c.Arg(i).Value
		if o := c.Arg(i).Obj; o != nil {
			id, err := p.Call(o, "%Id")
			if err != nil {
				return nil, 0, nil, n, err
			}
			key[i] = id.Value
		}
		key[i] = toRow(key[i])
	}
	row, err := e.tables.FindObject(e.root.Name, c.Method.Index.Name, key)
	if err != nil || row == 0 {
		return e, 0, nil, n, err
	}
	values, ok, err := e.tables.LoadObject(e.root.Name, row)
	if !ok || !e.mine(values) {
		row = 0
	}
	return e, row, values, n, err
}

// indexExists is IdxExists(key…, .id).
func indexExists(p *run.Process, c *run.Call) (run.Value, error) {
	e, row, values, n, err := indexRow(p, c)
	if err != nil || row == 0 {
		return run.Int(0), err
	}
	set(p, c, n, run.Text(e.idOf(row, values)))
	return run.Int(1), nil
}

// indexOpen is IdxOpen(key…, concurrency, .sc).
func indexOpen(p *run.Process, c *run.Call) (run.Value, error) {
	e, row, values, n, err := indexRow(p, c)
	if err != nil {
		return run.Value{}, err
	}
	sc := good
	var v run.Value
	if row == 0 {
		var keys []string
		for i := range n {
			keys = append(keys, c.Text(i))
		}
		sc = Status(5770, c.Class.Name, c.Method.Index.Name, strings.Join(keys, "||"))
	} else if v, err = open(p, e.cls, e.idOf(row, values), &sc); err != nil {
		return run.Value{}, err
	}
	set(p, c, n+1, sc)
	return v, nil
}

// indexDelete is IdxDelete(key…, concurrency).
func indexDelete(p *run.Process, c *run.Call) (run.Value, error) {
	e, row, values, _, err := indexRow(p, c)
	if err != nil {
		return run.Value{}, err
	}
	if row == 0 {
		return Status(5770, c.Class.Name, c.Method.Index.Name, c.Text(0)), nil
	}
	return remove(p, e.cls, e.idOf(row, values))
}

// fillRelationship lists the objects on the many side of a relationship, by id.
func fillRelationship(p *run.Process, c *run.Call) (run.Value, error) {
	owner, inverse := p.GetRaw(c.Self, "Owner"), p.GetRaw(c.Self, "Inverse").Text()
	if owner.Obj == nil || inverse == "" {
		return run.Value{}, nil
	}
	s, ok := owner.Obj.Native.(*stored)
	if !ok || s.id == "" {
		return run.Value{}, nil
	}
	cls, err := p.Class(p.GetRaw(c.Self, "ElementType").Text())
	if err != nil {
		return run.Value{}, err
	}
	ids, err := related(p, cls, inverse, s.id)
	if err != nil {
		return run.Value{}, err
	}
	data := p.Raw(c.Self, "Data")
	for i, id := range ids {
		n, err := data.Make(value.Int(int64(i + 1)))
		if err != nil {
			return run.Value{}, err
		}
		p.Assign(n, run.Text(id))
	}
	return run.Value{}, nil
}
