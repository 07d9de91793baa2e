package lib

import (
	"encoding/base64"

	"iris-pgwire/internal/irisdev/objectscript/run"
)

// importJSON sets the properties of an object that a dynamic object has fields for.
func importJSON(p *run.Process, o, from *run.Object) error {
	if from == nil || !from.Class.Is("%Library.DynamicObject") {
		return &failed{Status(jsonBadField, o.Class.Name)}
	}
	fields := map[string]jsonField{}
	for _, f := range jsonFields(o.Class) {
		if f.in {
			fields[f.name] = f
		}
	}
	strict := true
	if par := o.Class.Parameters["%JSONIGNOREINVALIDFIELD"]; par != nil {
		strict = !isOn(par.Value)
	}
	d := dynamicOf(from)
	for i := range d.size() {
		key, m := d.at(i)
		f, ok := fields[key.Text()]
		switch {
		case ok:
			if err := importField(p, o, f, m); err != nil {
				return err
			}
		case strict && m.kind != unassigned:
			return &failed{Status(jsonUnexpected, key.Text(), o.Class.Name)}
		}
	}
	return nil
}

func importField(p *run.Process, o *run.Object, f jsonField, m jsonValue) error {
	switch {
	case m.kind == unassigned:
		return nil
	case !f.many():
		v, err := importOne(p, o, f, m)
		if err != nil {
			return err
		}
		return p.SetProperty(o, f.prop.Def.Name, v)
	}
	list, err := p.GetProperty(o, f.prop.Def.Name)
	if err != nil {
		return err
	}
	if _, err = p.Call(list.Obj, "Clear"); err != nil || m.kind == null {
		return err
	}
	if m.kind != arrayKind && !f.keyed() || m.kind != objectKind && f.keyed() {
		return &failed{Status(jsonBadField, f.name)}
	}
	items := dynamicOf(m.value.Obj)
	for i := range items.size() {
		key, item := items.at(i)
		v, err := importOne(p, o, f, item)
		if err != nil {
			return err
		}
		if f.keyed() {
			_, err = p.Call(list.Obj, "SetAt", v, key)
		} else {
			_, err = p.Call(list.Obj, "Insert", v)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// importOne makes the value of a property, or of one item of its collection.
func importOne(p *run.Process, o *run.Object, f jsonField, m jsonValue) (run.Value, error) {
	if m.kind == null {
		return run.Value{}, nil
	}
	if f.prop.Datatype {
		return importLiteral(p, o, f, m)
	}
	t, err := p.Class(f.prop.Type)
	if err != nil {
		return run.Value{}, err
	}
	switch {
	case t.Is("%Library.DynamicAbstractObject") && (m.kind == objectKind || m.kind == arrayKind):
		return m.value, nil
	case t.Is("%Stream.Object") && m.kind == stringKind:
		text := m.value.Text()
		if holdsBytes(t) {
			b, err := base64.StdEncoding.DecodeString(text)
			if err != nil {
				return run.Value{}, &failed{Status(jsonBadField, f.name)}
			}
			return newStream(p, t.Name, binary(b).Text())
		}
		return newStream(p, t.Name, text)
	case f.reference == "ID" && (m.kind == stringKind || m.kind == numberKind):
		return openReference(p, f, m)
	case f.reference != "OBJECT":
		return run.Value{}, &failed{Status(5001, "The development IRIS does not import %JSONREFERENCE "+f.reference)}
	case m.kind != objectKind:
		return run.Value{}, &failed{Status(jsonBadField, f.name)}
	case !t.Is(jsonAdaptorName):
		return run.Value{}, &failed{Status(jsonNotAdapted, f.prop.Def.Name, o.Class.Name, t.Name)}
	}
	made, err := p.CallClass(t, "%JSONNew", []run.Actual{run.Arg(m.value), run.Arg(run.Ref(o))}, true)
	if err != nil {
		return run.Value{}, err
	}
	if made.Obj == nil {
		return made, &failed{p.Public("%objlasterror").Value}
	}
	return made, importJSON(p, made.Obj, m.value.Obj)
}

func openReference(p *run.Process, f jsonField, m jsonValue) (run.Value, error) {
	v, err := p.CallMethod(f.prop.Type, "%OpenId", m.read())
	if err == nil && v.Obj == nil {
		err = &failed{Status(5809, f.prop.Type, m.read().Text())}
	}
	return v, err
}

// importLiteral makes the value of a data type, which must have the type that JSON has for it and be valid.
func importLiteral(p *run.Process, o *run.Object, f jsonField, m jsonValue) (run.Value, error) {
	t, err := p.Class(f.prop.Type)
	if err != nil {
		return run.Value{}, err
	}
	wanted := jsonTypeOf(t)
	bad := &failed{Status(jsonBadField, f.name)}
	v := m.read()
	switch {
	case wanted == "":
		return v, f.notDocumented(o)
	case wanted == "base64" && m.kind == stringKind:
		b, err := base64.StdEncoding.DecodeString(v.Text())
		if err != nil {
			return v, bad
		}
		return binary(b), nil
	case string(m.kind) != wanted:
		return v, bad
	case v.IsEmpty() && holdsText(t) && !f.ignoreNull:
		return run.Text("\x00"), nil
	case v.IsEmpty():
		return v, nil
	}
	name := f.prop.Def.Name
	if wanted == "string" && o.Class.Methods[name+"XSDToLogical"] != nil {
		if v, err = p.CallClass(o.Class, name+"XSDToLogical", []run.Actual{run.Arg(v)}, true); err != nil {
			return v, err
		}
		if v.IsEmpty() {
			return v, bad
		}
	}
	if o.Class.Methods[name+"IsValid"] == nil {
		return v, nil
	}
	sc, err := p.CallClass(o.Class, name+"IsValid", []run.Actual{run.Arg(v)}, true)
	if err == nil && !sc.Truth() {
		err = &failed{statusOf(append(errorsOf(sc), errorsOf(bad.sc)...)...)}
	}
	return v, err
}
