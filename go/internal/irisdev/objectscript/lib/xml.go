package lib

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// The natives of %XML.Reader and %XML.Adaptor (IRIS docs, "Projecting Objects to XML").
var xmlNatives = run.Natives{
	"%XML.Reader:OpenString": func(_ *run.Process, c *run.Call) (run.Value, error) { return openXML(c, c.Text(0)), nil },
	"%XML.Reader:OpenStream": func(p *run.Process, c *run.Call) (run.Value, error) {
		if c.Arg(0).Obj == nil {
			return Status(5813), nil
		}
		text, err := streamText(p, c.Arg(0).Obj)
		if err != nil {
			return run.Value{}, err
		}
		return openXML(c, text), nil
	},
	"%XML.Reader:OpenFile": func(p *run.Process, c *run.Call) (run.Value, error) {
		data, err := os.ReadFile(absolute(p, c.Text(0)))
		if err != nil {
			return Status(5012, c.Text(0)), nil
		}
		return openXML(c, string(data)), nil
	},
	"%XML.Reader:Correlate": func(_ *run.Process, c *run.Call) (run.Value, error) {
		if r, ok := c.Self.Native.(*xmlReader); ok {
			r.classes[c.Text(0)] = c.Text(1)
		}
		return run.Value{}, nil
	},
	"%XML.Reader:CorrelateRoot": func(_ *run.Process, c *run.Call) (run.Value, error) {
		if r, ok := c.Self.Native.(*xmlReader); ok {
			r.root = c.Text(0)
		}
		return run.Value{}, nil
	},
	"%XML.Reader:Next": nextXML,
	"%XML.Reader:Rewind": func(_ *run.Process, c *run.Call) (run.Value, error) {
		if r, ok := c.Self.Native.(*xmlReader); ok {
			r.at = 0
		}
		return run.Value{}, nil
	},
	"%XML.Adaptor:XMLExportToString": exportXML,
}

// element is an element with what is in it.
type element struct {
	name     string
	attrs    map[string]string
	children []*element
	text     string
}

// xmlReader is an open document: its elements in their order.
type xmlReader struct {
	top     *element
	all     []*element
	at      int
	classes map[string]string
	root    string
}

func openXML(c *run.Call, text string) run.Value {
	top, err := parseXML(text)
	if err != nil {
		return Status(6301, err.Error())
	}
	old, _ := c.Self.Native.(*xmlReader)
	r := &xmlReader{top: top, classes: map[string]string{}}
	if old != nil {
		r.classes, r.root = old.classes, old.root
	}
	r.list(top)
	c.Self.Native = r
	return good
}

func (r *xmlReader) list(e *element) {
	r.all = append(r.all, e)
	for _, x := range e.children {
		r.list(x)
	}
}

func parseXML(text string) (*element, error) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is text already
	var stack []*element
	var top *element
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			if top == nil {
				return nil, errors.New("the document has no element")
			}
			return top, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			e := &element{name: t.Name.Local, attrs: map[string]string{}}
			for _, a := range t.Attr {
				if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
					e.attrs[a.Name.Local] = a.Value
				}
			}
			if len(stack) > 0 {
				up := stack[len(stack)-1]
				up.children = append(up.children, e)
			} else if top == nil {
				top = e
			}
			stack = append(stack, e)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if len(stack) > 0 {
				stack[len(stack)-1].text += string(t)
			}
		}
	}
}

func nextXML(p *run.Process, c *run.Call) (run.Value, error) {
	set(p, c, 0, run.Value{})
	set(p, c, 1, good)
	r, ok := c.Self.Native.(*xmlReader)
	if !ok {
		return run.Int(0), nil
	}
	for r.at < len(r.all) {
		e := r.all[r.at]
		r.at++
		name := r.classes[e.name]
		if r.root != "" {
			name = ""
			if e == r.top {
				name = r.root
			}
		}
		if name == "" {
			continue
		}
		r.at += e.size() - 1
		v, sc, err := importXML(p, name, e)
		if err != nil {
			return run.Value{}, err
		}
		set(p, c, 1, sc)
		if !sc.Truth() {
			return run.Int(0), nil
		}
		set(p, c, 0, v)
		return run.Int(1), nil
	}
	return run.Int(0), nil
}

func (e *element) size() int {
	n := 1
	for _, x := range e.children {
		n += x.size()
	}
	return n
}

