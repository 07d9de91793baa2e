package parse

// fromList writes before and a list of FROM items, if there are any.
func (p *printer) fromList(before string, list []FromItem) {
	for i, item := range list {
		p.when(i == 0, before)
		p.comma(i)
		p.from(item)
	}
}

// from writes a FROM item.
func (p *printer) from(item FromItem) {
	switch n := item.(type) {
	case *FromTable:
		p.relation(n)
		p.alias(n.Alias)
		if s := n.Sample; s != nil {
			p.w(" TABLESAMPLE ")
			p.idents(s.Method)
			p.parens(s.Args)
			if s.Seed != nil {
				p.w(" REPEATABLE ")
				p.parens([]Expr{s.Seed})
			}
		}
	case *FromSubquery:
		p.when(n.Lateral, "LATERAL ")
		p.subquery(n.Query)
		p.alias(n.Alias)
	case *FromFunction:
		p.function(n)
	case *FromJoin:
		p.join(n)
	case *JSONTable:
		p.jsonTable(n)
	case *XMLTable:
		p.xmlTable(n)
	}
}

// relation writes a table without its alias.
func (p *printer) relation(t *FromTable) {
	p.when(t.Only, "ONLY ")
	p.qualified(t.Name)
}

// alias writes AS name (columns).
func (p *printer) alias(a *Alias) {
	if a == nil {
		return
	}
	p.w(" AS ")
	p.ident(a.Name)
	p.names(" ", a.Columns)
}

// function writes a function in FROM.
func (p *printer) function(f *FromFunction) {
	p.when(f.Lateral, "LATERAL ")
	p.when(f.RowsFrom, "ROWS FROM (")
	for i, item := range f.Items {
		p.comma(i)
		p.expr(item.Call)
		if item.Columns != nil {
			p.w(" AS ")
			p.columnDefs(item.Columns)
		}
	}
	p.when(f.RowsFrom, ")")
	p.when(f.Ordinality, " WITH ORDINALITY")
	p.alias(f.Alias)
	if f.Columns != nil {
		p.when(f.Alias == nil, " AS")
		p.w(" ")
		p.columnDefs(f.Columns)
	}
}

// columnDefs writes (name type, …).
func (p *printer) columnDefs(list []*ColumnDef) {
	p.w("(")
	for i, c := range list {
		p.comma(i)
		p.columnDef(c)
	}
	p.w(")")
}

// join writes a join; one with an alias is in parentheses.
func (p *printer) join(j *FromJoin) {
	p.when(j.Alias != nil, "(")
	p.from(j.Left)
	p.when(j.Natural, " NATURAL")
	p.w([]string{" JOIN ", " LEFT JOIN ", " RIGHT JOIN ", " FULL JOIN ", " CROSS JOIN "}[j.Kind])
	if right, ok := j.Right.(*FromJoin); ok && right.Alias == nil {
		p.w("(")
		p.from(right)
		p.w(")")
	} else {
		p.from(j.Right)
	}
	p.optExpr(" ON ", j.On)
	p.names(" USING ", j.Using)
	p.alias(j.UsingAlias)
	p.when(j.Alias != nil, ")")
	p.alias(j.Alias)
}
