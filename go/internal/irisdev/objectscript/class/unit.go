package class

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/macro"
	"iris-pgwire/internal/irisdev/objectscript/parse"
)

// unit is the parsed source of a class, and bodies is the parsed code of its methods. They are kept while the class's stamp
// and what its code was expanded with stay the same, so that loading one class does not mean parsing all others again.
type unit struct {
	stamp string
	def   *ast.Class
}

type bodies struct {
	def    *ast.Class
	with   string // the includes and their stamp
	bodies map[*ast.MethodDef]body
	macros *macro.Defs // that they define
}

type body struct {
	block   *ast.Block
	formals []ast.Formal
	refused string
	err     error
}

// unit gives the parsed source of a class.
func (b *builder) unit(at, full, st, src string) (*unit, error) {
	key := at + " " + full
	b.d.mu.RLock()
	u := b.d.units[key]
	b.d.mu.RUnlock()
	if u != nil && st != "" && u.stamp == st {
		return u, nil
	}
	def, err := parse.Class(src)
	if err != nil {
		return nil, &Problem{Code: 5559, Text: "The class definition of '" + full + "' could not be parsed: " + err.Error()}
	}
	u = &unit{stamp: st, def: def}
	if st != "" {
		b.d.mu.Lock()
		b.d.units[key] = u
		b.d.mu.Unlock()
	}
	return u, nil
}

// code gives the parsed code of the class's own methods.
func (b *builder) code(c *Class) map[*ast.MethodDef]body {
	key := c.Namespace + " " + c.Name
	with := strings.Join(b.inc.names(c), ",") + " " + b.inc.stamp
	b.d.mu.RLock()
	got := b.d.bodies[key]
	b.d.mu.RUnlock()
	if got != nil && got.def == c.Def && got.with == with {
		if got.macros != nil {
			b.inc.classes[c.Name] = got.macros.Clone()
		}
		return got.bodies
	}
	got = &bodies{def: c.Def, with: with, bodies: map[*ast.MethodDef]body{}}
	for _, m := range c.Def.Methods {
		got.bodies[m] = b.body(c, m)
	}
	if defs := b.inc.classes[c.Name]; defs != nil {
		got.macros = defs.Clone()
	}
	if c.Stamp != "" {
		b.d.mu.Lock()
		b.d.bodies[key] = got
		b.d.mu.Unlock()
	}
	return got.bodies
}

// methods adds the class's own methods with their code. An error in one is reported when all have been looked at.
func (b *builder) methods(c *Class) error {
	code := b.code(c)
	var wrong Problems
	for _, m := range c.Def.Methods {
		got := code[m]
		if got.err != nil {
			wrong = append(wrong, AsProblems(compileProblem(c.Name, m.Name, m.BodyLine, got.err))...)
			continue
		}
		c.Methods[m.Name] = &Method{Origin: c, Def: m, Formals: got.formals, Body: got.block, Refused: got.refused,
			Native: m.Keywords["language"] == "native"}
	}
	if len(wrong) > 0 {
		return wrong
	}
	return nil
}

// body parses the code of a method. A method without code of its own has no block: abstract ones, native ones, and those in
// a language that is not built, which have a reason.
func (b *builder) body(c *Class, m *ast.MethodDef) body {
	formals, err := b.formals(c, m)
	out := body{formals: formals, err: err}
	if err != nil {
		return out
	}
	switch lang := strings.ToLower(m.Keywords["language"]); lang {
	case "", "objectscript", "cache":
	case "native":
		return out
	default:
		out.refused = "the language " + lang
		return out
	}
	if m.Keywords.Has("abstract") {
		return out
	}
	lines := bodyLines(m)
	switch strings.ToLower(m.Keywords["codemode"]) {
	case "expression":
		lines = []macro.Line{{Text: " quit " + strings.TrimSpace(strings.ReplaceAll(m.Body, "\n", " ")), Line: m.BodyLine}}
	case "call":
		lines = []macro.Line{{Text: callCode(m), Line: m.BodyLine}}
	}
	out.block, out.err = b.inc.code(c, lines)
	return out
}

// formals parses the defaults of formal parameters that have macros.
func (b *builder) formals(c *Class, m *ast.MethodDef) ([]ast.Formal, error) {
	out := m.Formals
	for i, f := range out {
		if f.Default != nil || f.DefaultText == "" {
			continue
		}
		x, err := b.inc.expression(c, f.DefaultText, m.Line)
		if err != nil {
			return nil, err
		}
		if &out[0] == &m.Formals[0] {
			out = append([]ast.Formal{}, m.Formals...)
		}
		out[i].Default = x
	}
	return out, nil
}

// callCode is the code of a method with CodeMode = call: label^routine is called with the method's arguments.
func callCode(m *ast.MethodDef) string {
	names := make([]string, len(m.Formals))
	for i, f := range m.Formals {
		names[i] = f.Name
		if f.Mode != 0 {
			names[i] = "." + f.Name
		}
	}
	target := strings.TrimSpace(m.Body)
	if i := strings.IndexByte(target, '('); i >= 0 {
		target = target[:i]
	}
	if m.Returns == "" {
		return " do " + target + "(" + strings.Join(names, ",") + ")"
	}
	return " quit $$" + target + "(" + strings.Join(names, ",") + ")"
}

func bodyLines(m *ast.MethodDef) []macro.Line { return splitLines(m.Body, m.BodyLine) }

func splitLines(s string, first int) []macro.Line {
	parts := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	out := make([]macro.Line, len(parts))
	for i, t := range parts {
		out[i] = macro.Line{Text: t, Line: first + i}
	}
	return out
}

// isGenerator reports a method whose code is made when a class is compiled.
func isGenerator(m *ast.MethodDef) bool {
	mode := strings.ToLower(m.Keywords["codemode"])
	return mode == "generator" || mode == "objectgenerator"
}

// generated puts the generated code in place of the generators.
func (b *builder) generated(c *Class) error {
	for name, m := range c.Methods {
		if !isGenerator(m.Def) || m.Def.Keywords.Has("abstract") {
			continue
		}
		own := *m
		if own.Generator == nil {
			own.Generator = m.Body
		}
		own.Body, own.Refused = nil, "method "+name+", whose generator did not run"
		if b.p != nil {
			node := classNode(c.Namespace, c.Name).Sub(text("gen"), text(name))
			if v, ok := b.p.Get(node); ok {
				block, err := b.inc.code(m.Origin, splitLines(v.Text(), 1))
				if err != nil {
					return compileProblem(c.Name, name, 1, err)
				}
				own.Body, own.Refused = block, ""
			}
		}
		c.Methods[name] = &own
	}
	return nil
}
