package lib

import (
	"sort"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// formalSpec writes formal parameters: name:type=default, & by reference, * output; and as lists of name, type, mark, default.
func formalSpec(formals []ast.Formal) (run.Value, run.Value) {
	var specs []string
	var parsed []run.Value
	for _, f := range formals {
		mark := ""
		switch f.Mode {
		case 'R':
			mark = "&"
		case 'O':
			mark = "*"
		}
		s := mark + f.Name
		if f.Type != "" {
			s += ":" + f.Type
		}
		if f.Variadic {
			s += "..."
		}
		if f.DefaultText != "" {
			s += "=" + f.DefaultText
		}
		specs = append(specs, s)
		parsed = append(parsed, list(run.Text(f.Name), run.Text(f.Type), run.Text(mark), run.Text(f.DefaultText)))
	}
	return run.Text(strings.Join(specs, ",")), list(parsed...)
}

// fillItem sets the properties of an object of %Dictionary that its class declares and the dictionary knows.
func fillItem(p *run.Process, c *run.Call) (run.Value, error) {
	o, kind, name := c.Arg(0).Obj, c.Text(2), c.Text(4)
	v := viewOf(p, c.Arg(1).Truth(), c.Text(3))
	get := v.classKey
	var m *dictMember
	if kind != "class" {
		m = v.member(kind, name)
		get = m.key
	}
	for _, prop := range o.Class.Order {
		def := o.Class.Properties[prop]
		if !def.Datatype || def.Def.Collection != "" || prop == "Saved" {
			continue
		}
		val := get(strings.ToLower(prop))
		if val.IsEmpty() && def.Type == "%Library.Boolean" {
			val = run.Int(0)
			if prop == "ProcedureBlock" {
				val = run.Int(1)
			}
		}
		p.SetRaw(o, prop, val)
	}
	if m == nil || o.Class.Properties["Parameters"] == nil {
		return run.Value{}, nil
	}
	return run.Value{}, fillArray(p, o, m.array["parameter"])
}

// fillArray fills the array of a type's parameters.
func fillArray(p *run.Process, o *run.Object, params map[string]string) error {
	arr, err := p.GetProperty(o, "Parameters")
	if err != nil {
		return err
	}
	for _, name := range sorted(params) {
		if err := p.Do(arr.Obj, "SetAt", run.Arg(run.Text(params[name])), run.Arg(run.Text(name))); err != nil {
			return err
		}
	}
	return nil
}

// udl writes the source of a class from the objects of its definition.
type udl struct {
	p   *run.Process
	b   strings.Builder
	err error
}

// saveDefinition writes the source of a class anew. It is not compiled.
func saveDefinition(p *run.Process, c *run.Call) (run.Value, error) {
	o := c.Arg(0).Obj
	w := &udl{p: p}
	w.class(o)
	if w.err != nil {
		return run.Value{}, w.err
	}
	if _, err := dictionary(p).LoadText(p.Store(), p.Namespace(), w.text(o, "Name")+".cls", w.b.String()); err != nil {
		return statusOfProblems(class.AsProblems(err)), nil
	}
	return good, nil
}

func (w *udl) get(o *run.Object, prop string) run.Value {
	if w.err != nil || o.Class.Properties[prop] == nil {
		return run.Value{}
	}
	v, err := w.p.GetProperty(o, prop)
	if err != nil {
		w.err = err
	}
	return v
}

func (w *udl) text(o *run.Object, prop string) string { return w.get(o, prop).Text() }

// each visits the objects of a list.
func (w *udl) each(o *run.Object, list string, visit func(*run.Object)) {
	l := w.get(o, list)
	if l.Obj == nil {
		return
	}
	n, err := w.p.Call(l.Obj, "Count")
	if err != nil {
		w.err = err
		return
	}
	count, _ := n.Integer()
	var items []*run.Object
	for i := int64(1); i <= count && w.err == nil; i++ {
		it, err := w.p.Call(l.Obj, "GetAt", run.Int(i))
		if err != nil {
			w.err = err
		}
		if it.Obj != nil {
			items = append(items, it.Obj)
		}
	}
	for _, it := range items {
		visit(it)
	}
}

func (w *udl) doc(o *run.Object) {
	text := w.text(o, "Description")
	if text == "" {
		return
	}
	for _, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		w.b.WriteString("/// " + line + "\n")
	}
}

