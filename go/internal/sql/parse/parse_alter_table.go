package parse

import "iris-pgwire/internal/pgerr"

// alterActions parses the actions of ALTER TABLE and its relatives.
func (p *parser) alterActions(kind ObjectKind) []AlterAction {
	list := []AlterAction{p.alterAction(kind)}
	for p.accept(',') {
		list = append(list, p.alterAction(kind))
	}
	return list
}

// alterAction parses one action.
func (p *parser) alterAction(kind ObjectKind) AlterAction {
	a := AlterAction{At: p.at()}
	k := p.tok.kw
	switch k {
	case kwOptions:
		a.Kind, a.Options = SetFDWOptions, p.genericOptions()
		return a
	case kwAdd, kwDrop, kwAlter, kwSet, kwReset, kwEnable, kwDisable:
		p.next()
	}
	switch k {
	case kwAdd:
		p.alterAdd(&a)
	case kwDrop:
		p.alterDrop(&a)
	case kwAlter:
		p.alterColumn(&a)
	case kwSet:
		p.alterSet(&a)
	case kwReset:
		a.Kind, a.Options = ResetOptions, p.relOptions()
	case kwEnable, kwDisable:
		p.alterTriggers(&a, k == kwEnable)
	case kwOptions:
	default:
		p.alterRest(&a, kind)
	}
	return a
}

// alterAdd parses what follows ADD.
func (p *parser) alterAdd(a *AlterAction) {
	if p.startsTableConstraint() {
		k := p.tableConstraint()
		a.Kind, a.Constraint = AddConstraint, &k
		return
	}
	a.Kind = AddColumn
	p.acceptKw(kwColumn)
	a.IfNotExists = p.ifNotExists()
	a.Column = p.columnDef()
}

// alterDrop parses what follows DROP.
func (p *parser) alterDrop(a *AlterAction) {
	a.Kind = DropColumn
	if p.acceptKw(kwConstraint) {
		a.Kind = DropConstraint
	} else {
		p.acceptKw(kwColumn)
	}
	a.IfExists = p.ifExists()
	a.Name = p.name()
	a.Cascade, a.Restrict = p.dropBehavior()
}

// alterColumn parses what follows ALTER: a constraint or [COLUMN] name.
func (p *parser) alterColumn(a *AlterAction) {
	if p.acceptKw(kwConstraint) {
		a.Kind, a.Name = AlterConstraint, p.name()
		a.Constraint = &Constraint{At: a.At, Name: a.Name}
		a.Constraint.Kind = ForeignKeyConstraint
		p.alterConstraintAttributes(a.Constraint)
		return
	}
	p.acceptKw(kwColumn)
	if p.tok.kind == tokInt {
		at := p.pos()
		a.Kind, a.Number = SetStatistics, p.integer()
		if a.Number < 1 || a.Number > 32767 {
			p.errType(at, "column number must be in range from 1 to 32767")
		}
		p.expectKw(kwSet, kwStatistics)
		a.Expr = p.statisticsTarget()
		return
	}
	a.Name = p.name()
	switch k := p.tok.kw; k {
	case kwSet:
		p.next()
		p.columnSet(a)
	case kwDrop:
		p.next()
		p.columnDrop(a)
	case kwType:
		p.next()
		p.columnType(a)
	case kwReset:
		p.next()
		a.Kind, a.Options = ResetColumnOptions, p.relOptions()
	case kwAdd:
		p.expectKw(kwAdd, kwGenerated)
		a.Kind = AddIdentity
		a.Constraint = &Constraint{At: a.At, Kind: IdentityConstraint, Always: p.generatedWhen()}
		p.expectKw(kwAs, kwIdentity)
		if p.accept('(') {
			a.Constraint.Sequence = p.sequenceOptions(true)
			p.expect(')')
		}
		return
	case kwOptions:
		a.Kind, a.Options = SetColumnFDWOptions, p.genericOptions()
		return
	case kwRestart:
	default:
		p.fail()
	}
	if a.Kind == AlterIdentity || p.is(kwRestart) {
		a.Kind = AlterIdentity
		p.identityOptions(a)
	}
}

