// Package class is the dictionary of classes and routines: it reads their sources from the store, expands, parses, checks and
// resolves them, and gives them to package run. Sources are nodes of globals, so that they survive a restart and roll back with
// the transaction that loaded them.
package class

import "iris-pgwire/internal/irisdev/objectscript/ast"

// Class is a compiled class: its own members and those that it inherits.
type Class struct {
	Name       string
	Namespace  string // where it was compiled; %SYS for % classes
	Def        *ast.Class
	Chain      []*Class // itself, then its ancestors in the order in which they are asked for a member
	Methods    map[string]*Method
	Properties map[string]*Property
	Parameters map[string]*Parameter
	XData      map[string]*ast.XDataDef
	Queries    map[string]*ast.QueryDef
	Order      []string // names of properties in the order in which they were declared, inherited ones first
	Stamp      string   // changes when the source does; empty for IRIS's own classes
}

// Method is a method as an object of the class has it.
type Method struct {
	Origin  *Class // the class that says what it does
	Def     *ast.MethodDef
	Formals []ast.Formal // with parsed defaults
	Body    *ast.Block   // nil for a native or abstract one
	Native  bool         // [ Language = native ]: written in Go, found as Origin.Name + ":" + Def.Name
	Super   *Method      // what it overrides, for ##super; nil if nothing
	// Property is set in the methods that a property gets from its type, such as NameIsValid; Def is then the type's.
	Property *Property
	// Query is set in the method that a query gets from its type, NameFunc.
	Query *ast.QueryDef
	// Index is set in the methods that a class has of one of its indexes.
	Index *ast.OtherDef
	// Refused says why it cannot run: it is in another language, or its generator did not run. Then Body is nil.
	Refused string
	// Generator is the code that made Body when the class was compiled (CodeMode = objectgenerator); nil for others.
	Generator *ast.Block
}

// Property is a property as an object of the class has it.
type Property struct {
	Origin  *Class
	Def     *ast.PropDef
	Type    string   // full name of its class
	Initial ast.Expr // InitialExpression; nil is none
	// Params are the type's parameters (MAXLEN, VALUELIST …) with those that the property sets itself.
	Params   map[string]string
	Datatype bool // its type holds plain values, not objects
}

// Parameter is a class parameter; Expr is = {…}, evaluated when the class was compiled, into Value.
type Parameter struct {
	Origin *Class
	Def    *ast.ParamDef
	Value  string
}

// Is reports whether the class is name or extends it.
func (c *Class) Is(name string) bool {
	for _, a := range c.Chain {
		if a.Name == name {
			return true
		}
	}
	return false
}
