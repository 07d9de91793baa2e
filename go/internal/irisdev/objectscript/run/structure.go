package run

import (
	"sort"
	"strconv"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
)

// structureRef is ^$JOB, ^$LOCK, ^$GLOBAL or ^$ROUTINE as a place that can be read.
func (p *Process) structureRef(x *ast.Global) (ref, error) {
	name := map[string]string{"J": "JOB", "L": "LOCK", "G": "GLOBAL", "R": "ROUTINE"}[x.Name]
	if name == "" {
		name = x.Name
	}
	subs, err := p.subscripts(x.Subs)
	if err != nil {
		return nil, err
	}
	space := ""
	if x.Env != nil {
		env, err := p.textOf(x.Env)
		if err != nil {
			return nil, err
		}
		if space, err = p.environment(env, x.Env2); err != nil {
			return nil, err
		}
	}
	switch name {
	case "JOB", "LOCK", "GLOBAL", "ROUTINE":
		return &structRef{p: p, kind: name, list: subs, space: space}, nil
	}
	return nil, fault.New("UNIMPLEMENTED", "*^$"+name)
}

// structRef is a node of such a structure.
type structRef struct {
	p     *Process
	kind  string
	space string
	list  []value.Value
}

// entries lists the first subscripts in order.
func (r *structRef) entries() []value.Value {
	var out []value.Value
	switch r.kind {
	case "JOB":
		for _, job := range r.p.sys.Store.Jobs() {
			out = append(out, value.Int(job))
		}
	case "GLOBAL":
		_ = r.p.inSpace(r.space, func() error { // an unknown namespace has no globals
			names := r.p.store.Globals()
			sort.Strings(names)
			for _, n := range names {
				out = append(out, value.Text("^"+n))
			}
			return nil
		})
	case "ROUTINE":
		_ = r.p.inSpace(r.space, func() error { // likewise
			for _, n := range r.p.sys.Classes.ObjectNames(r.p.store, r.p.store.Namespace()) {
				out = append(out, value.Text(n))
			}
			return nil
		})
	case "LOCK":
		for _, l := range r.p.sys.Store.Locks() {
			out = append(out, value.Text(lockText(l.Name)))
		}
		sort.Slice(out, func(i, j int) bool { return value.Compare(out[i], out[j]) < 0 })
	}
	return out
}

// lockText is the name of a lock as ^$LOCK has it: a local's is without the caret.
func lockText(name string) string { return strings.TrimPrefix(name, "^"+localLock) }

func (r *structRef) get() (Value, bool, error) {
	if r.kind == "LOCK" && len(r.list) == 2 {
		for _, l := range r.p.sys.Store.Locks() {
			if lockText(l.Name) != r.list[0].Text() {
				continue
			}
			switch strings.ToUpper(r.list[1].Text()) {
			case "OWNER":
				return Text(strconv.FormatInt(l.Owner, 10)), true, nil
			case "COUNTS", "MODE":
				return Text(l.Mode), true, nil
			}
		}
	}
	if len(r.list) == 1 {
		d, err := r.data()
		return Value{}, d > 0, err
	}
	return Value{}, false, nil
}

func (r *structRef) data() (int, error) {
	if len(r.list) == 0 {
		return 10, nil
	}
	for _, e := range r.entries() {
		if e.Text() == r.list[0].Text() {
			if r.kind == "GLOBAL" {
				return 1, nil
			}
			if r.kind == "LOCK" {
				return 10, nil
			}
			return 1, nil
		}
	}
	return 0, nil
}

func (r *structRef) order(reverse bool) (value.Value, error) {
	if len(r.list) != 1 {
		return value.Value{}, fault.New("SYNTAX", "")
	}
	var found value.Value
	for _, e := range r.entries() {
		c := 1
		if r.list[0].Kind() != value.Null {
			c = value.Compare(e, r.list[0])
		}
		if !reverse && c > 0 {
			return e, nil
		}
		if reverse && (c < 0 || r.list[0].Kind() == value.Null) {
			found = e
		}
	}
	return found, nil
}

func (r *structRef) set(Value) error { return fault.New("COMMAND", "") }

func (r *structRef) kill(bool) error { return fault.New("COMMAND", "") }

func (r *structRef) query(bool) ([]value.Value, bool, error) {
	return nil, false, fault.New("UNIMPLEMENTED", "*$QUERY of ^$"+r.kind)
}

func (r *structRef) at(subs []value.Value) tree {
	return &structRef{p: r.p, kind: r.kind, space: r.space, list: subs}
}

func (r *structRef) full() string { return "^$" + r.kind }

func (r *structRef) name() string { return nameText("^$"+r.kind, r.list) }

func (r *structRef) subs() []value.Value { return r.list }
