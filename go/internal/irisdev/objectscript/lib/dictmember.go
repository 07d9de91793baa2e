package lib

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/run"
)

// key gives a keyword of a member; nothing if there is no such member.
func (m *dictMember) key(name string) run.Value {
	if m == nil {
		return run.Value{}
	}
	return m.keys[name]
}

// member finds a member; nil if the class has none of that name.
func (v *view) member(kind, name string) *dictMember {
	if !v.found {
		return nil
	}
	switch kind {
	case "property":
		return v.property(name)
	case "method":
		return v.method(name)
	case "parameter":
		return v.parameter(name)
	case "xdata":
		return v.xdata(name)
	case "query":
		return v.query(name)
	}
	return v.other(kind, name)
}

// keysOf begins a member with the keywords that it was written with.
func keysOf(name, doc, origin string, k ast.Keywords) *dictMember {
	m := &dictMember{keys: map[string]run.Value{}, array: map[string]map[string]string{}}
	for key := range k {
		m.keys[key] = keyword(k, key)
	}
	m.keys["name"], m.keys["description"], m.keys["origin"] = run.Text(name), run.Text(doc), run.Text(origin)
	return m
}

func (v *view) property(name string) *dictMember {
	origin, params := v.def, map[string]string(nil)
	var def *ast.PropDef
	var compiled *class.Property
	if v.cls != nil {
		if compiled = v.cls.Properties[name]; compiled == nil {
			return nil
		}
		def, params, origin = compiled.Def, compiled.Params, compiled.Origin.Def
	} else {
		for _, d := range v.def.Properties {
			if d.Name == name {
				def, params = d, d.TypeParams
			}
		}
	}
	if def == nil {
		return nil
	}
	m := keysOf(name, def.Doc, origin.Name, def.Keywords)
	m.array["parameter"] = params
	m.keys["type"], m.keys["collection"] = run.Text(def.Type), run.Text(strings.ToLower(def.Collection))
	if def.Type == "" {
		m.keys["type"] = run.Text("%String")
	}
	if def.Relationship {
		m.keys["relationship"] = run.Int(1)
	}
	if x, ok := def.Keywords["initialexpression"]; ok {
		m.keys["initialexpression"] = run.Text(x)
	}
	m.keys["sequencenumber"] = sequence(origin.Properties, func(d *ast.PropDef) bool { return d == def })
	if compiled != nil {
		m.keys["type"], m.keys["runtimetype"] = run.Text(compiled.Type), run.Text(compiled.Type)
		if m.keys["sqlfieldname"].IsEmpty() {
			m.keys["sqlfieldname"] = run.Text(name)
		}
	}
	return m
}

func (v *view) method(name string) *dictMember {
	origin := v.def
	var def *ast.MethodDef
	if v.cls != nil {
		m := v.cls.Methods[name]
		if m == nil || m.Property != nil {
			return nil
		}
		def, origin = m.Def, m.Origin.Def
	} else {
		for _, d := range v.def.Methods {
			if d.Name == name {
				def = d
			}
		}
	}
	if def == nil {
		return nil
	}
	m := keysOf(name, def.Doc, origin.Name, def.Keywords)
	spec, parsed := formalSpec(def.Formals)
	m.keys["classmethod"], m.keys["returntype"], m.keys["formalspec"], m.keys["formalspecparsed"] = run.Bool(def.ClassMethod),
		run.Text(def.Returns), spec, parsed
	if v.cls != nil && def.Returns != "" {
		m.keys["returntype"] = run.Text((&view{p: v.p, def: origin}).full(def.Returns))
	}
	m.keys["codemode"] = run.Text(orDefault(def.Keywords["codemode"], "code"))
	m.keys["language"] = run.Text(orDefault(def.Keywords["language"], "objectscript"))
	m.keys["sequencenumber"] = sequence(origin.Methods, func(d *ast.MethodDef) bool { return d == def })
	m.keys["implementation"] = run.Text(strings.ReplaceAll(def.Body, "\n", "\r\n"))
	m.body = def.Body
	return m
}

func (v *view) parameter(name string) *dictMember {
	origin, val := v.def, ""
	var def *ast.ParamDef
	if v.cls != nil {
		pa := v.cls.Parameters[name]
		if pa == nil {
			return nil
		}
		def, val, origin = pa.Def, pa.Value, pa.Origin.Def
	} else {
		for _, d := range v.def.Parameters {
			if d.Name == name {
				def, val = d, d.Value
			}
		}
	}
	if def == nil {
		return nil
	}
	m := keysOf(name, def.Doc, origin.Name, def.Keywords)
	m.keys["type"], m.keys["default"], m.keys["expression"] = run.Text(def.Type), run.Text(val), run.Text(def.Computed)
	m.keys["sequencenumber"] = sequence(origin.Parameters, func(d *ast.ParamDef) bool { return d == def })
	return m
}

