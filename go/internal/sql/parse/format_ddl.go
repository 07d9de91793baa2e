package parse

// drop writes DROP.
func (p *printer) drop(n *Drop) {
	p.w("DROP ", string(n.Kind), " ")
	p.when(n.Concurrently, "CONCURRENTLY ")
	p.when(n.IfExists, "IF EXISTS ")
	for i, name := range n.Names {
		p.comma(i)
		switch n.Kind {
		case RoleObject:
			p.role(name.Name)
		case TypeObject, DomainObject:
			p.typeName(&TypeName{Names: name.parts()})
		default:
			p.qualified(name)
		}
	}
	p.behavior(n.Cascade, n.Restrict)
}

// parts gives a name's parts.
func (n QualifiedName) parts() []string {
	switch {
	case n.Catalog != "":
		return []string{n.Catalog, n.Schema, n.Name}
	case n.Schema != "":
		return []string{n.Schema, n.Name}
	}
	return []string{n.Name}
}

// behavior writes CASCADE or RESTRICT.
func (p *printer) behavior(cascade, restrict bool) {
	p.when(cascade, " CASCADE")
	p.when(restrict, " RESTRICT")
}

// createIndex writes CREATE INDEX.
func (p *printer) createIndex(n *CreateIndex) {
	p.w("CREATE ")
	p.when(n.Unique, "UNIQUE ")
	p.w("INDEX ")
	p.when(n.Concurrently, "CONCURRENTLY ")
	p.when(n.IfNotExists, "IF NOT EXISTS ")
	if n.Name != "" {
		p.ident(n.Name)
		p.w(" ")
	}
	p.w("ON ")
	p.when(n.Only, "ONLY ")
	p.qualified(n.Table)
	p.opt(" USING ", n.Method)
	p.w(" (")
	p.indexKeys(n.Keys)
	p.w(")")
	if n.Include != nil {
		p.w(" INCLUDE (")
		p.indexKeys(n.Include)
		p.w(")")
	}
	p.when(n.NullsNotDistinct, " NULLS NOT DISTINCT")
	p.options(" WITH ", n.Options)
	p.opt(" TABLESPACE ", n.Tablespace)
	p.optExpr(" WHERE ", n.Where)
}

// indexKeys writes the keys of an index.
func (p *printer) indexKeys(list []IndexKey) {
	for i, k := range list {
		p.comma(i)
		p.indexKey(k)
	}
}

// indexKey writes one of them.
func (p *printer) indexKey(k IndexKey) {
	if k.Expr != nil {
		p.parens([]Expr{k.Expr})
	} else {
		p.ident(k.Column)
	}
	p.collation(k.Collation)
	if k.OpClass != nil {
		p.w(" ")
		p.idents(k.OpClass)
		p.options(" ", k.OpClassOptions)
	}
	p.order(k.Order, k.Nulls)
}

// createView writes CREATE VIEW.
func (p *printer) createView(n *CreateView) {
	p.w("CREATE ")
	p.when(n.Replace, "OR REPLACE ")
	p.persistence(n.Persistence)
	p.when(n.Recursive, "RECURSIVE ")
	p.w("VIEW ")
	p.qualified(n.Name)
	p.names(" ", n.Columns)
	p.options(" WITH ", n.Options)
	p.w(" AS ")
	p.query(n.Query)
	p.when(n.Check != "", " WITH "+n.Check+" CHECK OPTION")
}

// createSchema writes CREATE SCHEMA.
func (p *printer) createSchema(n *CreateSchema) {
	p.w("CREATE SCHEMA")
	p.when(n.IfNotExists, " IF NOT EXISTS")
	p.opt(" ", n.Name)
	if n.Owner != "" {
		p.w(" AUTHORIZATION ")
		p.role(n.Owner)
	}
	for _, e := range n.Elements {
		p.w(" ")
		p.stmt(e)
	}
}

