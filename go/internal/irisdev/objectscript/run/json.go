package run

import "iris-pgwire/internal/irisdev/objectscript/ast"

// jsonObject makes the %DynamicObject of a literal.
func (p *Process) jsonObject(x *ast.JSONObject) (Value, error) {
	v, err := p.dynamic("%Library.DynamicObject")
	if err != nil {
		return v, err
	}
	v.Obj.refs++
	defer p.drop(v.Obj)
	for i, key := range x.Keys {
		if err := p.jsonPut(v.Obj, "%Set", []Actual{Arg(Text(key))}, x.Values[i]); err != nil {
			return Value{}, err
		}
	}
	return v, nil
}

func (p *Process) jsonArray(x *ast.JSONArray) (Value, error) {
	v, err := p.dynamic("%Library.DynamicArray")
	if err != nil {
		return v, err
	}
	v.Obj.refs++
	defer p.drop(v.Obj)
	for _, item := range x.Items {
		if err := p.jsonPut(v.Obj, "%Push", nil, item); err != nil {
			return Value{}, err
		}
	}
	return v, nil
}

func (p *Process) dynamic(name string) (Value, error) {
	c, err := p.sys.Classes.Class(p.store, p.store.Namespace(), name)
	if err != nil {
		return Value{}, err
	}
	return p.New(c, nil)
}

// jsonPut gives an element to a dynamic object or array: true, false and null with their type.
func (p *Process) jsonPut(o *Object, method string, args []Actual, x ast.Expr) error {
	if w, ok := x.(*ast.JSONWord); ok {
		if w.Word == "null" {
			args = append(args, Arg(Value{}), Arg(Text("null")))
		} else {
			args = append(args, Arg(Bool(w.Word == "true")), Arg(Text("boolean")))
		}
		return p.Do(o, method, args...)
	}
	v, err := p.eval(x)
	if err != nil {
		return err
	}
	return p.Do(o, method, append(args, Arg(v))...)
}

// jsonWord is true, false or null outside of an object.
func (p *Process) jsonWord(w string) Value {
	if w == "null" {
		return Value{}
	}
	return Bool(w == "true")
}
