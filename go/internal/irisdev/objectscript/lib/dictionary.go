package lib

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// The natives of %irisdev.Dictionary: what the macros of %occReference and the classes of %Dictionary ask.
var dictionaryNatives = run.Natives{
	"%irisdev.Dictionary:Defined": func(p *run.Process, c *run.Call) (run.Value, error) {
		return run.Bool(lookUp(p, c).found), nil
	},
	"%irisdev.Dictionary:ClassKey": func(p *run.Process, c *run.Call) (run.Value, error) {
		return lookUp(p, c).classKey(c.Text(2)), nil
	},
	"%irisdev.Dictionary:MemberDefined": func(p *run.Process, c *run.Call) (run.Value, error) {
		return run.Bool(lookUp(p, c).member(c.Text(2), c.Text(3)) != nil), nil
	},
	"%irisdev.Dictionary:MemberKey": func(p *run.Process, c *run.Call) (run.Value, error) {
		return lookUp(p, c).member(c.Text(2), c.Text(3)).key(c.Text(4)), nil
	},
	"%irisdev.Dictionary:MemberNext":  memberNext,
	"%irisdev.Dictionary:MemberArray": memberArray,
	"%irisdev.Dictionary:SubMemberKey": func(p *run.Process, c *run.Call) (run.Value, error) {
		return subMemberKey(lookUp(p, c).member(c.Text(2), c.Text(3)), c.Text(4), c.Text(5), c.Text(6)), nil
	},
	"%irisdev.Dictionary:Names": func(p *run.Process, c *run.Call) (run.Value, error) {
		return textList(lookUp(p, c).names(c.Text(2))), nil
	},
	"%irisdev.Dictionary:Body": func(p *run.Process, c *run.Call) (run.Value, error) {
		m := lookUp(p, c).member(c.Text(2), c.Text(3))
		if m == nil {
			return run.Value{}, nil
		}
		return run.Text(strings.ReplaceAll(m.body, "\n", "\r\n")), nil
	},
	"%irisdev.Dictionary:Fill":       fillItem,
	"%irisdev.Dictionary:Save":       saveDefinition,
	"%irisdev.Dictionary:Subclasses": subclasses,
}

// view is a class as the dictionary shows it: compiled, or as its source declares it.
type view struct {
	p        *run.Process
	compiled bool
	found    bool
	def      *ast.Class
	cls      *class.Class // nil unless compiled
}

// dictMember is one member with its keywords by their names in lower case.
type dictMember struct {
	keys  map[string]run.Value
	array map[string]map[string]string
	body  string
}

// lookUp finds the class that a native of %irisdev.Dictionary is asked about. While a class is compiled, its generators see it.
func lookUp(p *run.Process, c *run.Call) *view {
	return viewOf(p, c.Arg(0).Truth(), c.Text(1))
}

func viewOf(p *run.Process, compiled bool, name string) *view {
	v := &view{p: p, compiled: compiled}
	if name == "" {
		return v
	}
	full := class.Canonical(name)
	var err error
	if compiled {
		if v.cls, err = dictionary(p).Building(p.Store(), p.Namespace(), full); err != nil {
			return v
		}
		v.def, v.found = v.cls.Def, true
		return v
	}
	v.def, err = dictionary(p).Definition(p.Store(), p.Namespace(), full)
	v.found = err == nil
	return v
}

// full completes a class name that the class's source has.
func (v *view) full(name string) string {
	if name == "" {
		return ""
	}
	from := &class.Class{Name: v.def.Name, Def: v.def}
	return dictionary(v.p).FullName(v.p.Store(), v.p.Namespace(), from, name)
}

func (v *view) classKey(key string) run.Value {
	if !v.found {
		return run.Value{}
	}
	d := v.def
	switch key {
	case "name":
		return run.Text(d.Name)
	case "super":
		supers := make([]string, len(d.Supers))
		for i, s := range d.Supers {
			supers[i] = v.full(s)
		}
		return run.Text(strings.Join(supers, ","))
	case "primarysuper":
		return v.primarySuper()
	case "description":
		return run.Text(d.Doc)
	case "import":
		return run.Text(strings.Join(d.Imports, ","))
	case "includecode":
		return run.Text(strings.Join(d.Includes, ","))
	case "includegenerator":
		return run.Text(strings.Join(d.GeneratorIncludes, ","))
	case "classtype", "clientdatatype", "odbctype", "sqlcategory":
		return run.Text(v.inherited(key))
	case "timechanged", "timecreated":
		return run.Text(v.p.Now().Format("2006-01-02 15:04:05"))
	case "sqltablename":
		if d.Keywords[key] == "" && v.compiled && v.inherited("classtype") == "persistent" {
			return run.Text(d.Name[strings.LastIndexByte(d.Name, '.')+1:])
		}
	case "sqlqualifiednameq":
		if v.cls == nil || v.inherited("classtype") != "persistent" {
			return run.Value{}
		}
		return run.Text(tableName(v.cls))
	}
	return keyword(d.Keywords, key)
}

// keyword gives a keyword's value; those that are only said or not are 1 or nothing.
func keyword(k ast.Keywords, key string) run.Value {
	v := k[key]
	if v == "0" {
		return run.Int(0)
	}
	return run.Text(strings.Trim(v, `"`))
}

