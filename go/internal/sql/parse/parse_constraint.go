package parse

import "iris-pgwire/internal/pgerr"

// columnConstraints parses the constraints of a column; COLLATE may stand among them.
func (p *parser) columnConstraints(c *ColumnDef) {
	for {
		if p.is(kwCollate) {
			at := p.pos()
			p.next()
			nameAt := p.at()
			n := p.qualify(nameAt, p.dotted())
			if c.Collation != nil {
				p.errorf(pgerr.SyntaxError, at, "multiple COLLATE clauses not allowed")
			}
			c.Collation = &n
			continue
		}
		if !p.columnConstraint(c) {
			return
		}
	}
}

// columnConstraint parses one constraint, or a constraint's timing; false if there is none.
func (p *parser) columnConstraint(c *ColumnDef) bool {
	k := Constraint{At: p.at()}
	if p.acceptKw(kwConstraint) {
		k.Name = p.name()
		p.constraintElem(&k)
		c.Constraints = append(c.Constraints, k)
		return true
	}
	if p.timingWord() {
		if len(c.Constraints) == 0 {
			p.errorf(pgerr.SyntaxError, p.pos(), "misplaced %s clause", p.timingName())
		}
		p.timing(&c.Constraints[len(c.Constraints)-1].Timing)
		return true
	}
	switch p.tok.kw {
	case kwNot, kwNull, kwUnique, kwPrimary, kwCheck, kwDefault, kwGenerated, kwReferences:
		p.constraintElem(&k)
		c.Constraints = append(c.Constraints, k)
		return true
	}
	return false
}

// constraintElem parses a column constraint behind its name.
func (p *parser) constraintElem(k *Constraint) {
	switch {
	case p.acceptKw(kwNot):
		p.expectKw(kwNull)
		k.Kind = NotNullConstraint
	case p.acceptKw(kwNull):
		k.Kind = NullConstraint
	case p.acceptKw(kwUnique):
		k.Kind = UniqueConstraint
		k.NullsNotDistinct = p.nullsNotDistinct()
		p.indexSettings(k)
	case p.acceptKw(kwPrimary):
		p.expectKw(kwKey)
		k.Kind = PrimaryKeyConstraint
		p.indexSettings(k)
	case p.acceptKw(kwCheck):
		k.Kind = CheckConstraint
		p.expect('(')
		k.Expr = p.expr()
		p.expect(')')
		k.NoInherit = p.acceptKws(kwNo, kwInherit)
	case p.acceptKw(kwDefault):
		k.Kind = DefaultConstraint
		k.Expr = p.basic()
	case p.acceptKw(kwGenerated):
		p.generated(k)
	case p.is(kwReferences):
		k.Kind = ForeignKeyConstraint
		k.References = p.references()
	default:
		p.fail()
	}
}

// indexSettings parses WITH (…) and USING INDEX TABLESPACE.
func (p *parser) indexSettings(k *Constraint) {
	if p.acceptKw(kwWith) {
		k.Options = p.relOptions()
	}
	if p.acceptKws(kwUsing, kwIndex, kwTablespace) {
		k.Tablespace = p.name()
	}
}

// generated parses GENERATED … AS IDENTITY and AS (…) STORED.
func (p *parser) generated(k *Constraint) {
	at := p.pos()
	k.Always = p.generatedWhen()
	p.expectKw(kwAs)
	if p.acceptKw(kwIdentity) {
		k.Kind = IdentityConstraint
		if p.accept('(') {
			k.Sequence = p.sequenceOptions(true)
			p.expect(')')
		}
		return
	}
	k.Kind = GeneratedConstraint
	p.expect('(')
	k.Expr = p.expr()
	p.expect(')')
	p.expectKw(kwStored)
	if !k.Always {
		p.errorf(pgerr.SyntaxError, at, "for a generated column, GENERATED ALWAYS must be specified")
	}
}

// generatedWhen parses ALWAYS or BY DEFAULT.
func (p *parser) generatedWhen() (always bool) {
	if p.acceptKw(kwAlways) {
		return true
	}
	p.expectKw(kwBy, kwDefault)
	return false
}

