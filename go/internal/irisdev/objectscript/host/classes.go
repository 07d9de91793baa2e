package host

import (
	"context"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
)

// Begin implements superserver.Jobs: the connection's job becomes a process that the others see.
func (h *Host) Begin(ctx context.Context, p *store.Process, login superserver.Login, stop func()) (end func(), err error) {
	process, err := h.process(run.Options{Store: p, Namespace: login.Namespace, User: login.User, Client: login.Host, Kind: kindServer})
	if err != nil {
		return nil, err
	}
	forget := h.killWhen(ctx, process)
	leave := context.AfterFunc(process.Life(), stop)
	return func() {
		forget()
		leave()
		process.End()
	}, nil
}

// Allowed implements superserver.Jobs.
func (h *Host) Allowed(p *store.Process, resource string) bool {
	process := h.sys.Job(p.Job())
	return process != nil && process.Allowed(resource, "USE")
}

// Call implements superserver.Classes: a class method runs in the connection's own process.
func (h *Host) Call(ctx context.Context, p *store.Process, class, method string, args []value.Item) (value.Item, error) {
	process := h.sys.Job(p.Job())
	if process == nil {
		return value.Item{}, fault.New("COMMAND", "*the process has ended")
	}
	process.Calm()
	defer context.AfterFunc(ctx, process.Interrupt)()
	c, err := process.Class(class)
	if err != nil {
		return value.Item{}, err
	}
	actuals := make([]run.Actual, len(args))
	for i, a := range args {
		if actuals[i], err = actual(process, a); err != nil {
			return value.Item{}, err
		}
	}
	m := c.Methods[method]
	returns := m != nil && m.Def.Returns != ""
	result, err := process.CallClass(c, method, actuals, returns)
	process.Flush()
	if err != nil {
		return value.Item{}, err
	}
	for i, a := range actuals {
		if a.Var != nil {
			args[i] = item(a.Var.Value, a.Var.Set)
			args[i].ByRef = true
			process.Clear(a.Var)
		}
	}
	return item(result, returns || !result.IsEmpty()), nil
}

// actual makes an argument of what came over the wire.
func actual(p *run.Process, a value.Item) (run.Actual, error) {
	if a.Object {
		return run.Actual{}, fault.New("UNIMPLEMENTED", "*an object as an argument of a native call")
	}
	out := run.Actual{Omitted: a.Undefined}
	if !a.Undefined {
		out.Value = run.Plain(a.Value)
	}
	if a.ByRef {
		out.Var = &run.Var{}
		if !a.Undefined {
			p.Assign(out.Var, out.Value)
		}
	}
	return out, nil
}

// item makes what goes over the wire of a value.
func item(v run.Value, defined bool) value.Item {
	return value.Item{Value: v.Value, Undefined: !defined, Object: v.Obj != nil}
}
