package parse

// insert writes INSERT.
func (p *printer) insert(n *Insert) {
	p.with(n.With)
	p.w("INSERT INTO ")
	p.qualified(n.Table)
	if n.Alias != nil {
		p.opt(" AS ", n.Alias.Text)
	}
	if n.Columns != nil {
		p.w(" ")
		p.targetColumns(n.Columns)
	}
	p.overriding(n.Overriding)
	if n.Source == nil {
		p.w(" DEFAULT VALUES")
	} else {
		p.w(" ")
		p.query(n.Source)
	}
	if n.Conflict != nil {
		p.conflict(n.Conflict)
	}
	p.targets(" RETURNING ", n.Returning)
}

// overriding writes OVERRIDING.
func (p *printer) overriding(o Overriding) {
	p.w([]string{"", " OVERRIDING USER VALUE", " OVERRIDING SYSTEM VALUE"}[o])
}

// targetColumns writes (column, …).
func (p *printer) targetColumns(list []TargetColumn) {
	p.w("(")
	for i, c := range list {
		p.comma(i)
		p.ident(c.Name)
		p.path(c.Path)
	}
	p.w(")")
}

// conflict writes ON CONFLICT.
func (p *printer) conflict(c *Conflict) {
	p.w(" ON CONFLICT")
	if c.Keys != nil {
		p.w(" (")
		p.indexKeys(c.Keys)
		p.w(")")
		p.optExpr(" WHERE ", c.KeysWhere)
	}
	if c.Constraint != nil {
		p.opt(" ON CONSTRAINT ", c.Constraint.Text)
	}
	if !c.Update {
		p.w(" DO NOTHING")
		return
	}
	p.w(" DO UPDATE")
	p.set(c.Set)
	p.optExpr(" WHERE ", c.Where)
}

// set writes SET with its assignments.
func (p *printer) set(list []SetClause) {
	for i, s := range list {
		p.when(i == 0, " SET ")
		p.comma(i)
		if s.Multi {
			p.targetColumns(s.Columns)
		} else {
			p.ident(s.Columns[0].Name)
			p.path(s.Columns[0].Path)
		}
		p.optExpr(" = ", s.Value)
	}
}

// update writes UPDATE.
func (p *printer) update(n *Update) {
	p.with(n.With)
	p.w("UPDATE ")
	p.from(n.Table)
	p.set(n.Set)
	p.fromList(" FROM ", n.From)
	p.optExpr(" WHERE ", n.Where)
	p.targets(" RETURNING ", n.Returning)
}

// delete writes DELETE.
func (p *printer) delete(n *Delete) {
	p.with(n.With)
	p.w("DELETE FROM ")
	p.from(n.Table)
	p.fromList(" USING ", n.Using)
	p.optExpr(" WHERE ", n.Where)
	p.targets(" RETURNING ", n.Returning)
}

// merge writes MERGE.
func (p *printer) merge(n *Merge) {
	p.with(n.With)
	p.w("MERGE INTO ")
	p.from(n.Table)
	p.w(" USING ")
	p.from(n.Source)
	p.optExpr(" ON ", n.On)
	for _, w := range n.Whens {
		p.w([]string{" WHEN MATCHED", " WHEN NOT MATCHED BY SOURCE", " WHEN NOT MATCHED"}[w.Match])
		p.optExpr(" AND ", w.Cond)
		p.w(" THEN ")
		p.mergeAct(w)
	}
	p.targets(" RETURNING ", n.Returning)
}

// mergeAct writes what a WHEN clause does.
func (p *printer) mergeAct(w MergeWhen) {
	switch w.Action {
	case MergeDoNothing:
		p.w("DO NOTHING")
	case MergeDelete:
		p.w("DELETE")
	case MergeUpdate:
		p.w("UPDATE")
		p.set(w.Set)
	case MergeInsert:
		p.w("INSERT")
		if w.Columns != nil {
			p.w(" ")
			p.targetColumns(w.Columns)
		}
		p.overriding(w.Overriding)
		if w.Values == nil {
			p.w(" DEFAULT VALUES")
			return
		}
		p.w(" VALUES ")
		p.parens(w.Values)
	}
}
