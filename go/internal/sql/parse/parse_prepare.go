package parse

// prepare parses PREPARE and PREPARE TRANSACTION.
func (p *parser) prepare() Stmt {
	at := p.at()
	p.next()
	if p.is(kwTransaction) && p.peek(1).kind == tokString {
		p.next()
		return &Transaction{At: at, Kind: PrepareTransaction, GID: p.stringText()}
	}
	n := &Prepare{At: at, Name: p.name()}
	if p.accept('(') {
		for first := true; first || p.accept(','); first = false {
			n.Types = append(n.Types, p.typeName())
		}
		p.expect(')')
	}
	p.expectKw(kwAs)
	n.Query = p.preparable()
	return n
}

// execute parses EXECUTE.
func (p *parser) execute() Stmt {
	n := &Execute{At: p.at()}
	p.next()
	n.Name = p.name()
	if p.tok.kind == '(' {
		n.Args = p.parenExprs()
	}
	return n
}

// deallocate parses DEALLOCATE.
func (p *parser) deallocate() Stmt {
	n := &Deallocate{At: p.at()}
	p.next()
	if p.is(kwPrepare) && (isName(p.peek(1)) || p.peek(1).kw == kwAll) {
		p.next()
	}
	if !p.acceptKw(kwAll) {
		n.Name = p.name()
	}
	return n
}

// explain parses EXPLAIN.
func (p *parser) explain() Stmt {
	n := &Explain{At: p.at()}
	p.next()
	switch {
	case p.tok.kind == '(' && p.peek(1).kind != '(' && !p.parenStartsSelect():
		n.Options = p.utilityOptions(false)
	default:
		if p.isAny(kwAnalyze, kwAnalyse) {
			n.Options = append(n.Options, Option{At: p.at(), Name: "analyze"})
			p.next()
		}
		if p.is(kwVerbose) {
			n.Options = append(n.Options, Option{At: p.at(), Name: "verbose"})
			p.next()
		}
	}
	n.Query = p.explainable()
	return n
}

// explainable parses what EXPLAIN may explain.
func (p *parser) explainable() Stmt {
	switch p.tok.kw {
	case kwDeclare:
		return p.declareCursor()
	case kwExecute:
		return p.execute()
	case kwRefresh:
		if s := p.unsupported(); s != nil {
			return s
		}
	case kwCreate:
		return p.explainCreate()
	}
	return p.preparable()
}

// explainCreate parses CREATE TABLE AS and CREATE MATERIALIZED VIEW, the only kinds of CREATE that EXPLAIN has.
func (p *parser) explainCreate() Stmt {
	at := p.at()
	p.next()
	persistence, _ := p.persistence(true)
	if p.is(kwMaterialized) {
		return p.createMaterializedView(at, persistence)
	}
	p.expectKw(kwTable)
	t := &CreateTable{At: at, Persistence: persistence}
	t.IfNotExists = p.ifNotExists()
	t.Name = p.qualified()
	return p.createTableAs(t)
}

// discard parses DISCARD.
func (p *parser) discard() Stmt {
	n := &Discard{At: p.at()}
	p.next()
	if !p.isAny(kwAll, kwTemp, kwTemporary, kwPlans, kwSequences) {
		p.fail()
	}
	if n.What = p.word(); n.What == "TEMPORARY" {
		n.What = "TEMP"
	}
	p.next()
	return n
}

// lockModes are the words of LOCK's modes, longer ones first.
var lockModes = [][]kw{{kwShare, kwRow, kwExclusive}, {kwShare, kwUpdate, kwExclusive}, {kwAccess, kwShare},
	{kwAccess, kwExclusive}, {kwRow, kwShare}, {kwRow, kwExclusive}, {kwShare}, {kwExclusive}}

// lock parses LOCK.
func (p *parser) lock() Stmt {
	n := &Lock{At: p.at(), Mode: "ACCESS EXCLUSIVE"}
	p.next()
	p.acceptKw(kwTable)
	n.Tables = p.relations()
	if p.acceptKw(kwIn) {
		n.Mode = p.lockMode()
		p.expectKw(kwMode)
	}
	n.NoWait = p.acceptKw(kwNowait)
	return n
}

// lockMode parses the name of a mode.
func (p *parser) lockMode() string {
	for _, words := range lockModes {
		if !p.acceptKws(words...) {
			continue
		}
		name := ""
		for _, w := range words {
			if name != "" {
				name += " "
			}
			name += keywords[w].word
		}
		return upper(name)
	}
	if p.isAny(kwAccess, kwRow, kwShare) {
		p.next()
	}
	p.fail()
	return ""
}

// listen parses LISTEN, UNLISTEN and NOTIFY.
func (p *parser) listen() Stmt {
	at, k := p.at(), p.tok.kw
	p.next()
	switch k {
	case kwListen:
		return &Listen{At: at, Channel: p.name()}
	case kwUnlisten:
		if p.accept('*') {
			return &Unlisten{At: at}
		}
		return &Unlisten{At: at, Channel: p.name()}
	}
	n := &Notify{At: at, Channel: p.name()}
	if p.accept(',') {
		text := p.stringText()
		n.Payload = &text
	}
	return n
}

// checkpoint parses CHECKPOINT.
func (p *parser) checkpoint() Stmt {
	at := p.at()
	p.next()
	return &Checkpoint{At: at}
}

// vacuum parses VACUUM and ANALYZE.
func (p *parser) vacuum() Stmt {
	n := &Vacuum{At: p.at(), AnalyzeOnly: !p.is(kwVacuum)}
	p.next()
	if p.tok.kind == '(' {
		n.Options = p.utilityOptions(false)
	} else {
		words := []kw{kwFull, kwFreeze, kwVerbose, kwAnalyze}
		if n.AnalyzeOnly {
			words = words[2:3]
		}
		for _, w := range words {
			if p.is(w) || w == kwAnalyze && p.is(kwAnalyse) {
				n.Options = append(n.Options, Option{At: p.at(), Name: keywords[w].word})
				p.next()
			}
		}
	}
	if !isName(p.tok) {
		return n
	}
	for first := true; first || p.accept(','); first = false {
		t := VacuumTable{At: p.at(), Name: p.qualified()}
		t.Columns = p.optParenNames()
		n.Tables = append(n.Tables, t)
	}
	return n
}
