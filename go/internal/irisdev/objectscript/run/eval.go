package run

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/fn"
	"iris-pgwire/internal/irisdev/value"
)

// eval gives the value of an expression.
func (p *Process) eval(x ast.Expr) (Value, error) {
	switch x := x.(type) {
	case *ast.Literal:
		return Value{Value: tidy(x.Value)}, nil
	case *ast.Local:
		return p.local(x)
	case *ast.Binary:
		return p.binary(x)
	case *ast.Unary:
		return p.unary(x)
	case *ast.Func:
		return p.function(x)
	case *ast.Method:
		return p.methodCall(x, true)
	case *ast.Prop:
		return p.propertyOf(x)
	case *ast.ClassCall:
		return p.classCall(x, true)
	case *ast.Global, *ast.IVar:
		r, err := p.ref(x)
		if err != nil {
			return Value{}, err
		}
		return p.read(r)
	case *ast.Special:
		return p.special(x.Name)
	case *ast.Select:
		return p.selectOf(x)
	case *ast.Case:
		return p.caseOf(x)
	case *ast.Extrinsic:
		return p.extrinsic(&x.Entry)
	case *ast.Indirect:
		return p.indirect(x)
	case *ast.Match:
		return p.match(x)
	}
	return p.rare(x)
}

// rare evaluates what stands in few expressions.
func (p *Process) rare(x ast.Expr) (Value, error) {
	switch x := x.(type) {
	case *ast.Self:
		return p.self()
	case *ast.Param:
		return p.param(x)
	case *ast.ClassParam:
		c, err := p.Class(x.Class)
		if err != nil {
			return Value{}, err
		}
		return parameter(c, x.Name)
	case *ast.ClassProp:
		return Value{}, fault.New("PROPERTY DOES NOT EXIST", "*"+x.Name+","+x.Class)
	case *ast.Cast:
		return p.eval(x.X)
	case *ast.Super:
		return p.super(x, true)
	case *ast.Text:
		return p.textLine(x)
	case *ast.JSONObject:
		return p.jsonObject(x)
	case *ast.JSONArray:
		return p.jsonArray(x)
	case *ast.JSONWord:
		return p.jsonWord(x.Word), nil
	case *ast.Star:
		return Value{}, fault.New("SYNTAX", "")
	}
	return Value{}, fault.New("SYNTAX", "")
}

// plainOf gives an expression's plain value.
func (p *Process) plainOf(x ast.Expr) (value.Value, error) {
	v, err := p.eval(x)
	return v.Value, err
}

// textOf gives it as text.
func (p *Process) textOf(x ast.Expr) (string, error) {
	v, err := p.eval(x)
	if err != nil {
		return "", err
	}
	return v.Text(), nil
}

// local reads a local variable.
func (p *Process) local(x *ast.Local) (Value, error) {
	v := p.lookup(x.Name)
	if len(x.Subs) == 0 {
		if v != nil && v.Set {
			return v.Value, nil
		}
		return p.noValue(false, func() string { return "*" + x.Name })
	}
	subs, err := p.subscripts(x.Subs)
	if err != nil {
		return Value{}, err
	}
	for _, s := range subs {
		key, err := subKey(s)
		if err != nil {
			return Value{}, fault.New("SUBSCRIPT", "*"+nameText(x.Name, subs))
		}
		if v == nil || v.Below == nil {
			v = nil
			continue
		}
		v, _ = v.Below.Get(key)
	}
	if v != nil && v.Set {
		return v.Value, nil
	}
	return p.noValue(true, func() string { return "*" + nameText(x.Name, subs) })
}

// noValue is <UNDEFINED>, or the empty string if the process was told so ($SYSTEM.Process.Undefined).
func (p *Process) noValue(subscripted bool, name func() string) (Value, error) {
	if p.undefined == 2 || p.undefined == 1 && subscripted {
		return Value{}, nil
	}
	return Value{}, fault.New("UNDEFINED", name())
}

// subscripts evaluates subscripts.
func (p *Process) subscripts(list []ast.Expr) ([]value.Value, error) {
	if len(list) == 0 {
		return nil, nil
	}
	out := make([]value.Value, len(list))
	for i, x := range list {
		v, err := p.eval(x)
		if err != nil {
			return nil, err
		}
		out[i] = v.Value
	}
	return out, nil
}

