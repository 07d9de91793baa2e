package parse

import (
	"strconv"
	"strings"
)

// sessionStatement writes the statements about settings and transactions; false if s is none.
func (p *printer) sessionStatement(s Stmt) bool {
	switch n := s.(type) {
	case *Transaction:
		p.transaction(n)
	case *Set:
		p.setting(n)
	case *Show:
		p.w("SHOW ")
		p.variable(n.Name)
	case *Reset:
		p.w("RESET ")
		p.variable(n.Name)
	case *SetConstraints:
		p.w("SET CONSTRAINTS ")
		p.when(n.Names == nil, "ALL")
		p.qualifieds(n.Names)
		p.when(n.Deferred, " DEFERRED")
		p.when(!n.Deferred, " IMMEDIATE")
	case *DeclareCursor:
		p.declareCursor(n)
	case *Fetch:
		p.fetch(n)
	case *ClosePortal:
		p.w("CLOSE")
		p.opt(" ", n.Cursor)
		p.when(n.Cursor == "", " ALL")
	default:
		return false
	}
	return true
}

// transaction writes a transaction statement.
func (p *printer) transaction(t *Transaction) {
	p.w([]string{"BEGIN", "START TRANSACTION", "COMMIT", "ROLLBACK", "SAVEPOINT ", "RELEASE SAVEPOINT ", "ROLLBACK TO SAVEPOINT ",
		"PREPARE TRANSACTION ", "COMMIT PREPARED ", "ROLLBACK PREPARED "}[t.Kind])
	p.modes(t.Modes)
	p.opt("", t.Name)
	if t.Kind >= PrepareTransaction {
		p.text(t.GID)
	}
	p.when(t.Chain, " AND CHAIN")
	p.when(t.NoChain, " AND NO CHAIN")
}

// modes writes transaction modes.
func (p *printer) modes(list []TransactionMode) {
	for i, m := range list {
		p.when(i > 0, ",")
		p.w(" ", m.Name)
		p.when(m.Value != "", " "+upper(m.Value))
	}
}

// variable writes the name of a setting.
func (p *printer) variable(name string) {
	if name == "all" {
		p.w("ALL")
		return
	}
	p.idents(strings.Split(name, "."))
}

// setting writes SET.
func (p *printer) setting(s *Set) {
	p.w("SET ")
	p.when(s.Scope == LocalScope, "LOCAL ")
	switch s.Kind {
	case SetTransaction:
		p.w("TRANSACTION")
		p.modes(s.Modes)
		return
	case SetSessionCharacteristics:
		p.w("SESSION CHARACTERISTICS AS TRANSACTION")
		p.modes(s.Modes)
		return
	case SetTransactionSnapshot:
		p.w("TRANSACTION SNAPSHOT ")
		p.exprs(s.Values)
		return
	}
	if _, interval := firstValue(s).(*Cast); interval {
		p.w("TIME ZONE ")
		p.exprs(s.Values)
		return
	}
	p.variable(s.Name)
	switch s.Kind {
	case SetDefault:
		p.w(" TO DEFAULT")
	case SetFromCurrent:
		p.w(" FROM CURRENT")
	default:
		p.w(" TO ")
		p.exprs(s.Values)
	}
}

// firstValue gives the first value of SET, nil if there is none.
func firstValue(s *Set) Expr {
	if len(s.Values) == 0 {
		return nil
	}
	return s.Values[0]
}

// declareCursor writes DECLARE.
func (p *printer) declareCursor(n *DeclareCursor) {
	p.opt("DECLARE ", n.Name)
	p.when(n.Binary, " BINARY")
	p.when(n.Insensitive, " INSENSITIVE")
	p.when(n.Asensitive, " ASENSITIVE")
	p.when(n.NoScroll, " NO SCROLL")
	p.when(n.Scroll, " SCROLL")
	p.w(" CURSOR")
	p.when(n.Hold, " WITH HOLD")
	p.when(n.NoHold, " WITHOUT HOLD")
	p.w(" FOR ")
	p.query(n.Query)
}

// fetch writes FETCH and MOVE.
func (p *printer) fetch(f *Fetch) {
	p.when(f.Move, "MOVE ")
	p.when(!f.Move, "FETCH ")
	p.w([]string{"FORWARD ", "BACKWARD ", "ABSOLUTE ", "RELATIVE "}[f.Direction])
	p.when(f.All, "ALL")
	p.when(!f.All, strconv.FormatInt(f.Count, 10))
	p.opt(" FROM ", f.Cursor)
}

// utility writes the other statements.
func (p *printer) utility(s Stmt) {
	switch n := s.(type) {
	case *Prepare:
		p.opt("PREPARE ", n.Name)
		for i, t := range n.Types {
			p.when(i == 0, " (")
			p.comma(i)
			p.typeName(t)
		}
		p.when(n.Types != nil, ")")
		p.w(" AS ")
		p.stmt(n.Query)
	case *Execute:
		p.opt("EXECUTE ", n.Name)
		if n.Args != nil {
			p.parens(n.Args)
		}
	case *Deallocate:
		p.w("DEALLOCATE")
		p.opt(" ", n.Name)
		p.when(n.Name == "", " ALL")
	case *Explain:
		p.w("EXPLAIN")
		p.utilityOptions(" ", n.Options)
		p.w(" ")
		p.stmt(n.Query)
	case *Copy:
		p.copy(n)
	case *Discard:
		p.w("DISCARD ", n.What)
	case *Lock:
		p.w("LOCK TABLE ")
		p.relations(n.Tables)
		p.w(" IN ", n.Mode, " MODE")
		p.when(n.NoWait, " NOWAIT")
	case *Listen:
		p.opt("LISTEN ", n.Channel)
	case *Unlisten:
		p.w("UNLISTEN ")
		p.opt("", n.Channel)
		p.when(n.Channel == "", "*")
	case *Notify:
		p.opt("NOTIFY ", n.Channel)
		if n.Payload != nil {
			p.w(", ")
			p.text(*n.Payload)
		}
	case *Vacuum:
		p.vacuum(n)
	case *Checkpoint:
		p.w("CHECKPOINT")
	}
}

// vacuum writes VACUUM and ANALYZE.
func (p *printer) vacuum(n *Vacuum) {
	p.when(n.AnalyzeOnly, "ANALYZE")
	p.when(!n.AnalyzeOnly, "VACUUM")
	p.utilityOptions(" ", n.Options)
	for i, t := range n.Tables {
		p.when(i > 0, ",")
		p.w(" ")
		p.qualified(t.Name)
		p.names(" ", t.Columns)
	}
}

// copy writes COPY.
func (p *printer) copy(n *Copy) {
	p.w("COPY ")
	if n.Query != nil {
		p.w("(")
		p.stmt(n.Query)
		p.w(")")
	} else {
		p.qualified(*n.Table)
		p.names(" ", n.Columns)
	}
	p.when(n.From, " FROM ")
	p.when(!n.From, " TO ")
	p.when(n.Program, "PROGRAM ")
	switch {
	case n.File != "" || n.Program:
		p.text(n.File)
	case n.From:
		p.w("STDIN")
	default:
		p.w("STDOUT")
	}
	p.utilityOptions(" WITH ", n.Options)
	p.optExpr(" WHERE ", n.Where)
}