// references parses REFERENCES.
func (p *parser) references() *References {
	r := &References{At: p.at()}
	p.next()
	r.Table = p.qualified()
	r.Columns = p.optParenNames()
	matchAt := p.pos()
	if p.acceptKw(kwMatch) {
		if !p.isAny(kwFull, kwPartial, kwSimple) {
			p.fail()
		}
		if p.is(kwPartial) {
			p.errNotYet(matchAt, "MATCH PARTIAL not yet implemented")
		}
		r.Match = p.word()
		p.next()
	}
	onUpdate, onDelete := false, false
	for p.is(kwOn) {
		switch {
		case p.peek(1).kw == kwUpdate && !onUpdate:
			onUpdate = true
			r.OnUpdate, _ = p.refAction(true)
		case p.peek(1).kw == kwDelete && !onDelete:
			onDelete = true
			r.OnDelete, r.OnDeleteColumns = p.refAction(false)
		default:
			p.next()
			p.fail()
		}
	}
	return r
}

// refAction parses ON UPDATE|DELETE and what a foreign key does then.
func (p *parser) refAction(update bool) (RefAction, []Name) {
	start := p.pos()
	p.next()
	p.next()
	switch {
	case p.acceptKw(kwRestrict):
		return RefRestrict, nil
	case p.acceptKw(kwCascade):
		return RefCascade, nil
	case p.acceptKw(kwNo):
		p.expectKw(kwAction)
		return RefNoAction, nil
	}
	p.expectKw(kwSet)
	action := RefSetNull
	if p.acceptKw(kwDefault) {
		action = RefSetDefault
	} else {
		p.expectKw(kwNull)
	}
	columns := p.optParenNames()
	if update && columns != nil {
		what := map[RefAction]string{RefSetNull: "SET NULL", RefSetDefault: "SET DEFAULT"}[action]
		p.errorf(pgerr.FeatureNotSupported, start, "a column list with %s is only supported for ON DELETE actions", what)
	}
	return action, columns
}

// timingWord says whether DEFERRABLE or one of its relatives comes next.
func (p *parser) timingWord() bool {
	return p.isAny(kwDeferrable, kwInitially) || p.is2(kwNot, kwDeferrable)
}

// timingName names the clause at the current token for an error.
func (p *parser) timingName() string {
	switch {
	case p.is(kwNot):
		return "NOT DEFERRABLE"
	case p.is2(kwInitially, kwDeferred):
		return "INITIALLY DEFERRED"
	case p.is(kwInitially):
		return "INITIALLY IMMEDIATE"
	}
	return "DEFERRABLE"
}

// timing parses one of [NOT] DEFERRABLE, INITIALLY DEFERRED, INITIALLY IMMEDIATE into t.
func (p *parser) timing(t *ConstraintTiming) {
	at := p.pos()
	switch {
	case p.acceptKws(kwNot, kwDeferrable):
		p.checkTiming(at, t.Deferrable || t.NotDeferrable, "multiple DEFERRABLE/NOT DEFERRABLE clauses not allowed")
		t.NotDeferrable = true
		p.checkTiming(at, t.InitiallyDeferred, "constraint declared INITIALLY DEFERRED must be DEFERRABLE")
	case p.acceptKw(kwDeferrable):
		p.checkTiming(at, t.Deferrable || t.NotDeferrable, "multiple DEFERRABLE/NOT DEFERRABLE clauses not allowed")
		t.Deferrable = true
	case p.acceptKws(kwInitially, kwDeferred):
		p.checkTiming(at, t.InitiallyDeferred || t.InitiallyImmediate, "multiple INITIALLY IMMEDIATE/DEFERRED clauses not allowed")
		t.InitiallyDeferred = true
		p.checkTiming(at, t.NotDeferrable, "constraint declared INITIALLY DEFERRED must be DEFERRABLE")
	default:
		p.expectKw(kwInitially, kwImmediate)
		p.checkTiming(at, t.InitiallyDeferred || t.InitiallyImmediate, "multiple INITIALLY IMMEDIATE/DEFERRED clauses not allowed")
		t.InitiallyImmediate = true
	}
}

// checkTiming raises message if wrong.
func (p *parser) checkTiming(at int, wrong bool, message string) {
	if wrong {
		p.errSyntax(at, message)
	}
}

// startsTableConstraint says whether a table constraint comes next.
func (p *parser) startsTableConstraint() bool {
	switch p.tok.kw {
	case kwConstraint, kwCheck, kwUnique, kwPrimary, kwForeign:
		return true
	case kwExclude:
		// A column may have that name.
		return p.peek(1).kw == kwUsing || p.peek(1).kind == '('
	}
	return false
}