// nameText writes a reference as $NAME does: x(1,"a").
func nameText(name string, subs []value.Value) string {
	if len(subs) == 0 {
		return name
	}
	var b strings.Builder
	b.WriteString(name)
	for i, s := range subs {
		b.WriteByte("(,"[min(i, 1)])
		b.WriteString(subText(s))
	}
	b.WriteByte(')')
	return b.String()
}

// subText writes a subscript: numbers bare, texts between quotes.
func subText(s value.Value) string {
	switch s.Kind() {
	case value.Number, value.Double:
		return s.Text()
	case value.Null:
		return `""`
	}
	t := s.Text()
	if _, ok := value.CanonicalNumber(t); ok {
		return t
	}
	return `"` + strings.ReplaceAll(t, `"`, `""`) + `"`
}

func (p *Process) binary(x *ast.Binary) (Value, error) {
	l, err := p.eval(x.L)
	if err != nil {
		return Value{}, err
	}
	switch x.Op {
	case "&&":
		if !l.Truth() {
			return Int(0), nil
		}
		r, err := p.eval(x.R)
		return Bool(err == nil && r.Truth()), err
	case "||":
		if l.Truth() {
			return Int(1), nil
		}
		r, err := p.eval(x.R)
		return Bool(err == nil && r.Truth()), err
	}
	r, err := p.eval(x.R)
	if err != nil {
		return Value{}, err
	}
	v, ok := quick(x.Op, l.Value, r.Value)
	if !ok {
		if v, err = fn.Op(x.Op, l.Value, r.Value); err != nil {
			return Value{}, err
		}
		v = tidy(v)
	}
	if x.Not {
		return Bool(!Plain(v).Truth()), nil
	}
	return Plain(v), nil
}

// quick does the commonest operations of whole numbers and texts at once.
func quick(op string, l, r value.Value) (value.Value, bool) {
	if len(op) != 1 {
		return value.Value{}, false
	}
	if l.Kind() == value.Number && r.Kind() == value.Number {
		a, ea := l.Parts()
		b, eb := r.Parts()
		if ea != 0 || eb != 0 {
			return value.Value{}, false
		}
		switch op[0] {
		case '+':
			s := a + b
			return value.Int(s), (s > a) == (b > 0)
		case '-':
			d := a - b
			return value.Int(d), (d < a) == (b > 0)
		case '*':
			if small(a) && small(b) {
				return value.Int(a * b), true
			}
		case '<':
			return flag(a < b), true
		case '>':
			return flag(a > b), true
		case '=':
			return flag(a == b), true
		}
		return value.Value{}, false
	}
	if op[0] == '=' && l.Kind() == value.String && r.Kind() == value.String {
		return flag(l.Raw() == r.Raw()), true
	}
	return value.Value{}, false
}

func small(n int64) bool { return n < 1<<31 && n > -1<<31 }

func flag(b bool) value.Value {
	if b {
		return value.Int(1)
	}
	return value.Int(0)
}

func (p *Process) unary(x *ast.Unary) (Value, error) {
	v, err := p.eval(x.X)
	if err != nil {
		return Value{}, err
	}
	if x.Op == '\'' {
		return Bool(!v.Truth()), nil
	}
	r, err := fn.Unary(x.Op, v.Value)
	return Plain(r), err
}

func (p *Process) selectOf(x *ast.Select) (Value, error) {
	for i := range x.Cases {
		ok, err := p.truth(x.Cases[i].When)
		if err != nil {
			return Value{}, err
		}
		if ok {
			return p.eval(x.Cases[i].Then)
		}
	}
	return Value{}, fault.New("SELECT", "")
}

func (p *Process) caseOf(x *ast.Case) (Value, error) {
	v, err := p.eval(x.X)
	if err != nil {
		return Value{}, err
	}
	for i := range x.Cases {
		w, err := p.eval(x.Cases[i].When)
		if err != nil {
			return Value{}, err
		}
		if fn.Equal(v.Value, w.Value) {
			return p.eval(x.Cases[i].Then)
		}
	}
	if x.Default == nil {
		return Value{}, fault.New("ILLEGAL VALUE", "")
	}
	return p.eval(x.Default)
}