// alterConstraintAttributes parses the timing behind ALTER CONSTRAINT; other attributes of a constraint cannot change.
func (p *parser) alterConstraintAttributes(k *Constraint) {
	for {
		switch {
		case p.timingWord():
			p.timing(&k.Timing)
		case p.acceptKws(kwNot, kwValid):
			p.raise(pgerr.New(pgerr.FeatureNotSupported, "FOREIGN KEY constraints cannot be marked NOT VALID"))
		case p.acceptKws(kwNo, kwInherit):
			p.raise(pgerr.New(pgerr.FeatureNotSupported, "FOREIGN KEY constraints cannot be marked NO INHERIT"))
		default:
			return
		}
	}
}

// statisticsTarget parses a number or DEFAULT.
func (p *parser) statisticsTarget() Expr {
	if p.acceptKw(kwDefault) {
		return nil
	}
	return p.signedNumber()
}

// columnSet parses what follows ALTER column SET.
func (p *parser) columnSet(a *AlterAction) {
	switch k := p.tok.kw; {
	case p.tok.kind == '(':
		a.Kind, a.Options = SetColumnOptions, p.relOptions()
	case p.acceptKw(kwDefault):
		a.Kind, a.Expr = SetColumnDefault, p.expr()
	case p.acceptKw(kwNot):
		p.expectKw(kwNull)
		a.Kind = SetNotNull
	case p.is(kwData):
		p.expectKw(kwData, kwType)
		p.columnType(a)
	case p.acceptKw(kwStatistics):
		a.Kind, a.Expr = SetStatistics, p.statisticsTarget()
	case k == kwStorage || k == kwCompression:
		p.next()
		a.Kind = SetStorage
		if k == kwCompression {
			a.Kind = SetCompression
		}
		a.Word = p.nameOrDefault()
	case p.acceptKw(kwExpression):
		p.expectKw(kwAs)
		p.expect('(')
		a.Kind, a.Expr = SetExpression, p.expr()
		p.expect(')')
	default:
		a.Kind = AlterIdentity
		a.Sequence = append(a.Sequence, p.identityOption())
	}
}

// identityOptions parses the further options of ALTER column behind SET …: RESTART, SET option.
func (p *parser) identityOptions(a *AlterAction) {
	for {
		switch {
		case p.is(kwRestart):
			a.Sequence = append(a.Sequence, p.sequenceOption())
		case p.acceptKw(kwSet):
			a.Sequence = append(a.Sequence, p.identityOption())
		default:
			return
		}
	}
}

// identityOption parses what follows SET: GENERATED … or an option of a sequence.
func (p *parser) identityOption() SequenceOption {
	if !p.is(kwGenerated) {
		if !p.startsSequenceOption() || p.is(kwRestart) {
			p.fail()
		}
		return p.sequenceOption()
	}
	o := SequenceOption{At: p.at(), Name: "GENERATED BY DEFAULT"}
	p.next()
	if p.generatedWhen() {
		o.Name = "GENERATED ALWAYS"
	}
	return o
}

// columnDrop parses what follows ALTER column DROP.
func (p *parser) columnDrop(a *AlterAction) {
	switch {
	case p.acceptKw(kwDefault):
		a.Kind = DropColumnDefault
	case p.acceptKw(kwNot):
		p.expectKw(kwNull)
		a.Kind = DropNotNull
	case p.acceptKw(kwIdentity):
		a.Kind = DropIdentity
		a.IfExists = p.ifExists()
	default:
		p.expectKw(kwExpression)
		a.Kind = DropExpression
		a.IfExists = p.ifExists()
	}
}

// columnType parses type [COLLATE c] [USING expression].
func (p *parser) columnType(a *AlterAction) {
	a.Kind, a.Type = AlterColumnType, p.typeName()
	a.Collation = p.optCollate()
	if p.acceptKw(kwUsing) {
		a.Expr = p.expr()
	}
}

// optCollate parses COLLATE name.
func (p *parser) optCollate() *QualifiedName {
	if !p.acceptKw(kwCollate) {
		return nil
	}
	at := p.at()
	n := p.qualify(at, p.dotted())
	return &n
}