// projection says how a property stands in XML: its name, and attribute, element, wrapped, content or none.
func projection(prop *class.Property) (name, how string) {
	name = orDefault(prop.Params["XMLNAME"], prop.Def.Name)
	how = strings.ToLower(prop.Params["XMLPROJECTION"])
	k := prop.Def.Keywords
	switch {
	case how == "collection":
		how = "wrapped"
	case how == "" && (k.Has("private") || k.Has("multidimensional")):
		how = "none"
	case how == "" && prop.Def.Relationship:
		how = "none"
		if card := strings.ToLower(k["cardinality"]); card == "many" || card == "children" {
			how = "wrapped"
		}
	case how == "" && prop.Def.Collection != "":
		how = "wrapped"
	case how == "":
		how = "element"
	}
	return name, how
}

// importXML makes an object of an element.
func importXML(p *run.Process, name string, e *element) (run.Value, run.Value, error) {
	c, err := p.Class(name)
	if err != nil {
		return run.Value{}, good, err
	}
	made, err := p.CallClass(c, "%New", nil, true)
	if err != nil {
		return run.Value{}, good, err
	}
	if made.Obj == nil {
		return made, p.Public("%objlasterror").Value, nil
	}
	p.Retain(made)
	defer p.Release(made)
	known := map[string]bool{}
	for _, propName := range c.Order {
		prop := c.Properties[propName]
		xmlName, how := projection(prop)
		known[xmlName] = known[xmlName] || how == "element" || how == "wrapped"
		if sc, err := importProperty(p, made.Obj, prop, xmlName, how, e); err != nil || !sc.Truth() {
			return run.Value{}, sc, err
		}
	}
	if par := c.Parameters["XMLIGNOREINVALIDTAG"]; par == nil || par.Value == "0" || par.Value == "" {
		for _, x := range e.children {
			if !known[x.name] {
				return run.Value{}, Status(6237, x.name), nil
			}
		}
	}
	return made, good, nil
}

func importProperty(p *run.Process, o *run.Object, prop *class.Property, name, how string, e *element) (run.Value, error) {
	switch how {
	case "attribute":
		if s, ok := e.attrs[name]; ok {
			return setText(p, o, prop, s)
		}
	case "content", "text":
		return setText(p, o, prop, strings.TrimSpace(e.text))
	case "element", "wrapped":
		var found []*element
		for _, x := range e.children {
			if x.name == name {
				found = append(found, x)
			}
		}
		many := prop.Def.Collection != "" || prop.Def.Relationship
		if how == "wrapped" && many {
			var inner []*element
			for _, x := range found {
				inner = append(inner, x.children...)
			}
			found = inner
		}
		for _, x := range found {
			if sc, err := importElement(p, o, prop, x, many); err != nil || !sc.Truth() {
				return sc, err
			}
		}
	}
	return good, nil
}

func importElement(p *run.Process, o *run.Object, prop *class.Property, e *element, many bool) (run.Value, error) {
	var v run.Value
	if prop.Datatype {
		if !many {
			return setText(p, o, prop, e.text)
		}
		v = run.Text(e.text)
	} else {
		t, err := p.Class(prop.Type)
		if err != nil {
			return run.Value{}, err
		}
		if t.Is("%Stream.Object") {
			if v, err = newStream(p, t.Name, e.text); err != nil {
				return run.Value{}, err
			}
		} else {
			var sc run.Value
			if v, sc, err = importXML(p, prop.Type, e); err != nil || !sc.Truth() {
				return sc, err
			}
		}
	}
	if !many {
		return good, p.SetProperty(o, prop.Def.Name, v)
	}
	list, err := p.GetProperty(o, prop.Def.Name)
	if err != nil || list.Obj == nil {
		return good, err
	}
	if strings.EqualFold(prop.Def.Collection, "array") {
		key := e.attrs[orDefault(prop.Params["XMLKEYNAME"], prop.Def.Name+"Key")]
		_, err = p.Call(list.Obj, "SetAt", v, run.Text(key))
		return good, err
	}
	_, err = p.Call(list.Obj, "Insert", v)
	return good, err
}

// setText gives a property the value of a text in XML's form.
func setText(p *run.Process, o *run.Object, prop *class.Property, s string) (run.Value, error) {
	v := run.Text(s)
	if m := o.Class.Methods[prop.Def.Name+"XSDToLogical"]; m != nil && s != "" {
		got, err := p.CallClass(o.Class, prop.Def.Name+"XSDToLogical", []run.Actual{run.Arg(v)}, true)
		if err != nil {
			return run.Value{}, err
		}
		if got.IsEmpty() {
			return Status(6232, s), nil
		}
		v = got
	}
	return good, p.SetProperty(o, prop.Def.Name, v)
}

func exportXML(p *run.Process, c *run.Call) (run.Value, error) {
	var b strings.Builder
	name := c.Text(1)
	if name == "" {
		if par := c.Self.Class.Parameters["XMLNAME"]; par != nil {
			name = par.Value
		}
	}
	if name == "" {
		name = c.Self.Class.Name[strings.LastIndexByte(c.Self.Class.Name, '.')+1:]
	}
	indent := strings.Contains(c.Text(2), "indent")
	if err := writeXML(p, &b, c.Self, name, indent, 0); err != nil {
		return run.Value{}, err
	}
	set(p, c, 0, run.Text(b.String()))
	return good, nil
}