func (w *udl) class(o *run.Object) {
	for _, inc := range []struct{ prop, word string }{{"Import", "Import"}, {"IncludeCode", "Include"}, {"IncludeGenerator", "IncludeGenerator"}} {
		if s := w.text(o, inc.prop); s != "" {
			w.b.WriteString(inc.word + " (" + strings.ReplaceAll(s, ",", ", ") + ")\n\n")
		}
	}
	w.doc(o)
	w.b.WriteString("Class " + w.text(o, "Name"))
	if s := w.text(o, "Super"); s != "" {
		w.b.WriteString(" Extends (" + strings.ReplaceAll(s, ",", ", ") + ")")
	}
	w.keywords(o, "Name", "Super", "Description", "Import", "IncludeCode", "IncludeGenerator", "TimeChanged", "TimeCreated", "Deployed", "ClassVersion")
	w.b.WriteString("\n{\n\n")
	for _, kind := range []struct {
		list  string
		write func(*run.Object)
	}{{"Parameters", w.parameter}, {"Projections", w.projection}, {"Properties", w.property}, {"ForeignKeys", w.plain("ForeignKey")},
		{"Indices", w.index}, {"Methods", w.method}, {"Queries", w.query}, {"XDatas", w.xdata}, {"Triggers", w.trigger}, {"Storages", w.storage}} {
		w.each(o, kind.list, func(m *run.Object) {
			w.doc(m)
			kind.write(m)
			w.b.WriteString("\n\n")
		})
	}
	w.b.WriteString("}\n")
}

// expressions are keywords whose value is written in braces or quotes as it stands.
var verbatim = map[string]bool{"InitialExpression": true}

// keywords writes [ … ] from all properties of an object but those named.
func (w *udl) keywords(o *run.Object, except ...string) {
	skip := map[string]bool{"SequenceNumber": true, "Origin": true, "RuntimeType": true, "PrimarySuper": true, "Saved": true}
	for _, e := range except {
		skip[e] = true
	}
	var out []string
	for _, prop := range o.Class.Order {
		def := o.Class.Properties[prop]
		if skip[prop] || !def.Datatype || def.Def.Collection != "" {
			continue
		}
		v := w.text(o, prop)
		switch {
		case prop == "ProcedureBlock":
			if v == "0" {
				out = append(out, "Not ProcedureBlock")
			}
		case v == "" || def.Type == "%Library.Boolean" && v == "0":
		case def.Type == "%Library.Boolean":
			out = append(out, prop)
		case prop == "CodeMode" && v == "code", prop == "Language" && v == "objectscript":
		default:
			out = append(out, prop+" = "+keywordText(prop, v))
		}
	}
	if len(out) > 0 {
		w.b.WriteString(" [ " + strings.Join(out, ", ") + " ]")
	}
}

// keywordText writes a keyword's value: bare names and numbers as they are, expressions in braces, the rest in quotes.
func keywordText(prop, v string) string {
	if verbatim[prop] {
		if strings.HasPrefix(v, "{") || strings.HasPrefix(v, `"`) {
			return v
		}
		return "{" + v + "}"
	}
	if strings.Contains(v, ",") && prop != "MimeType" {
		return "(" + v + ")"
	}
	for _, r := range v {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '%' || r == '/' || r == '_') {
			return quoteText(v)
		}
	}
	return v
}

func quoteText(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// memberName writes a member's name, in quotes where it is no plain one.
func memberName(name string) string {
	for i, r := range name {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 127 || i == 0 && r == '%'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return quoteText(name)
		}
	}
	return name
}

func (w *udl) head(o *run.Object, word string) {
	w.b.WriteString(word + " " + memberName(w.text(o, "Name")))
}

// typed writes As Type(PARAM = value).
func (w *udl) typed(o *run.Object, typ string) {
	if typ == "" {
		return
	}
	w.b.WriteString(" As " + typ)
	arr := w.get(o, "Parameters")
	if arr.Obj == nil {
		return
	}
	data := w.p.Raw(arr.Obj, "Data")
	var out []string
	data.Each(func(sub value.Value, n *run.Var) bool {
		v := n.Value.Text()
		if !isNumber(v) {
			v = quoteText(v)
		}
		out = append(out, sub.Text()+" = "+v)
		return true
	})
	sort.Strings(out)
	if len(out) > 0 {
		w.b.WriteString("(" + strings.Join(out, ", ") + ")")
	}
}

