package lib

import (
	"encoding/base64"

	"iris-pgwire/internal/irisdev/objectscript/run"
)

// adapted writes an object by its properties.
func (w *jsonWriter) adapted(o *run.Object) error {
	if w.depth++; w.depth > maxJSON {
		return &failed{Status(5001, "The objects contain each other: "+o.Class.Name)}
	}
	defer func() { w.depth-- }()
	w.b.WriteByte('{')
	first := true
	for _, f := range jsonFields(o.Class) {
		if !f.out {
			continue
		}
		v, err := w.p.GetProperty(o, f.prop.Def.Name)
		if err != nil {
			return err
		}
		text, ok, err := w.field(o, f, v)
		if err != nil {
			return err
		}
		if !ok && !f.null {
			continue
		}
		if !first {
			w.b.WriteByte(',')
		}
		first = false
		jsonString(&w.b, f.name)
		w.b.WriteByte(':')
		if !ok {
			text = "null"
		}
		w.b.WriteString(text)
	}
	w.b.WriteByte('}')
	return nil
}

// apart gives what is written by do, on its own.
func (w *jsonWriter) apart(do func(*jsonWriter) error) (string, bool, error) {
	inner := &jsonWriter{p: w.p, depth: w.depth}
	err := do(inner)
	return inner.b.String(), true, err
}

// field gives the JSON of a property's value; false if it has none.
func (w *jsonWriter) field(o *run.Object, f jsonField, v run.Value) (string, bool, error) {
	if !f.many() {
		return w.one(o, f, v)
	}
	if v.Obj == nil {
		return "", false, nil
	}
	n, err := w.p.Call(v.Obj, "Count")
	if err != nil || !n.Truth() {
		return "", false, err // an empty collection is no value
	}
	return w.apart(func(in *jsonWriter) error { return in.items(o, f, v.Obj) })
}

// items writes a collection: an array's keys are the names of an object's fields.
func (w *jsonWriter) items(o *run.Object, f jsonField, list *run.Object) error {
	open, end := byte('['), byte(']')
	if f.keyed() {
		open, end = '{', '}'
	}
	w.b.WriteByte(open)
	key, err := w.p.Call(list, "Next", run.Text(""))
	for first := true; err == nil && !key.IsEmpty(); first = false {
		if !first {
			w.b.WriteByte(',')
		}
		if f.keyed() {
			jsonString(&w.b, key.Text())
			w.b.WriteByte(':')
		}
		v, err := w.p.Call(list, "GetAt", key)
		if err != nil {
			return err
		}
		text, ok, err := w.one(o, f, v)
		if err != nil {
			return err
		}
		if !ok {
			text = "null"
		}
		w.b.WriteString(text)
		if key, err = w.p.Call(list, "Next", key); err != nil {
			return err
		}
	}
	w.b.WriteByte(end)
	return err
}

func (w *jsonWriter) one(o *run.Object, f jsonField, v run.Value) (string, bool, error) {
	t, err := w.p.Class(f.prop.Type)
	if err != nil {
		return "", false, err
	}
	if f.prop.Datatype {
		return w.literal(o, f, v)
	}
	switch {
	case v.Obj == nil:
		return "", false, nil
	case t.Is("%Library.DynamicAbstractObject"):
		return w.apart(func(in *jsonWriter) error { return in.object(dynamicOf(v.Obj)) })
	case t.Is("%Stream.Object"):
		return w.stream(v.Obj)
	case f.reference == "ID" || f.reference == "OID":
		return w.identity(f, v.Obj)
	case f.reference != "OBJECT":
		return "", false, &failed{Status(5001, "The development IRIS does not have %JSONREFERENCE "+f.reference)}
	case !v.Obj.Class.Is(jsonAdaptorName):
		return "", false, &failed{Status(jsonNotAdapted, f.prop.Def.Name, o.Class.Name, f.prop.Type)}
	}
	return w.apart(func(in *jsonWriter) error { return in.adapted(v.Obj) })
}

// identity is a persistent object by its id, or by its class and id.
func (w *jsonWriter) identity(f jsonField, o *run.Object) (string, bool, error) {
	id, err := w.p.Call(o, "%Id")
	if err != nil || id.IsEmpty() {
		return "", false, err
	}
	text := id.Text()
	if f.reference == "OID" {
		text = o.Class.Name + "," + text
	}
	return w.apart(func(in *jsonWriter) error { jsonString(&in.b, text); return nil })
}

// stream writes text, and bytes in base 64.
func (w *jsonWriter) stream(o *run.Object) (string, bool, error) {
	s, err := streamOf(w.p, o)
	if err != nil {
		return "", false, err
	}
	text, err := streamText(w.p, o)
	if err != nil || text == "" {
		return "", false, err
	}
	if s.binary {
		b, _ := bytesOf(text)
		text = base64.StdEncoding.EncodeToString(b)
	}
	return w.apart(func(in *jsonWriter) error { jsonString(&in.b, text); return nil })
}

// literal writes the value of a data type. $char(0) is the empty string, "" no value, unless the property makes no difference
// between them.
func (w *jsonWriter) literal(o *run.Object, f jsonField, v run.Value) (string, bool, error) {
	t, err := w.p.Class(f.prop.Type)
	if err != nil {
		return "", false, err
	}
	kind := jsonTypeOf(t)
	if kind == "" {
		return "", false, f.notDocumented(o)
	}
	if holdsText(t) && (v.Text() == "\x00" || f.ignoreNull && v.IsEmpty()) {
		return `""`, true, nil
	}
	if v.IsEmpty() {
		return "", false, nil
	}
	if name := f.prop.Def.Name + "LogicalToJSON"; kind != "base64" && o.Class.Methods[name] != nil {
		if v, err = w.p.CallClass(o.Class, name, []run.Actual{run.Arg(v)}, true); err != nil {
			return "", false, err
		}
	}
	return w.apart(func(in *jsonWriter) error {
		switch kind {
		case "boolean":
			in.b.WriteString(v.Text())
		case "number":
			return in.number(jsonValue{value: v})
		case "base64":
			b, ok := bytesOf(v.Text())
			if !ok {
				return &failed{Status(jsonBadField, f.name)}
			}
			jsonString(&in.b, base64.StdEncoding.EncodeToString(b))
		default:
			jsonString(&in.b, v.Text())
		}
		return nil
	})
}