func escapeXML(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

func writeXML(p *run.Process, b *strings.Builder, o *run.Object, name string, indent bool, depth int) error {
	line := func(d int) {
		if indent && b.Len() > 0 {
			b.WriteString("\r\n" + strings.Repeat("  ", d))
		}
	}
	line(depth)
	b.WriteString("<" + name)
	for _, prop := range o.Class.Order {
		pr := o.Class.Properties[prop]
		if n, how := projection(pr); how == "attribute" {
			s, ok, err := textXML(p, o, pr)
			if err != nil {
				return err
			}
			if ok {
				b.WriteString(" " + n + `="` + escapeXML(s) + `"`)
			}
		}
	}
	b.WriteString(">")
	before := b.Len()
	for _, prop := range o.Class.Order {
		pr := o.Class.Properties[prop]
		n, how := projection(pr)
		if how == "none" || how == "attribute" || prop == "%Concurrency" {
			continue
		}
		if err := writeProperty(p, b, o, pr, n, how, indent, depth+1, line); err != nil {
			return err
		}
	}
	if b.Len() > before && strings.HasSuffix(b.String(), ">") {
		line(depth)
	}
	b.WriteString("</" + name + ">")
	return nil
}

func textXML(p *run.Process, o *run.Object, pr *class.Property) (string, bool, error) {
	v, err := p.GetProperty(o, pr.Def.Name)
	if err != nil || v.IsEmpty() {
		return "", false, err
	}
	if m := o.Class.Methods[pr.Def.Name+"LogicalToXSD"]; m != nil {
		if v, err = p.CallClass(o.Class, pr.Def.Name+"LogicalToXSD", []run.Actual{run.Arg(v)}, true); err != nil {
			return "", false, err
		}
	}
	return strings.TrimSuffix(v.Text(), "\x00"), true, nil
}

func writeProperty(p *run.Process, b *strings.Builder, o *run.Object, pr *class.Property, name, how string, indent bool, depth int, line func(int)) error {
	if pr.Def.Collection == "" && !pr.Def.Relationship {
		if pr.Datatype {
			s, ok, err := textXML(p, o, pr)
			if err != nil || !ok {
				return err
			}
			if how == "content" || how == "text" {
				b.WriteString(escapeXML(s))
				return nil
			}
			line(depth)
			b.WriteString("<" + name + ">" + escapeXML(s) + "</" + name + ">")
			return nil
		}
		v, err := p.GetProperty(o, pr.Def.Name)
		if err != nil || v.Obj == nil {
			return err
		}
		return writeItem(p, b, v, name, indent, depth, line)
	}
	list, err := p.GetProperty(o, pr.Def.Name)
	if err != nil || list.Obj == nil {
		return err
	}
	var items []run.Value
	p.Raw(list.Obj, "Data").Each(func(_ value.Value, n *run.Var) bool {
		items = append(items, n.Value)
		return true
	})
	if len(items) == 0 {
		return nil
	}
	item, d := name, depth
	if how == "wrapped" {
		line(depth)
		b.WriteString("<" + name + ">")
		item, d = orDefault(pr.Params["XMLITEMNAME"], elementName(p, pr)), depth+1
	}
	for _, v := range items {
		if err := writeItem(p, b, v, item, indent, d, line); err != nil {
			return err
		}
	}
	if how == "wrapped" {
		line(depth)
		b.WriteString("</" + name + ">")
	}
	return nil
}

// elementName is the name of the elements of a wrapped collection.
func elementName(p *run.Process, pr *class.Property) string {
	if c, err := p.Class(pr.Type); err == nil {
		if par := c.Parameters["XMLNAME"]; par != nil && par.Value != "" {
			return par.Value
		}
		if !pr.Datatype {
			return c.Name[strings.LastIndexByte(c.Name, '.')+1:]
		}
	}
	return pr.Def.Name + "Item"
}

func writeItem(p *run.Process, b *strings.Builder, v run.Value, name string, indent bool, depth int, line func(int)) error {
	if v.Obj != nil && !v.Obj.Class.Is("%Stream.Object") {
		return writeXML(p, b, v.Obj, name, indent, depth)
	}
	s := v.Text()
	if v.Obj != nil {
		var err error
		if s, err = streamText(p, v.Obj); err != nil {
			return err
		}
	}
	line(depth)
	b.WriteString("<" + name + ">" + escapeXML(s) + "</" + name + ">")
	return nil
}