// primarySuper is ~Class~Super~…~ from the class up along its first superclasses.
func (v *view) primarySuper() run.Value {
	if v.cls == nil {
		return run.Value{}
	}
	out := "~"
	for c := v.cls; c != nil; c = primary(c) {
		out += c.Name + "~"
	}
	return run.Text(out)
}

// inherited is a keyword that a class has from its first superclass unless it says otherwise.
func (v *view) inherited(key string) string {
	if v.cls == nil {
		return v.def.Keywords[key]
	}
	for c := v.cls; c != nil; c = primary(c) {
		if s := c.Def.Keywords[key]; s != "" {
			return strings.ToLower(strings.Trim(s, `"`))
		}
	}
	return ""
}

// names lists the members of a kind as they are declared; those of a compiled class with what it inherits.
func (v *view) names(kind string) []string {
	if !v.found {
		return nil
	}
	if v.cls != nil {
		return v.compiledNames(kind)
	}
	var out []string
	switch kind {
	case "property":
		for _, m := range v.def.Properties {
			out = append(out, m.Name)
		}
	case "method":
		for _, m := range v.def.Methods {
			out = append(out, m.Name)
		}
	case "parameter":
		for _, m := range v.def.Parameters {
			out = append(out, m.Name)
		}
	case "xdata":
		for _, m := range v.def.XData {
			out = append(out, m.Name)
		}
	case "query":
		for _, m := range v.def.Queries {
			out = append(out, m.Name)
		}
	default:
		for _, m := range v.def.Others {
			if strings.EqualFold(m.Kind, kind) {
				out = append(out, m.Name)
			}
		}
	}
	return out
}

func (v *view) compiledNames(kind string) []string {
	switch kind {
	case "property":
		return v.cls.Order
	case "method":
		var out []string
		for _, name := range sorted(v.cls.Methods) {
			if v.cls.Methods[name].Property == nil {
				out = append(out, name)
			}
		}
		return out
	case "parameter":
		return sorted(v.cls.Parameters)
	case "xdata":
		return sorted(v.cls.XData)
	case "query":
		return sorted(v.cls.Queries)
	}
	var out []string
	for _, a := range v.cls.Chain {
		for _, m := range a.Def.Others {
			if strings.EqualFold(m.Kind, kind) && !slices.Contains(out, m.Name) {
				out = append(out, m.Name)
			}
		}
	}
	return out
}

func memberNext(p *run.Process, c *run.Call) (run.Value, error) {
	names := append([]string(nil), lookUp(p, c).names(c.Text(2))...)
	sort.Strings(names)
	i := sort.SearchStrings(names, c.Text(3))
	if i < len(names) && names[i] == c.Text(3) {
		i++
	}
	if i >= len(names) {
		return run.Value{}, nil
	}
	return run.Text(names[i]), nil
}

func memberArray(p *run.Process, c *run.Call) (run.Value, error) {
	m := lookUp(p, c).member(c.Text(2), c.Text(3))
	if m == nil {
		return run.Value{}, nil
	}
	return run.Text(m.array[c.Text(4)][c.Text(5)]), nil
}

// subMemberKey gives what is known of one item of a member, a property of an index for example.
func subMemberKey(m *dictMember, array, item, key string) run.Value {
	if m == nil {
		return run.Value{}
	}
	return run.Text(m.array[array+" "+item][key])
}

func subclasses(p *run.Process, c *run.Call) (run.Value, error) {
	d, of := dictionary(p), class.Canonical(c.Text(0))
	names, err := d.Names(p.Store(), p.Namespace())
	if err != nil {
		return run.Value{}, err
	}
	var out []string
	for _, name := range names {
		cls, err := d.Class(p.Store(), p.Namespace(), name)
		if err != nil || name == of || !cls.Is(of) {
			continue
		}
		if c.Arg(1).Truth() {
			direct := false
			v := &view{p: p, def: cls.Def}
			for _, s := range cls.Def.Supers {
				direct = direct || v.full(s) == of
			}
			if !direct {
				continue
			}
		}
		out = append(out, name)
	}
	return textList(out), nil
}

func textList(names []string) run.Value {
	items := make([]value.Value, len(names))
	for i, n := range names {
		items[i] = value.Text(n)
	}
	return run.Plain(value.BuildList(items...))
}

// sequence numbers the members of a kind from 1, as they stand in the source of the class that declares them.
func sequence[T any](list []T, same func(T) bool) run.Value {
	for i, x := range list {
		if same(x) {
			return run.Text(strconv.Itoa(i + 1))
		}
	}
	return run.Value{}
}

// tableName is the SQL name of a persistent class: the package with _ for each point, then SqlTableName or the class's own name
// (IRIS docs, "Class to Table Projection"). The package User is the schema SQLUser.
func tableName(c *class.Class) string {
	i := strings.LastIndexByte(c.Name, '.')
	schema, name := strings.ReplaceAll(c.Name[:max(i, 0)], ".", "_"), c.Name[i+1:]
	if schema == "User" {
		schema = "SQLUser"
	}
	if n := strings.Trim(c.Def.Keywords["sqltablename"], `"`); n != "" {
		name = n
	}
	return schema + "." + name
}
