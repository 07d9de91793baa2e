package lib

import (
	"errors"
	"slices"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// The natives of %JSON.Adaptor (IRIS docs, "Using the JSON Adaptor").
var jsonAdaptorNatives = run.Natives{
	"%JSON.Adaptor:%JSONExportToString": func(p *run.Process, c *run.Call) (run.Value, error) {
		if name := c.Text(1); name != "" {
			return Status(jsonMapping, name, "%JSONExport", c.Self.Class.Name), nil
		}
		w := &jsonWriter{p: p}
		if err := w.adapted(c.Self); err != nil {
			return statusOrError(err)
		}
		if value.Length(w.b.String()) > maxString {
			return run.Value{}, fault.New("MAXSTRING", "")
		}
		set(p, c, 0, run.Text(w.b.String()))
		return good, nil
	},
	"%JSON.Adaptor:%JSONImportInternal": func(p *run.Process, c *run.Call) (run.Value, error) {
		if name := c.Text(1); name != "" {
			return Status(jsonMapping, name, "%JSONImport", c.Self.Class.Name), nil
		}
		if err := importJSON(p, c.Self, c.Arg(0).Obj); err != nil {
			return statusOrError(err)
		}
		return good, nil
	},
}

// The codes of errors that have no number in the documentation (occErrors.inc).
const (
	jsonMapping     = 98021
	jsonNotAdapted  = 98024
	jsonUnexpected  = 98030
	jsonBadField    = 98031
	jsonAdaptorName = "%JSON.Adaptor"
)

// failed is an error status on its way out.
type failed struct{ sc run.Value }

func (*failed) Error() string { return "an error status" }

// statusOrError gives the status that an error is, or the error.
func statusOrError(err error) (run.Value, error) {
	var f *failed
	if errors.As(err, &f) {
		return f.sc, nil
	}
	return run.Value{}, err
}

// jsonField is a property as JSON has it.
type jsonField struct {
	prop             *class.Property
	name             string
	in, out          bool
	null, ignoreNull bool
	reference        string // OBJECT, ID or OID
}

// jsonFields lists the properties of a class that JSON has: those of its superclasses first, each class's in their order.
func jsonFields(c *class.Class) []jsonField {
	var out []jsonField
	for _, origin := range slices.Backward(c.Chain) {
		for _, name := range c.Order {
			if prop := c.Properties[name]; prop.Origin == origin {
				if f := fieldOf(c, prop); f.in || f.out {
					out = append(out, f)
				}
			}
		}
	}
	return out
}

func fieldOf(c *class.Class, prop *class.Property) jsonField {
	get := func(name string) string {
		if v, ok := prop.Params[name]; ok && v != "" {
			return v
		}
		if par := c.Parameters[name]; par != nil {
			return par.Value
		}
		return ""
	}
	f := jsonField{prop: prop, name: orDefault(prop.Params["%JSONFIELDNAME"], prop.Def.Name), null: isOn(get("%JSONNULL")),
		ignoreNull: isOn(get("%JSONIGNORENULL")), reference: strings.ToUpper(orDefault(get("%JSONREFERENCE"), "OBJECT"))}
	k := prop.Def.Keywords
	switch include := strings.ToUpper(prop.Params["%JSONINCLUDE"]); include {
	case "":
		card := strings.ToLower(k["cardinality"])
		single := prop.Def.Relationship && card != "many" && card != "children" // its object has this one in turn
		f.in = !k.Has("private") && !k.Has("multidimensional") && prop.Def.Name != "%Concurrency" && !single
		f.out = f.in
	default:
		f.in, f.out = include == "INOUT" || include == "INPUTONLY", include == "INOUT" || include == "OUTPUTONLY"
	}
	f.in = f.in && !k.Has("calculated") && !k.Has("readonly")
	return f
}

func isOn(s string) bool { return s != "" && s != "0" }

// many reports a property of several values.
func (f jsonField) many() bool { return f.prop.Def.Collection != "" || f.prop.Def.Relationship }

// keyed reports one whose values have keys.
func (f jsonField) keyed() bool { return strings.EqualFold(f.prop.Def.Collection, "array") }

// jsonTypeOf is the JSON type of a data type's values: string, number, boolean, or bytes in base 64. "" is one whose form in
// JSON is not documented.
func jsonTypeOf(t *class.Class) string {
	switch {
	case t.Is("%Library.Boolean"):
		return "boolean"
	case t.Is("%Library.PosixTime"), t.Is("%Library.List"):
		return ""
	case t.Is("%Library.Binary"):
		return "base64"
	}
	for _, name := range []string{"Integer", "Numeric", "Decimal", "Float", "Double", "Currency", "BigInt"} {
		if t.Is("%Library." + name) {
			return "number"
		}
	}
	return "string"
}

// holdsText reports a type whose empty strings differ from no value.
func holdsText(t *class.Class) bool {
	par := t.Parameters["XSDTYPE"]
	return t.Is("%Library.String") || par != nil && par.Value == "string"
}

func (f jsonField) notDocumented(o *run.Object) error {
	return &failed{Status(5001, "The development IRIS does not know the form in JSON of "+f.prop.Type+", the type of "+o.Class.Name+":"+f.prop.Def.Name)}
}