// alterSet parses what follows SET.
func (p *parser) alterSet(a *AlterAction) {
	switch {
	case p.tok.kind == '(':
		a.Kind, a.Options = SetOptions, p.relOptions()
	case p.acceptKw(kwWithout):
		a.Kind = SetWithoutOids
		if p.acceptKw(kwCluster) {
			a.Kind = SetWithoutCluster
		} else {
			p.expectKw(kwOids)
		}
	case p.acceptKw(kwLogged):
		a.Kind = SetLogged
	case p.acceptKw(kwUnlogged):
		a.Kind = SetUnlogged
	case p.acceptKw(kwAccess):
		p.expectKw(kwMethod)
		a.Kind = SetAccessMethod
		if !p.acceptKw(kwDefault) {
			a.Name = p.name()
		}
	default:
		p.expectKw(kwTablespace)
		a.Kind, a.Name = SetTablespace, p.name()
	}
}

// alterTriggers parses what follows ENABLE or DISABLE.
func (p *parser) alterTriggers(a *AlterAction, enable bool) {
	pick := func(on, off AlterKind) AlterKind {
		if enable {
			return on
		}
		return off
	}
	if p.acceptKw(kwRow) {
		p.expectKw(kwLevel, kwSecurity)
		a.Kind = pick(EnableRowSecurity, DisableRowSecurity)
		return
	}
	if enable && p.isAny(kwAlways, kwReplica) {
		a.Word = p.word()
		p.next()
	}
	if p.acceptKw(kwRule) {
		a.Kind, a.Name = pick(EnableRule, DisableRule), p.name()
		return
	}
	p.expectKw(kwTrigger)
	a.Kind = pick(EnableTrigger, DisableTrigger)
	if a.Word == "" && p.isAny(kwAll, kwUser) {
		a.Word = p.word()
		p.next()
		return
	}
	a.Name = p.name()
}

// alterRest parses the actions that begin with other words.
func (p *parser) alterRest(a *AlterAction, kind ObjectKind) {
	switch {
	case p.acceptKw(kwValidate):
		p.expectKw(kwConstraint)
		a.Kind, a.Name = ValidateConstraint, p.name()
	case p.acceptKw(kwInherit):
		a.Kind, a.Table = Inherit, p.qualifiedPtr()
	case p.acceptKws(kwNo, kwInherit):
		a.Kind, a.Table = NoInherit, p.qualifiedPtr()
	case p.acceptKws(kwNo, kwForce):
		p.expectKw(kwRow, kwLevel, kwSecurity)
		a.Kind = NoForceRowSecurity
	case p.acceptKw(kwForce):
		p.expectKw(kwRow, kwLevel, kwSecurity)
		a.Kind = ForceRowSecurity
	case p.acceptKw(kwCluster):
		p.expectKw(kwOn)
		a.Kind, a.Name = ClusterOn, p.name()
	case p.acceptKw(kwOwner):
		p.expectKw(kwTo)
		a.Kind, a.Name = OwnerTo, p.role()
	case p.acceptKw(kwReplica):
		p.replicaIdentity(a)
	case p.acceptKw(kwOf):
		at := p.at()
		a.Kind, a.Type = OfType, &TypeName{At: at, Names: p.dotted()}
	case p.acceptKws(kwNot, kwOf):
		a.Kind = NotOf
	case p.isAny(kwAttach, kwDetach):
		p.partitionAction(a, kind == IndexObject)
	default:
		p.fail()
	}
}

// replicaIdentity parses what follows REPLICA.
func (p *parser) replicaIdentity(a *AlterAction) {
	p.expectKw(kwIdentity)
	a.Kind = ReplicaIdentity
	if p.isAny(kwDefault, kwFull, kwNothing) {
		a.Word = p.word()
		p.next()
		return
	}
	p.expectKw(kwUsing, kwIndex)
	a.Word, a.Name = "INDEX", p.name()
}

// partitionAction parses ATTACH and DETACH PARTITION; an index is attached without a bound.
func (p *parser) partitionAction(a *AlterAction, index bool) {
	attach := p.is(kwAttach)
	p.next()
	p.expectKw(kwPartition)
	a.Table = p.qualifiedPtr()
	if attach {
		a.Kind = AttachPartition
		if !index {
			a.Bound = p.partitionBound()
		}
		return
	}
	a.Kind = DetachPartition
	a.Concurrent = p.acceptKw(kwConcurrently)
	if !a.Concurrent {
		a.Finalize = p.acceptKw(kwFinalize)
	}
}
