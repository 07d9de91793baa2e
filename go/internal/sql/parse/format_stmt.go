package parse

// stmt writes a statement.
func (p *printer) stmt(s Stmt) {
	switch n := s.(type) {
	case *Select:
		p.query(n)
	case *Insert:
		p.insert(n)
	case *Update:
		p.update(n)
	case *Delete:
		p.delete(n)
	case *Merge:
		p.merge(n)
	case *Unsupported:
		p.w(n.Text)
	default:
		if !p.definition(s) && !p.roleStatement(s) && !p.sessionStatement(s) {
			p.utility(s)
		}
	}
}

// definition writes the statements that define tables and other objects; false if s is none.
func (p *printer) definition(s Stmt) bool {
	switch n := s.(type) {
	case *CreateTable:
		p.createTable(n)
	case *CreateTableAs:
		p.createTableAs(n)
	case *AlterTable:
		p.alterTable(n)
	case *Rename:
		p.rename(n)
	case *SetSchema:
		p.alterHead(n.Kind, n.IfExists, n.Only, n.Name)
		p.opt(" SET SCHEMA ", n.Schema)
	case *OwnerToStmt:
		p.alterHead(n.Kind, false, false, n.Name)
		p.w(" OWNER TO ")
		p.role(n.Owner)
	case *Drop:
		p.drop(n)
	case *CreateIndex:
		p.createIndex(n)
	case *CreateView:
		p.createView(n)
	case *CreateSchema:
		p.createSchema(n)
	case *CreateSequence:
		p.w("CREATE ")
		p.persistence(n.Persistence)
		p.w("SEQUENCE ")
		p.when(n.IfNotExists, "IF NOT EXISTS ")
		p.qualified(n.Name)
		p.sequenceOptions(" ", n.Options)
	case *AlterSequence:
		p.alterHead(SequenceObject, n.IfExists, false, n.Name)
		p.sequenceOptions(" ", n.Options)
	case *Truncate:
		p.truncate(n)
	case *Comment:
		p.comment(n)
	default:
		return p.typeDefinition(s)
	}
	return true
}