// sequenceOptions writes before and the options of a sequence, if there are any.
func (p *printer) sequenceOptions(before string, list []SequenceOption) {
	for i, o := range list {
		p.when(i == 0, before)
		p.when(i > 0, " ")
		p.w(o.Name)
		switch {
		case o.Value != nil:
			p.optExpr(" ", o.Value)
		case o.Type != nil:
			p.w(" ")
			p.typeName(o.Type)
		case o.Target != nil:
			p.w(" ")
			p.idents(o.Target)
		case o.Seq.Name != "":
			p.w(" ")
			p.qualified(o.Seq)
		}
	}
}

// truncate writes TRUNCATE.
func (p *printer) truncate(n *Truncate) {
	p.w("TRUNCATE TABLE ")
	p.relations(n.Tables)
	p.when(n.RestartIdentity, " RESTART IDENTITY")
	p.behavior(n.Cascade, false)
}

// relations writes a list of tables.
func (p *printer) relations(list []*FromTable) {
	for i, t := range list {
		p.comma(i)
		p.relation(t)
	}
}

// comment writes COMMENT ON.
func (p *printer) comment(c *Comment) {
	p.w("COMMENT ON ", c.Kind, " ")
	switch {
	case c.Type != nil:
		p.typeName(c.Type)
	case c.Signature != nil:
		p.signature(*c.Signature)
	case c.Kind == "LARGE OBJECT":
		p.w(c.Name[0])
	default:
		p.idents(c.Name)
	}
	if c.On != nil {
		p.w(" ON ")
		p.when(c.Domain, "DOMAIN ")
		p.idents(c.On)
	}
	p.w(" IS ")
	if c.Text == nil {
		p.w("NULL")
		return
	}
	p.text(*c.Text)
}

// options writes before and (name = value, …), if there are any.
func (p *printer) options(before string, list []Option) {
	for i, o := range list {
		p.when(i == 0, before+"(")
		p.comma(i)
		p.opt("", o.Namespace)
		p.when(o.Namespace != "", ".")
		p.ident(o.Name)
		if o.Value != nil {
			p.w(" = ")
			p.optionValue(o.Value)
		}
	}
	p.when(len(list) > 0, ")")
}

// optionValue writes a value of WITH: words and operators as they are.
func (p *printer) optionValue(e Expr) {
	r, ok := e.(*ColumnRef)
	switch {
	case !ok || r.Star:
		p.expr(e)
	case len(r.Parts) > 1:
		p.operatorName(r.Parts[:len(r.Parts)-1], r.Parts[len(r.Parts)-1])
	default:
		p.w(r.Parts[0])
	}
}

// utilityOptions writes before and (name value, …), if there are any.
func (p *printer) utilityOptions(before string, list []Option) {
	for i, o := range list {
		p.when(i == 0, before+"(")
		p.comma(i)
		p.ident(o.Name)
		switch v := o.Value.(type) {
		case nil:
		case *ColumnRef:
			p.w(" ")
			p.utilityWord(v)
		case *Row:
			p.w(" (")
			for j, e := range v.Args {
				p.comma(j)
				if word, ok := e.(*ColumnRef); ok {
					p.utilityWord(word)
				} else {
					p.expr(e)
				}
			}
			p.w(")")
		default:
			p.optExpr(" ", v)
		}
	}
	p.when(len(list) > 0, ")")
}

// utilityWord writes a word of an option, or *.
func (p *printer) utilityWord(r *ColumnRef) {
	if r.Star {
		p.w("*")
		return
	}
	if id := lookupKeyword(r.Parts[0]); id != noKeyword && id != kwNull && keywords[id].word == r.Parts[0] {
		p.w(r.Parts[0])
		return
	}
	p.ident(r.Parts[0])
}

// genericOptions writes OPTIONS (name 'value', …).
func (p *printer) genericOptions(list []Option) {
	for i, o := range list {
		p.when(i == 0, " OPTIONS (")
		p.comma(i)
		p.when(o.Action != "", o.Action+" ")
		p.ident(o.Name)
		p.optExpr(" ", o.Value)
	}
	p.when(len(list) > 0, ")")
}
