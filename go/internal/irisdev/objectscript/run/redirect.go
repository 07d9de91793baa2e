package run

import "iris-pgwire/internal/irisdev/objectscript/ast"

// ReDirectIO switches on and off that the routine of the device's mnemonic space gets what is written and gives what is
// read: its labels wstr, wchr, wnl, wff, wtab, rstr and rchr (IRIS class reference, "%Library.Device"). It gives what was
// before.
func (p *Process) ReDirectIO(on bool) bool {
	old := p.diverted
	p.diverted = on
	return old
}

// Redirected reports that output goes to a routine.
func (p *Process) Redirected() bool { return p.diverted }

// Mnemonics is the routine of the current device's mnemonic space; SetMnemonics changes it.
func (p *Process) Mnemonics() string { return p.device.mnemonic }

// DeviceType is the kind of the current device (IRIS class reference, "%Library.Device", GetType).
func (p *Process) DeviceType() int {
	switch d := p.device; {
	case d.pipe != nil:
		return 12
	case d.id == "/dev/null":
		return 6
	case d == p.home:
		return 1
	}
	return 0
}

// SetMnemonics changes the routine of the mnemonic space.
func (p *Process) SetMnemonics(routine string) { p.device.mnemonic = routine }

// redirects reports that output goes to a routine now. While the routine runs, its own output goes to the device.
func (p *Process) redirects() bool {
	return p.diverted && p.device.mnemonic != "" && !p.redirecting
}

// hand calls a label of the routine.
func (p *Process) hand(label string, args ...Value) (Value, error) {
	p.redirecting = true
	defer func() { p.redirecting = false }()
	wants := label == "rstr" || label == "rchr"
	f, at, err := p.findIn(p.device.mnemonic, label, 0, &ast.EntryRef{})
	if err != nil {
		return Value{}, err
	}
	f.wants = wants
	return p.callEntry(f, at, len(args) > 0, actuals(args))
}
