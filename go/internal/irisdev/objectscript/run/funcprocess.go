package run

import (
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/fn"
)

// processFuncs ask the process, run code or look at files.
func processFuncs() map[string]procFunc {
	return map[string]procFunc{
		"$ZVERSION": {1, 1, systemKind},
		"$ZF":       {1, -1, (*Process).zfFunc},
		"$XECUTE":   {1, -1, (*Process).xecuteFunc},
		"$ZSEARCH":  {1, 1, (*Process).searchFunc},
		"$NOW":      {0, 1, (*Process).nowFunc},
		"$ZUTIL":    {1, -1, (*Process).zutilFunc},
		"$VIEW":     {1, -1, unbuilt("$VIEW")},
		"$COMPILE":  {1, -1, unbuilt("$COMPILE")},
		"$ZSEEK":    {0, 2, unbuilt("$ZSEEK")},
	}
}

func unbuilt(name string) func(*Process, []ast.Arg) (Value, error) {
	return func(*Process, []ast.Arg) (Value, error) { return Value{}, fault.New("UNIMPLEMENTED", "*"+name) }
}

func (p *Process) xecuteFunc(args []ast.Arg) (Value, error) {
	code, _, err := p.argument(args, 0)
	if err != nil {
		return Value{}, err
	}
	list, err := p.arguments(args[1:])
	if err != nil {
		return Value{}, err
	}
	return p.xecute(code.Text(), list, true)
}

// nowFunc is $NOW: the local time with its fraction, or that of a zone so many minutes west of Greenwich.
func (p *Process) nowFunc(args []ast.Arg) (Value, error) {
	v, given, err := p.argument(args, 0)
	if err != nil {
		return Value{}, err
	}
	if !given {
		return Text(horolog(p.now(), 7)), nil
	}
	return Text(horolog(p.Now().UTC().Add(-minutes(fn.Whole(v.Value))), 7)), nil
}

// searchFunc is $ZSEARCH: the first file that fits a pattern, and with "" the next one.
func (p *Process) searchFunc(args []ast.Arg) (Value, error) {
	v, _, err := p.argument(args, 0)
	if err != nil {
		return Value{}, err
	}
	if pattern := v.Text(); pattern != "" {
		if !filepath.IsAbs(pattern) {
			pattern = filepath.Join(p.dir, pattern)
		}
		p.search, err = filepath.Glob(pattern)
		if err != nil {
			return Value{}, fault.New("DIRECTORY", "")
		}
		sort.Strings(p.search)
	}
	if len(p.search) == 0 {
		return Value{}, nil
	}
	found := p.search[0]
	p.search = p.search[1:]
	return Text(found), nil
}

// zutilFunc is $ZUTIL, as far as old code needs it.
func (p *Process) zutilFunc(args []ast.Arg) (Value, error) {
	nums := make([]string, len(args))
	for i := range args {
		v, _, err := p.argument(args, i)
		if err != nil {
			return Value{}, err
		}
		nums[i] = v.Text()
	}
	switch nums[0] {
	case "5":
		if len(nums) == 1 {
			return Text(p.Namespace()), nil
		}
		if err := p.SetNamespace(nums[1]); err != nil {
			return Value{}, err
		}
		return Text(p.Namespace()), nil
	case "9":
		if len(nums) >= 3 {
			return Value{}, p.sys.Console(p.Job(), 0, "Utility.Event", nums[2])
		}
	case "12":
		if len(nums) == 1 {
			return Text(p.sys.Dir), nil
		}
		return Text(filepath.Join(p.sys.Dir, nums[1])), nil
	case "68":
		if len(nums) >= 2 && nums[1] == "40" {
			old := Bool(p.zeof)
			if len(nums) > 2 {
				p.zeof = nums[2] != "0"
			}
			return old, nil
		}
	case "110":
		host, _ := os.Hostname() // without one, the name is empty
		return Text(host), nil
	}
	return Value{}, fault.New("UNIMPLEMENTED", "*$ZUTIL("+strings.Join(nums[:min(2, len(nums))], ",")+")")
}

// SetZEOF tells whether the end of a file sets $ZEOF instead of being an error; it gives what was before.
func (p *Process) SetZEOF(on bool) bool {
	old := p.zeof
	p.zeof = on
	return old
}

