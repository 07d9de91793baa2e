package pgfunc

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// intArg is an integer in canonical form.
func intArg(v iris.Value) int64 { return v.Mantissa() }

// floatArg is a double in canonical form.
func floatArg(v iris.Value) float64 {
	f, _ := v.Float64()
	return f
}

// truth is a boolean in canonical form.
func truth(v iris.Value) bool { return v.Mantissa() != 0 }

// textArg is a string in canonical form: UTF-8.
func textArg(v iris.Value) string { return string(v.Raw()) }

// display is an argument as PostgreSQL prints it, which is how concat and its like see values that are no text.
func display(c *Context, i int, v iris.Value) (string, error) {
	t := c.Args[min(i, len(c.Args)-1)]
	return displayAs(t, v, c.Style)
}

func displayAs(t pgtypes.Type, v iris.Value, st pgtypes.Style) (string, error) {
	b, err := pgtypes.AppendText(nil, t, v, st)
	return string(b), err
}

func null() (iris.Value, error) { return iris.Null(), nil }

func failed(code, format string, args ...any) (iris.Value, error) {
	return iris.Null(), pgerr.New(code, format, args...)
}

func textResult(s string) (iris.Value, error) { return iris.Text(s), nil }
func intResult(i int) (iris.Value, error)     { return iris.Int(int64(i)), nil }
func boolResult(b bool) (iris.Value, error)   { return iris.Bool(b), nil }
func notBuilt(what string) (iris.Value, error) {
	return iris.Null(), pgerr.NotBuilt(0, what)
}

func invalidParameter(format string, args ...any) error {
	return pgerr.New(pgerr.InvalidParameterValue, format, args...)
}
