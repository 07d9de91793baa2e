package run

import (
	"strings"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/fn"
	"iris-pgwire/internal/irisdev/value"
)

// special reads a special variable.
func (p *Process) special(name string) (Value, error) {
	switch name {
	case "$TEST":
		return Bool(p.test), nil
	case "$THIS":
		return p.self()
	case "$HOROLOG":
		return Text(horolog(p.now(), 0)), nil
	case "$JOB":
		return Int(p.Job()), nil
	case "$NAMESPACE", "$ZNSPACE":
		return Text(p.Namespace()), nil
	case "$X":
		return Int(int64(p.device.x)), nil
	case "$Y":
		return Int(int64(p.device.y)), nil
	case "$TLEVEL":
		return Int(int64(p.store.TLevel())), nil
	}
	if get, ok := specials[name]; ok {
		return get(p), nil
	}
	return Value{}, fault.New("UNIMPLEMENTED", "*"+name)
}

// specials are the special variables that only read what the process knows.
var specials = map[string]func(p *Process) Value{
	"$DEVICE":     func(p *Process) Value { return Value{} },
	"$ECODE":      func(p *Process) Value { return Text(p.ecode) },
	"$ESTACK":     func(p *Process) Value { return Int(int64(p.depth - p.estack)) },
	"$STACK":      func(p *Process) Value { return Int(int64(p.depth)) },
	"$ETRAP":      func(p *Process) Value { return Text(p.etrap) },
	"$HALT":       func(p *Process) Value { return Value{} },
	"$IO":         func(p *Process) Value { return Text(p.device.id) },
	"$ZIO":        func(p *Process) Value { return Text(p.device.id) },
	"$PRINCIPAL":  func(p *Process) Value { return Text(p.home.id) },
	"$KEY":        func(p *Process) Value { return Text(p.device.key) },
	"$ZB":         func(p *Process) Value { return Text(p.device.key) },
	"$ZA":         func(p *Process) Value { return Int(0) },
	"$QUIT":       func(p *Process) Value { return Bool(p.f.wants) },
	"$ROLES":      func(p *Process) Value { return Text(p.roles) },
	"$STORAGE":    func(p *Process) Value { return Int(268435456) },
	"$ZSTORAGE":   func(p *Process) Value { return Int(262144) },
	"$THROWOBJ":   func(p *Process) Value { return Value{} },
	"$USERNAME":   func(p *Process) Value { return Text(p.user) },
	"$ZCHILD":     func(p *Process) Value { return Int(p.zchild) },
	"$ZEOF":       func(p *Process) Value { return Int(map[bool]int64{true: -1}[p.device.eof]) },
	"$ZEOS":       func(p *Process) Value { return Int(0) },
	"$ZERROR":     func(p *Process) Value { return Text(p.zerror) },
	"$ZHOROLOG":   func(p *Process) Value { return Plain(micros(time.Since(p.sys.birth))) },
	"$ZJOB":       func(p *Process) Value { return Int(map[bool]int64{true: 5, false: 1}[p.opts.Parent > 0]) },
	"$ZMODE":      func(p *Process) Value { return Text("RY\\CAMX\\UTF8\\") },
	"$ZNAME":      func(p *Process) Value { return Text(p.f.name) },
	"$ZPARENT":    func(p *Process) Value { return Int(p.opts.Parent) },
	"$ZPI":        func(p *Process) Value { return Plain(value.Decimal(3141592653589793238, -18)) },
	"$ZPOS":       func(p *Process) Value { return Int(0) },
	"$ZREFERENCE": func(p *Process) Value { return Text(p.lastReference()) },
	"$ZTIMESTAMP": func(p *Process) Value { return Text(horolog(p.Now().UTC(), 7)) },
	"$ZTIMEZONE": func(p *Process) Value {
		_, off := p.now().Zone()
		return Int(int64(-off / 60))
	},
	"$ZTRAP":    func(p *Process) Value { return Text(p.f.trap) },
	"$ZVERSION": func(p *Process) Value { return Text(p.sys.Version) },
	"$SYSTEM":   func(p *Process) Value { return Text(p.sys.Instance) },
}

func micros(d time.Duration) value.Value { return value.Decimal(d.Microseconds(), -6).Normal() }

// horolog is days since 1840-12-31 and seconds since midnight, with digits of fraction if there are any.
func horolog(t time.Time, digits int) string {
	day, _ := value.DayOf(t.Year(), int(t.Month()), t.Day())
	sec := int64(t.Hour()*3600 + t.Minute()*60 + t.Second())
	s := value.Int(sec)
	if digits > 0 {
		s = value.Add(s, value.Decimal(int64(t.Nanosecond()/100), -7).Normal())
	}
	return value.Int(int64(day)).Text() + "," + s.Normal().Text()
}

func (p *Process) lastReference() string {
	if p.naked == nil {
		return ""
	}
	return nameText(p.naked.full(), p.naked.list)
}

// specialRef is a special variable as a place.
type specialRef struct {
	p  *Process
	id string
}

func (r *specialRef) get() (Value, bool, error) {
	v, err := r.p.special(r.id)
	return v, true, err
}

func (r *specialRef) name() string { return "*" + r.id }

func (r *specialRef) subs() []value.Value { return nil }

// set sets a special variable; those that cannot be set are <SYNTAX>.
func (r *specialRef) set(v Value) error {
	p, s := r.p, v.Text()
	switch r.id {
	case "$TEST":
		p.test = v.Truth()
	case "$X":
		p.device.x = fn.Whole(v.Value)
	case "$Y":
		p.device.y = fn.Whole(v.Value)
	case "$NAMESPACE", "$ZNSPACE":
		return p.SetNamespace(s)
	case "$ROLES":
		return p.setRoles(s)
	case "$ETRAP":
		p.etrap, p.f.trap = s, ""
	case "$ZTRAP":
		p.f.trap = s
	case "$ECODE":
		return p.setECode(s)
	case "$ZERROR":
		p.zerror = s
	case "$KEY":
		p.device.key = s
	case "$DEVICE", "$ZSTORAGE":
		return nil
	default:
		if _, known := specials[r.id]; known {
			return fault.New("SYNTAX", "")
		}
		return fault.New("UNIMPLEMENTED", "*SET "+r.id)
	}
	return nil
}

// setECode sets $ECODE; one that is not empty is an error of its own (IRIS docs, "$ECODE").
func (p *Process) setECode(s string) error {
	p.ecode = s
	if s == "" {
		return nil
	}
	return fault.New("ECODETRAP", "")
}

// setRoles is SET $ROLES: the roles of the login stay; only code of the system's database may add others.
func (p *Process) setRoles(s string) error {
	if s != "" && !p.HasAll() && !p.inSystemCode() {
		for _, r := range strings.Split(s, ",") {
			if !contains(strings.Split(p.roles, ","), r) {
				return fault.New("PROTECT", "")
			}
		}
	}
	roles := strings.Split(p.login, ",")
	for _, r := range strings.Split(s, ",") {
		if r != "" && !contains(roles, r) {
			roles = append(roles, r)
		}
	}
	p.roles = strings.Join(roles, ",")
	return nil
}

// inSystemCode reports that the running code is stored in the system's database: a class or routine whose name begins with
// %Z or %z, or one of IRIS's own.
func (p *Process) inSystemCode() bool {
	name := strings.TrimSuffix(p.f.name, ".1")
	return strings.HasPrefix(name, "%") || p.f.class != nil && p.f.class.Namespace == "%SYS"
}