// stackFuncs are $STACK and $ESTACK with arguments.
func stackFuncs() map[string]procFunc {
	return map[string]procFunc{
		"$STACK": {1, 2, (*Process).stackFunc},
	}
}

// stackFunc is $STACK(level[,what]): -1 is the deepest level; the kind of a level, or its PLACE, MCODE or ECODE.
func (p *Process) stackFunc(args []ast.Arg) (Value, error) {
	n, _, err := p.argument(args, 0)
	if err != nil {
		return Value{}, err
	}
	level := fn.Whole(n.Value)
	if level == -1 {
		return Int(int64(p.depth)), nil
	}
	what, given, err := p.argument(args, 1)
	if err != nil {
		return Value{}, err
	}
	f := p.f
	for at := p.depth; f != nil && at > level; at-- {
		f = f.up
	}
	if f == nil || level < 0 || level > p.depth {
		return Value{}, nil
	}
	if !given {
		return Text(f.kind), nil
	}
	switch strings.ToUpper(what.Text()) {
	case "PLACE":
		place := f.place()
		if place == "" {
			return Text("@"), nil
		}
		return Text(place + " +1"), nil
	case "MCODE":
		return Text(p.sourceAt(f)), nil
	case "ECODE":
		return Text(p.ecode), nil
	case "CALLER":
		if f.up == nil {
			return Value{}, nil
		}
		return Text(f.up.place()), nil
	}
	return Value{}, fault.New("FUNCTION", "")
}

// sourceAt is the source line that a frame is at.
func (p *Process) sourceAt(f *frame) string {
	if f.cmd == nil {
		return ""
	}
	line := f.cmd.Position().Line
	switch {
	case f.routine != nil:
		if line >= 1 && line <= len(f.routine.Source) {
			return f.routine.Source[line-1]
		}
	case f.method != nil:
		lines := strings.Split(f.method.Def.Body, "\n")
		if i := line - f.method.Def.BodyLine; i >= 0 && i < len(lines) {
			return strings.TrimSuffix(lines[i], "\r")
		}
	}
	return ""
}

// Places gives the places of the calls, the innermost first.
func (p *Process) Places() []string {
	var out []string
	for f := p.f; f != nil; f = f.up {
		if s := f.place(); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// Caller is the place that called the running native method.
func (p *Process) Caller() string {
	if p.f.up == nil {
		return ""
	}
	return p.f.up.place()
}

// CallerName is the class or routine that called the running native method, as in places: Sample.Person.1.
func (p *Process) CallerName() string {
	if p.f.up == nil {
		return ""
	}
	return p.f.up.name
}

// textLine is $TEXT(label+n^routine): a source line with its label's blank, or nothing.
func (p *Process) textLine(x *ast.Text) (Value, error) {
	label, rtn, offset, err := p.entryNames(&x.Entry)
	if err != nil {
		return Value{}, err
	}
	r := p.f.routine
	if rtn != "" {
		found, err := p.sys.Classes.Routine(p.store, p.store.Namespace(), rtn)
		if err != nil {
			return Value{}, nil // no routine has no lines
		}
		r = found.Routine
	}
	if r == nil {
		return Value{}, nil
	}
	at := offset
	if label != "" {
		i := labelIndex(r.Lines, label)
		if i < 0 {
			return Value{}, nil
		}
		at = r.Lines[i].Line + offset
	}
	if at == 0 && label == "" {
		return Text(r.Name), nil
	}
	if at < 1 || at > len(r.Source) {
		return Value{}, nil
	}
	return Text(lineText(r.Source[at-1])), nil
}

// lineText is a source line as $TEXT gives it: white space at its start is one blank.
func lineText(s string) string {
	t := strings.TrimLeft(s, " \t")
	if len(t) < len(s) {
		return " " + t
	}
	return s
}

// systemKind is $ZVERSION(1), which tells the operating system: 2 is Windows, 3 UNIX.
func systemKind(p *Process, args []ast.Arg) (Value, error) {
	v, err := p.eval(args[0].X)
	if err != nil {
		return Value{}, err
	}
	if n, ok := v.Integer(); !ok || n != 1 {
		return Value{}, fault.New("FUNCTION", "")
	}
	if runtime.GOOS == "windows" {
		return Int(2), nil
	}
	return Int(3), nil
}
