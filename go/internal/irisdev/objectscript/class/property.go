package class

import (
	"maps"

	"iris-pgwire/internal/irisdev/objectscript/ast"
)

// properties adds the class's own properties, and the methods that the type of a property gives it.
func (b *builder) properties(c *Class) error {
	for _, def := range c.Def.Properties {
		p, err := b.property(c, def)
		if err != nil {
			return err
		}
		if _, ok := c.Properties[def.Name]; !ok {
			c.Order = append(c.Order, def.Name)
		}
		c.Properties[def.Name] = p
	}
	return nil
}

func (b *builder) property(c *Class, def *ast.PropDef) (*Property, error) {
	typ := def.Type
	if typ == "" {
		typ = "%String"
	}
	p := &Property{Origin: c, Def: def, Type: b.name(c.Def, typ), Params: map[string]string{}}
	if err := b.initial(p); err != nil {
		return nil, err
	}
	if b.active[p.Type] {
		return p, nil // a class that is being built has properties of its own: it is no data type
	}
	t, err := b.class(p.Type)
	if err != nil {
		if isNoClass(err) && !b.exists(p.Type) {
			return nil, &Problem{Code: 5373, Text: "Class '" + p.Type + "', used by '" + c.Name + ":" + def.Name + "', does not exist"}
		}
		return p, nil // what is wrong with the type shows where it is used
	}
	p.Datatype = t.Def.Keywords["classtype"] == "datatype" || t.Is("%Library.DataType")
	for name, par := range t.Parameters {
		p.Params[name] = par.Value
	}
	maps.Copy(p.Params, def.TypeParams)
	if p.Datatype && def.Collection == "" {
		propertyMethods(c, p, t)
	}
	return p, nil
}

// initial parses InitialExpression.
func (b *builder) initial(p *Property) error {
	src, ok := p.Def.Keywords["initialexpression"]
	if !ok {
		return nil
	}
	x, err := b.inc.expression(p.Origin, src, p.Def.Line)
	if err != nil {
		return compileProblem(p.Origin.Name, p.Def.Name, p.Def.Line, err)
	}
	p.Initial = x
	return nil
}

// propertyMethods gives a property the methods of its data type: IsValid of %String is NameIsValid of the property Name (IRIS
// docs, "Property Methods"). The class's own method of that name wins.
func propertyMethods(c *Class, p *Property, t *Class) {
	for name, m := range t.Methods {
		full := p.Def.Name + name
		if have, ok := c.Methods[full]; ok && (have.Origin == c || have.Property == nil) {
			continue
		}
		own := *m
		own.Property = p
		c.Methods[full] = &own
	}
}