func (v *view) xdata(name string) *dictMember {
	var def *ast.XDataDef
	if v.cls != nil {
		def = v.cls.XData[name]
	} else {
		for _, d := range v.def.XData {
			if d.Name == name {
				def = d
			}
		}
	}
	if def == nil {
		return nil
	}
	m := keysOf(name, def.Doc, v.originOf("xdata", name), def.Keywords)
	m.keys["mimetype"] = run.Text(orDefault(m.keys["mimetype"].Text(), "text/xml"))
	m.body = def.Text
	return m
}

func (v *view) query(name string) *dictMember {
	var def *ast.QueryDef
	if v.cls != nil {
		def = v.cls.Queries[name]
	} else {
		for _, d := range v.def.Queries {
			if d.Name == name {
				def = d
			}
		}
	}
	if def == nil {
		return nil
	}
	m := keysOf(name, def.Doc, v.originOf("query", name), def.Keywords)
	spec, _ := formalSpec(def.Formals)
	m.keys["type"], m.keys["formalspec"], m.keys["sqlquery"] = run.Text(def.Type), spec, run.Text(def.Text)
	m.array["parameter"] = def.TypeParams
	m.body = def.Text
	return m
}

// other gives an index, trigger, projection, foreign key or storage definition.
func (v *view) other(kind, name string) *dictMember {
	def, origin := v.otherDef(kind, name)
	if def == nil {
		return nil
	}
	m := keysOf(name, "", origin, def.Keywords)
	m.body = def.Text
	switch kind {
	case "index":
		m.keys["properties"] = run.Text(strings.Join(class.IndexProperties(def), ","))
		for _, col := range class.IndexColumns(def) {
			m.array["property"] = addKey(m.array["property"], col.Property, col.Property)
			m.array["property "+col.Property] = map[string]string{"property": col.Property, "collation": col.Collation}
		}
	case "projection":
		m.keys["type"] = run.Text((&view{p: v.p, def: v.def}).full(projectionType(def)))
	case "foreignkey":
		m.keys["properties"] = run.Text(foreignColumns(def))
	}
	return m
}

func addKey(m map[string]string, k, v string) map[string]string {
	if m == nil {
		m = map[string]string{}
	}
	m[k] = v
	return m
}

func (v *view) otherDef(kind, name string) (*ast.OtherDef, string) {
	chain := []*ast.Class{v.def}
	if v.cls != nil {
		chain = chain[:0]
		for _, a := range v.cls.Chain {
			chain = append(chain, a.Def)
		}
	}
	for _, a := range chain {
		for _, d := range a.Others {
			if strings.EqualFold(d.Kind, kind) && d.Name == name {
				return d, a.Name
			}
		}
	}
	return nil, ""
}

// originOf is the class that declares an XData block or a query.
func (v *view) originOf(kind, name string) string {
	if v.cls == nil {
		return v.def.Name
	}
	for _, a := range v.cls.Chain {
		if (&view{found: true, def: a.Def}).declares(kind, name) {
			return a.Name
		}
	}
	return v.cls.Name
}

func (v *view) declares(kind, name string) bool {
	for _, n := range v.names(kind) {
		if n == name {
			return true
		}
	}
	return false
}

func cutWord(text, word string) (string, bool) {
	if len(text) >= len(word) && strings.EqualFold(text[:len(word)], word) && (len(text) == len(word) || strings.ContainsRune(" (\t\n", rune(text[len(word)]))) {
		return text[len(word):], true
	}
	return text, false
}

// projectionType is the class of Projection Name As Class(params).
func projectionType(def *ast.OtherDef) string {
	text := strings.TrimSpace(def.Text)
	if rest, ok := cutWord(text, "as"); ok {
		text = strings.TrimSpace(rest)
	}
	name, _, _ := strings.Cut(text, "(")
	return strings.TrimSpace(name)
}

// foreignColumns are the properties of ForeignKey Name(a,b) References Class(Key).
func foreignColumns(def *ast.OtherDef) string {
	_, rest, _ := strings.Cut(def.Text, "(")
	cols, _, _ := strings.Cut(rest, ")")
	return strings.ReplaceAll(cols, " ", "")
}