func isNumber(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

func (w *udl) parameter(o *run.Object) {
	w.head(o, "Parameter")
	if t := w.text(o, "Type"); t != "" {
		w.b.WriteString(" As " + t)
	}
	w.keywords(o, "Name", "Type", "Default", "Expression", "Description")
	switch x, v := w.text(o, "Expression"), w.text(o, "Default"); {
	case x != "":
		w.b.WriteString(" = {" + x + "}")
	case isNumber(v):
		w.b.WriteString(" = " + v)
	case v != "":
		w.b.WriteString(" = " + quoteText(v))
	}
	w.b.WriteString(";")
}

func (w *udl) property(o *run.Object) {
	word, typ := "Property", w.text(o, "Type")
	if w.get(o, "Relationship").Truth() {
		word = "Relationship"
	}
	if c := w.text(o, "Collection"); c != "" {
		typ = c + " Of " + orDefault(typ, "%String")
	}
	w.head(o, word)
	w.typed(o, typ)
	w.keywords(o, "Name", "Type", "Collection", "Relationship", "Description")
	w.b.WriteString(";")
}

func (w *udl) projection(o *run.Object) {
	w.head(o, "Projection")
	w.typed(o, w.text(o, "Type"))
	w.keywords(o, "Name", "Type", "Description")
	w.b.WriteString(";")
}

func (w *udl) index(o *run.Object) {
	w.head(o, "Index")
	if cols := w.text(o, "Properties"); cols != "" {
		w.b.WriteString(" On (" + cols + ")")
	}
	w.keywords(o, "Name", "Properties", "Description")
	w.b.WriteString(";")
}

// plain writes a foreign key.
func (w *udl) plain(word string) func(*run.Object) {
	return func(o *run.Object) {
		w.head(o, word)
		w.b.WriteString("(" + w.text(o, "Properties") + ") References " + w.text(o, "ReferencedClass") + "(" + w.text(o, "ReferencedKey") + ")")
		w.keywords(o, "Name", "Properties", "ReferencedClass", "ReferencedKey", "Description")
		w.b.WriteString(";")
	}
}

// body writes { text } from a stream.
func (w *udl) body(o *run.Object, prop string) {
	text := ""
	if s := w.get(o, prop).Obj; s != nil {
		if err := w.p.Do(s, "Rewind"); err != nil {
			w.err = err
		}
		v, err := w.p.Call(s, "Read", run.Int(maxString))
		if err != nil {
			w.err = err
		}
		text = strings.ReplaceAll(v.Text(), "\r\n", "\n")
	}
	w.b.WriteString("\n{\n" + text)
	if text != "" && !strings.HasSuffix(text, "\n") {
		w.b.WriteString("\n")
	}
	w.b.WriteString("}")
}

func (w *udl) method(o *run.Object) {
	word := "Method"
	if w.get(o, "ClassMethod").Truth() {
		word = "ClassMethod"
	}
	w.head(o, word)
	w.b.WriteString("(" + formalText(w.text(o, "FormalSpec")) + ")")
	if t := w.text(o, "ReturnType"); t != "" {
		w.b.WriteString(" As " + t)
	}
	w.keywords(o, "Name", "ClassMethod", "FormalSpec", "ReturnType", "Description")
	w.body(o, "Implementation")
}

func (w *udl) query(o *run.Object) {
	w.head(o, "Query")
	w.b.WriteString("(" + formalText(w.text(o, "FormalSpec")) + ")")
	w.typed(o, w.text(o, "Type"))
	w.keywords(o, "Name", "FormalSpec", "Type", "SqlQuery", "Description")
	w.b.WriteString("\n{" + w.text(o, "SqlQuery") + "}")
}

func (w *udl) xdata(o *run.Object) {
	w.head(o, "XData")
	w.keywords(o, "Name", "Description")
	w.body(o, "Data")
}

func (w *udl) trigger(o *run.Object) {
	w.head(o, "Trigger")
	w.keywords(o, "Name", "Description")
	w.body(o, "Code")
}

// storage definitions are computed here and not kept: only an empty one is written.
func (w *udl) storage(o *run.Object) {
	w.head(o, "Storage")
	w.keywords(o, "Name", "Description")
	w.b.WriteString("\n{\n}")
}

// formalText turns a FormalSpec, a:%String=1,&b,*c, into formal parameters as they are written in a class.
func formalText(spec string) string {
	var out []string
	for _, one := range splitFormals(spec) {
		one = strings.TrimSpace(one)
		mark := ""
		if rest, ok := strings.CutPrefix(one, "&"); ok {
			mark, one = "ByRef ", rest
		} else if rest, ok := strings.CutPrefix(one, "*"); ok {
			mark, one = "Output ", rest
		}
		one, def, has := strings.Cut(one, "=")
		name, typ, _ := strings.Cut(one, ":")
		if rest, ok := strings.CutSuffix(typ, "..."); ok {
			typ, name = rest, name+"..."
		}
		s := mark + name
		if typ != "" {
			s += " As " + typ
		}
		if has {
			s += " = " + def
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

// splitFormals splits at commas outside of quotes and brackets.
func splitFormals(spec string) []string {
	var out []string
	depth, quoted, from := 0, false, 0
	for i, r := range spec {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case strings.ContainsRune("({[", r):
			depth++
		case strings.ContainsRune(")}]", r):
			depth--
		case r == ',' && depth == 0:
			out = append(out, spec[from:i])
			from = i + 1
		}
	}
	if strings.TrimSpace(spec[from:]) != "" {
		out = append(out, spec[from:])
	}
	return out
}
