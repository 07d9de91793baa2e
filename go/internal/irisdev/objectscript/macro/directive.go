package macro

import "strings"

// cond is an open #if.
type cond struct {
	outer bool // the code around it is active
	taken bool // a branch has been active
	live  bool // this branch is active
	last  bool // #else was met
}

// active reports that code here counts.
func (x *expander) active() bool { return len(x.conds) == 0 || x.conds[len(x.conds)-1].live }

// directives are those that count only in active code.
var directives = map[string]func(x *expander, rest string){
	"define":     (*expander).define,
	"def1arg":    (*expander).def1arg,
	"undef":      (*expander).undef,
	"execute":    (*expander).execute,
	"noshow":     func(*expander, string) {},
	"show":       func(*expander, string) {},
	"import":     func(*expander, string) {},
	"sqlcompile": func(*expander, string) {},
	"xecute":     (*expander).execute,
}

// obey does what a directive says.
func (x *expander) obey(name, rest string) {
	if x.conditional(name, rest) || !x.active() {
		return
	}
	if name == "include" {
		x.include(rest)
		return
	}
	do, ok := directives[name]
	if !ok {
		x.fail("", "unknown preprocessor directive #"+name)
	}
	do(x, rest)
}

// conditional handles #if and its relatives.
func (x *expander) conditional(name, rest string) bool {
	switch name {
	case "if", "ifdef", "ifndef", "ifundef":
		x.conds = append(x.conds, cond{outer: x.active()})
		x.branch(name, rest)
	case "elseif", "elif":
		x.top("#elseIf")
		x.branch("if", rest)
	case "else":
		c := x.top("#else")
		c.live, c.taken, c.last = c.outer && !c.taken, true, true
	case "endif":
		x.top("")
		x.conds = x.conds[:len(x.conds)-1]
	default:
		return false
	}
	return true
}

// top gives the innermost #if; a branch may not follow #else.
func (x *expander) top(branch string) *cond {
	if len(x.conds) == 0 {
		x.fail("", "#endif, #else or #elseIf without #if")
	}
	c := &x.conds[len(x.conds)-1]
	if branch != "" && c.last {
		x.fail("", branch+" after #else")
	}
	return c
}

// branch decides whether the code that follows counts. A condition is not looked at when it cannot matter.
func (x *expander) branch(name, rest string) {
	c := &x.conds[len(x.conds)-1]
	if !c.outer || c.taken {
		c.live = false
		return
	}
	switch name {
	case "if":
		c.live = x.truth(rest)
	case "ifdef":
		c.live = x.defs.Has(macroName(rest))
	default:
		c.live = !x.defs.Has(macroName(rest))
	}
	c.taken = c.live
}

// macroName takes the name out of NAME or $$$NAME(…).
func macroName(s string) string {
	s = strings.TrimPrefix(strings.TrimSpace(s), "$$$")
	return s[:nameLen(s)]
}

// include reads an include file. Each is read once in a source.
func (x *expander) include(rest string) {
	name := strings.TrimSpace(rest)
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".INC"), ".inc")
	if x.included[name] {
		return
	}
	x.included[name] = true
	if x.depth++; x.depth > maxInclude {
		x.fail("", "include files nested too deeply")
	}
	rows, ok := []string(nil), false
	if x.inc != nil {
		rows, ok = x.inc.Include(name)
	}
	if !ok {
		x.fail(missingInclude, "No include file '"+name+"'")
	}
	line := x.line
	x.source(Lines(rows, 1))
	x.line = line
	x.depth--
}

// define reads #define NAME(%a,%b) text.
func (x *expander) define(rest string) {
	n := nameLen(rest)
	if n == 0 {
		x.fail("", "#define without a name")
	}
	name, d := rest[:n], def{}
	rest = rest[n:]
	if strings.HasPrefix(rest, "(") {
		end := strings.IndexByte(rest, ')')
		if end < 0 {
			x.fail("", "parameters of a macro without end")
		}
		d.parens = true
		d.params, d.hasAll = x.formals(rest[1:end])
		rest = rest[end+1:]
	}
	d.body = strings.TrimSpace(rest)
	x.defs.macros[name] = d
}

// formals splits %a,%b.
func (x *expander) formals(s string) (list []string, all bool) {
	if strings.TrimSpace(s) == "" {
		return nil, false
	}
	for _, p := range strings.Split(s, ",") {
		p = strings.TrimSpace(p)
		if strings.HasSuffix(p, "...") {
			p, all = strings.TrimSuffix(p, "..."), true
		}
		if len(p) < 2 || p[0] != '%' || nameLen(p) != len(p) {
			x.fail("", "the parameter "+p+" of a macro does not begin with %")
		}
		list = append(list, p)
	}
	return list, all
}

// def1arg is #define with one parameter that takes all arguments.
func (x *expander) def1arg(rest string) {
	x.define(rest)
	name := rest[:nameLen(rest)]
	d := x.defs.macros[name]
	if len(d.params) > 1 {
		x.fail("", "#def1arg "+name+" has more than one parameter")
	}
	d.hasAll = len(d.params) == 1
	x.defs.macros[name] = d
}

func (x *expander) undef(rest string) { delete(x.defs.macros, macroName(rest)) }

// execute runs a line at compile time.
func (x *expander) execute(rest string) {
	if x.opts.Execute == nil {
		x.fail("", "#execute is not possible here")
	}
	if err := x.opts.Execute(x.expand(rest, 0)); err != nil {
		x.fail("", "#execute: "+err.Error())
	}
}

// dim makes #dim x As Type = value a SET; without a value it is only a remark, and the result is empty.
func (x *expander) dim(rest string) string {
	names, rest := rest, ""
	if i := strings.IndexByte(names, '='); i >= 0 {
		names, rest = names[:i], names[i+1:]
	}
	lower := strings.ToLower(names)
	if i := strings.Index(lower, " as "); i >= 0 {
		names = names[:i]
	}
	names = strings.TrimSpace(names)
	for _, n := range strings.Split(names, ",") {
		if n = strings.TrimSpace(n); n == "" || nameLen(n) != len(n) {
			x.fail("", "#dim needs names of variables")
		}
	}
	if strings.TrimSpace(rest) == "" {
		return ""
	}
	if strings.Contains(names, ",") {
		names = "(" + names + ")"
	}
	return " set " + names + "=" + strings.TrimLeft(rest, " \t")
}
