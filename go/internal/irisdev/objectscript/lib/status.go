package lib

import (
	"strconv"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/fn"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// A status that is an error is the text "0 " and a list with one list an error: the code, its parameters, and in the tenth
// place where it was made.
const (
	firstParameter = 1
	madePlace      = 9
)

// oneError is one error of a status.
type oneError struct {
	code     int
	params   []string
	location string
	inner    string // the status of its cause
}

// Status makes an error status of a code and the parameters of its text.
func Status(code int, params ...string) run.Value {
	return statusOf(oneError{code: code, params: params})
}

func statusOf(errs ...oneError) run.Value {
	var whole []byte
	for _, e := range errs {
		items := make([]value.Value, madePlace+1)
		items[0] = value.Int(int64(e.code))
		for i, s := range e.params {
			if firstParameter+i < madePlace {
				items[firstParameter+i] = fn.Str(s)
			}
		}
		items[madePlace] = value.BuildList(fn.Str(e.inner), fn.Str(e.location))
		whole = value.AppendItem(whole, value.BuildList(items...))
	}
	return run.Text("0 " + value.FromLatin1(whole))
}

// errorsOf takes a status apart; a good one has none. What is no status at all is one error without a text of its own.
func errorsOf(v run.Value) []oneError {
	if v.Truth() {
		return nil
	}
	s := v.Text()
	rest, ok := strings.CutPrefix(s, "0 ")
	if !ok {
		return []oneError{{code: 5001, params: []string{s}}}
	}
	outer, err := fn.Items(fn.Str(rest))
	if err != nil {
		return []oneError{{code: 5001, params: []string{rest}}}
	}
	var out []oneError
	for _, it := range outer {
		inner, err := fn.Items(it.Value)
		if err != nil || len(inner) == 0 {
			out = append(out, oneError{code: 5001, params: []string{it.Value.Text()}})
			continue
		}
		out = append(out, errorOf(inner))
	}
	return out
}

func errorOf(items []fn.Item) oneError {
	code, _ := items[0].Value.Integer()
	e := oneError{code: int(code)}
	for i := firstParameter; i < len(items) && i < madePlace; i++ {
		e.params = append(e.params, items[i].Value.Text())
	}
	for len(e.params) > 0 && e.params[len(e.params)-1] == "" {
		e.params = e.params[:len(e.params)-1]
	}
	if len(items) > madePlace {
		if made, err := fn.Items(items[madePlace].Value); err == nil && len(made) > 1 {
			e.inner, e.location = made[0].Value.Text(), made[1].Value.Text()
		}
	}
	return e
}

// message is the text without its number.
func (e oneError) message() string {
	form, ok := messages[e.code]
	if !ok {
		form = "Unknown status code: <" + strconv.Itoa(e.code) + ">"
		if len(e.params) > 0 {
			form += " (" + strings.Join(e.params, ",") + ")"
		}
		return form
	}
	for i := len(e.params); i < 9; i++ {
		form = strings.ReplaceAll(form, "%"+strconv.Itoa(i+1), "")
	}
	var b strings.Builder
	for i := 0; i < len(form); i++ {
		if form[i] == '%' && i+1 < len(form) && form[i+1] >= '1' && form[i+1] <= '9' {
			if n := int(form[i+1] - '1'); n < len(e.params) {
				b.WriteString(e.params[n])
				i++
				continue
			}
		}
		b.WriteByte(form[i])
	}
	return b.String()
}

// text is the whole text, causes included.
func (e oneError) text() string {
	s := "ERROR #" + strconv.Itoa(e.code) + ": " + e.message()
	if e.inner != "" {
		s += "\r\n  > " + strings.ReplaceAll(statusText(run.Text(e.inner)), "\r\n", "\r\n  ")
	}
	return s
}

func statusText(v run.Value) string {
	var lines []string
	for _, e := range errorsOf(v) {
		lines = append(lines, e.text())
	}
	return strings.Join(lines, "\r\n")
}

var statusNatives = run.Natives{
	"%SYSTEM.Status:Error": func(p *run.Process, c *run.Call) (run.Value, error) {
		var params []string
		for i := 1; i < len(c.Args); i++ {
			params = append(params, c.Text(i))
		}
		v := statusOf(oneError{code: number(c, 0), params: params, location: p.Caller() + "|" + p.Namespace()})
		p.Assign(p.Public("%objlasterror"), v)
		return v, nil
	},
	"%SYSTEM.Status:EmbedStatus": func(p *run.Process, c *run.Call) (run.Value, error) {
		errs := errorsOf(c.Arg(0))
		if len(errs) == 0 {
			return c.Arg(1), nil
		}
		if !c.Arg(1).Truth() {
			last := &errs[len(errs)-1]
			last.inner = c.Text(1)
		}
		return statusOf(errs...), nil
	},
	"%SYSTEM.Status:DecomposeStatus":  decomposeStatus,
	"%SYSTEM.Status:GetErrorText":     func(_ *run.Process, c *run.Call) (run.Value, error) { return run.Text(statusText(c.Arg(0))), nil },
	"%SYSTEM.Status:GetOneErrorText":  func(_ *run.Process, c *run.Call) (run.Value, error) { return oneText(c, oneError.text), nil },
	"%SYSTEM.Status:GetOneStatusText": func(_ *run.Process, c *run.Call) (run.Value, error) { return oneText(c, oneError.message), nil },
	"%SYSTEM.Status:GetErrorCodes": func(_ *run.Process, c *run.Call) (run.Value, error) {
		var codes []string
		for _, e := range errorsOf(c.Arg(0)) {
			codes = append(codes, strconv.Itoa(e.code))
		}
		return run.Text(strings.Join(codes, ",")), nil
	},
	"%SYSTEM.Status:FirstParameters": func(_ *run.Process, c *run.Call) (run.Value, error) {
		if errs := errorsOf(c.Arg(0)); len(errs) > 0 {
			return run.Text(strings.Join(errs[0].params, ",")), nil
		}
		return run.Value{}, nil
	},
	"%SYSTEM.Status:FirstLocation": func(_ *run.Process, c *run.Call) (run.Value, error) {
		if errs := errorsOf(c.Arg(0)); len(errs) > 0 {
			place, _, _ := strings.Cut(errs[0].location, "|")
			return run.Text(place), nil
		}
		return run.Value{}, nil
	},
	"%SYSTEM.Status:StatusToSQLCODE": statusToSQLCODE,
}

func oneText(c *run.Call, text func(oneError) string) run.Value {
	errs, n := errorsOf(c.Arg(0)), number(c, 1)
	if n < 1 || n > len(errs) {
		return run.Value{}
	}
	return run.Text(text(errs[n-1]))
}

func decomposeStatus(p *run.Process, c *run.Call) (run.Value, error) {
	to := c.Var(1)
	if to == nil {
		return good, nil
	}
	p.Clear(to)
	errs := errorsOf(c.Arg(0))
	p.Assign(to, run.Int(int64(len(errs))))
	for i, e := range errs {
		at, err := to.Make(value.Int(int64(i + 1)))
		if err != nil {
			return run.Value{}, err
		}
		p.Assign(at, run.Text(e.text()))
		place, ns, _ := strings.Cut(e.location, "|")
		fields := map[string]run.Value{"code": run.Int(int64(e.code)), "param": run.Int(int64(len(e.params))),
			"caller": run.Text(place), "namespace": run.Text(ns), "dcode": run.Int(int64(e.code)), "domain": run.Text("%ObjectErrors")}
		for name, v := range fields {
			node, err := at.Make(value.Text(name))
			if err != nil {
				return run.Value{}, err
			}
			p.Assign(node, v)
		}
		for n, s := range e.params {
			node, err := at.Make(value.Text("param"), value.Int(int64(n+1)))
			if err != nil {
				return run.Value{}, err
			}
			p.Assign(node, run.Text(s))
		}
	}
	return good, nil
}

// statusToSQLCODE gives the SQLCODE of an error that SQL made, and -400 for others.
func statusToSQLCODE(p *run.Process, c *run.Call) (run.Value, error) {
	errs := errorsOf(c.Arg(0))
	if len(errs) == 0 {
		return run.Int(0), nil
	}
	e := errs[0]
	if (e.code == 5521 || e.code == 5540) && len(e.params) > 0 {
		if len(e.params) > 1 {
			set(p, c, 1, run.Text(e.params[1]))
		}
		n, _ := value.Text(e.params[0]).Integer()
		return run.Int(n), nil
	}
	set(p, c, 1, run.Text(e.text()))
	return run.Int(-400), nil
}