// tableConstraint parses a table constraint.
func (p *parser) tableConstraint() Constraint {
	k := Constraint{At: p.at()}
	if p.acceptKw(kwConstraint) {
		k.Name = p.name()
	}
	switch {
	case p.acceptKw(kwCheck):
		k.Kind = CheckConstraint
		p.expect('(')
		k.Expr = p.expr()
		p.expect(')')
	case p.acceptKw(kwUnique):
		k.Kind = UniqueConstraint
		k.NullsNotDistinct = p.nullsNotDistinct()
		p.indexConstraint(&k)
	case p.acceptKw(kwPrimary):
		p.expectKw(kwKey)
		k.Kind = PrimaryKeyConstraint
		p.indexConstraint(&k)
	case p.acceptKw(kwForeign):
		p.expectKw(kwKey)
		k.Kind = ForeignKeyConstraint
		k.Columns = p.parenNames()
		if !p.is(kwReferences) {
			p.fail()
		}
		k.References = p.references()
	default:
		if !p.is(kwExclude) {
			p.fail()
		}
		p.exclude(&k)
	}
	p.constraintAttributes(&k)
	return k
}

// indexConstraint parses the columns or the index of UNIQUE and PRIMARY KEY.
func (p *parser) indexConstraint(k *Constraint) {
	if p.acceptKws(kwUsing, kwIndex) {
		k.UsingIndex = p.name()
		return
	}
	k.Columns = p.parenNames()
	if p.acceptKw(kwInclude) {
		k.Include = p.parenNames()
	}
	p.indexSettings(k)
}

// exclude parses EXCLUDE.
func (p *parser) exclude(k *Constraint) {
	p.next()
	k.Kind = ExcludeConstraint
	if p.acceptKw(kwUsing) {
		k.Method = p.name()
	}
	p.expect('(')
	for first := true; first || p.accept(','); first = false {
		e := ExcludeElem{Key: p.indexKey()}
		p.expectKw(kwWith)
		if p.is(kwOperator) && p.peek(1).kind == '(' {
			e.Schema, e.Operator = p.operatorName()
		} else {
			e.Schema, e.Operator = p.anyOperator()
		}
		k.Exclude = append(k.Exclude, e)
	}
	p.expect(')')
	if p.acceptKw(kwInclude) {
		k.Include = p.parenNames()
	}
	p.indexSettings(k)
	if p.acceptKw(kwWhere) {
		p.expect('(')
		k.Where = p.expr()
		p.expect(')')
	}
}

// constraintAttributes parses the timing, NOT VALID and NO INHERIT behind a table constraint and checks that its kind
// may have them.
func (p *parser) constraintAttributes(k *Constraint) {
	for {
		switch {
		case p.timingWord():
			p.timing(&k.Timing)
			if k.Timing.Deferrable || k.Timing.InitiallyDeferred {
				p.checkAttribute(k, "DEFERRABLE", UniqueConstraint, PrimaryKeyConstraint, ForeignKeyConstraint, ExcludeConstraint)
			}
		case p.acceptKws(kwNot, kwValid):
			p.checkAttribute(k, "NOT VALID", CheckConstraint, ForeignKeyConstraint)
			k.NotValid = true
		case p.acceptKws(kwNo, kwInherit):
			p.checkAttribute(k, "NO INHERIT", CheckConstraint)
			k.NoInherit = true
		default:
			return
		}
	}
}

// checkAttribute raises PostgreSQL's error for an attribute that the kind of constraint cannot have.
func (p *parser) checkAttribute(k *Constraint, attribute string, allowed ...ConstraintKind) {
	for _, kind := range allowed {
		if k.Kind == kind {
			return
		}
	}
	names := map[ConstraintKind]string{CheckConstraint: "CHECK", UniqueConstraint: "UNIQUE", PrimaryKeyConstraint: "PRIMARY KEY",
		ForeignKeyConstraint: "FOREIGN KEY", ExcludeConstraint: "EXCLUDE"}
	p.raise(pgerr.New(pgerr.FeatureNotSupported, "%s constraints cannot be marked %s", names[k.Kind], attribute))
}
