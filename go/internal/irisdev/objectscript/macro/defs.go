package macro

import "maps"

// def is a macro: its formal parameters (with their %) and its text.
type def struct {
	params []string
	hasAll bool // the last parameter takes all the rest: #def1arg, or %x...
	parens bool // it was defined with parentheses
	body   string
}

// Defs are the macros defined so far. The zero value is not usable; see NewDefs.
type Defs struct{ macros map[string]def }

// NewDefs gives an empty set.
func NewDefs() *Defs { return &Defs{macros: map[string]def{}} }

// Clone gives a copy. The methods of a class share one set in their order: a macro that one defines is known in those after it.
func (d *Defs) Clone() *Defs { return &Defs{macros: maps.Clone(d.macros)} }

// Define sets a macro without parameters.
func (d *Defs) Define(name, text string) { d.macros[name] = def{body: text} }

// Has reports whether a macro is defined.
func (d *Defs) Has(name string) bool {
	_, ok := d.macros[name]
	return ok
}
