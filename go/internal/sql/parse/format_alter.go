package parse

// alterHead writes ALTER kind [IF EXISTS] [ONLY] name.
func (p *printer) alterHead(kind ObjectKind, ifExists, only bool, name QualifiedName) {
	p.w("ALTER ", string(kind), " ")
	p.when(ifExists, "IF EXISTS ")
	p.when(only, "ONLY ")
	if kind == RoleObject {
		p.role(name.Name)
		return
	}
	p.qualified(name)
}

// alterTable writes ALTER TABLE and its relatives.
func (p *printer) alterTable(n *AlterTable) {
	p.alterHead(n.Kind, n.IfExists, n.Only, n.Name)
	for i := range n.Actions {
		p.when(i > 0, ",")
		p.w(" ")
		p.alterAction(&n.Actions[i], "COLUMN")
	}
}

// rename writes RENAME.
func (p *printer) rename(r *Rename) {
	p.alterHead(r.Kind, r.IfExists, r.Only, r.Name)
	p.w(" RENAME ")
	if r.Part == "VALUE" {
		p.w("VALUE ")
		p.text(r.Old)
		p.w(" TO ")
		p.text(r.New)
		return
	}
	if r.Part != "" {
		p.w(r.Part, " ")
		p.ident(r.Old)
		p.w(" ")
	}
	p.opt("TO ", r.New)
	p.behavior(r.Cascade, r.Restrict)
}

// actionWords are the actions that are words alone.
var actionWords = map[AlterKind]string{
	EnableRowSecurity: "ENABLE ROW LEVEL SECURITY", DisableRowSecurity: "DISABLE ROW LEVEL SECURITY",
	ForceRowSecurity: "FORCE ROW LEVEL SECURITY", NoForceRowSecurity: "NO FORCE ROW LEVEL SECURITY",
	SetWithoutCluster: "SET WITHOUT CLUSTER", SetWithoutOids: "SET WITHOUT OIDS", SetLogged: "SET LOGGED",
	SetUnlogged: "SET UNLOGGED", NotOf: "NOT OF",
}

// actionNames are the actions that are words and a name.
var actionNames = map[AlterKind]string{
	ValidateConstraint: "VALIDATE CONSTRAINT ", ClusterOn: "CLUSTER ON ", SetTablespace: "SET TABLESPACE ",
}

// columnWords are the actions that are words behind ALTER column.
var columnWords = map[AlterKind]string{
	DropColumnDefault: " DROP DEFAULT", SetNotNull: " SET NOT NULL", DropNotNull: " DROP NOT NULL",
	DropExpression: " DROP EXPRESSION", DropIdentity: " DROP IDENTITY",
}

// alterAction writes one action; column is COLUMN or ATTRIBUTE.
func (p *printer) alterAction(a *AlterAction, column string) {
	if words, ok := actionWords[a.Kind]; ok {
		p.w(words)
		return
	}
	if words, ok := actionNames[a.Kind]; ok {
		p.opt(words, a.Name)
		return
	}
	switch a.Kind {
	case AddColumn:
		p.w("ADD ", column, " ")
		p.when(a.IfNotExists, "IF NOT EXISTS ")
		p.columnDef(a.Column)
	case DropColumn, DropConstraint:
		p.when(a.Kind == DropColumn, "DROP "+column+" ")
		p.when(a.Kind == DropConstraint, "DROP CONSTRAINT ")
		p.when(a.IfExists, "IF EXISTS ")
		p.ident(a.Name)
	case AddConstraint:
		p.w("ADD ")
		p.constraint(a.Constraint, true)
	case AlterConstraint:
		p.opt("ALTER CONSTRAINT ", a.Name)
		p.timing(a.Constraint.Timing)
	case EnableTrigger, DisableTrigger, EnableRule, DisableRule:
		p.alterTrigger(a)
	case SetAccessMethod, SetOptions, ResetOptions, SetFDWOptions, Inherit, NoInherit, OfType, OwnerTo, ReplicaIdentity,
		AttachPartition, DetachPartition:
		p.alterRest(a)
	default:
		p.alterColumn(a, column)
	}
	p.behavior(a.Cascade, a.Restrict)
}

// alterColumn writes ALTER COLUMN.
func (p *printer) alterColumn(a *AlterAction, column string) {
	p.w("ALTER ", column, " ")
	if a.Kind == SetStatistics && a.Name == "" {
		p.number(a.Number)
	} else {
		p.ident(a.Name)
	}
	if words, ok := columnWords[a.Kind]; ok {
		p.w(words)
		p.when(a.IfExists, " IF EXISTS")
		return
	}
	switch a.Kind {
	case AlterColumnType:
		p.w(" TYPE ")
		p.typeName(a.Type)
		p.collation(a.Collation)
		p.optExpr(" USING ", a.Expr)
	case SetColumnDefault:
		p.optExpr(" SET DEFAULT ", a.Expr)
	case SetExpression:
		p.w(" SET EXPRESSION AS ")
		p.parens([]Expr{a.Expr})
	case SetStatistics:
		p.w(" SET STATISTICS")
		p.when(a.Expr == nil, " DEFAULT")
		p.optExpr(" ", a.Expr)
	case SetColumnOptions:
		p.options(" SET ", a.Options)
	case ResetColumnOptions:
		p.options(" RESET ", a.Options)
	case SetStorage:
		p.orDefault(" SET STORAGE ", a.Word)
	case SetCompression:
		p.orDefault(" SET COMPRESSION ", a.Word)
	case AddIdentity:
		p.w(" ADD ")
		p.constraint(a.Constraint, false)
	case AlterIdentity:
		p.alterIdentity(a.Sequence)
	case SetColumnFDWOptions:
		p.genericOptions(a.Options)
	}
}

// alterIdentity writes the options of an identity column.
func (p *printer) alterIdentity(list []SequenceOption) {
	for i := range list {
		p.when(list[i].Name != "RESTART", " SET")
		p.sequenceOptions(" ", list[i:i+1])
	}
}

// alterTrigger writes ENABLE and DISABLE of triggers and rules.
func (p *printer) alterTrigger(a *AlterAction) {
	enable := a.Kind == EnableTrigger || a.Kind == EnableRule
	p.when(enable, "ENABLE ")
	p.when(!enable, "DISABLE ")
	named := a.Name != ""
	p.when(named && a.Word != "", a.Word+" ")
	if a.Kind == EnableRule || a.Kind == DisableRule {
		p.w("RULE ")
	} else {
		p.w("TRIGGER ")
	}
	p.opt("", a.Name)
	p.when(!named, a.Word)
}

// alterRest writes the other actions.
func (p *printer) alterRest(a *AlterAction) {
	switch a.Kind {
	case SetAccessMethod:
		p.w("SET ACCESS METHOD")
		p.opt(" ", a.Name)
		p.when(a.Name == "", " DEFAULT")
	case SetOptions:
		p.options("SET ", a.Options)
	case ResetOptions:
		p.options("RESET ", a.Options)
	case SetFDWOptions:
		p.genericOptions(a.Options)
	case Inherit, NoInherit:
		p.when(a.Kind == NoInherit, "NO ")
		p.w("INHERIT ")
		p.qualified(*a.Table)
	case OfType:
		p.w("OF ")
		p.idents(a.Type.Names)
	case OwnerTo:
		p.w("OWNER TO ")
		p.role(a.Name)
	case ReplicaIdentity:
		p.w("REPLICA IDENTITY ")
		if a.Word == "INDEX" {
			p.opt("USING INDEX ", a.Name)
			return
		}
		p.w(a.Word)
	case AttachPartition:
		p.w("ATTACH PARTITION ")
		p.qualified(*a.Table)
		if a.Bound != nil {
			p.partitionBound(a.Bound)
		}
	case DetachPartition:
		p.w("DETACH PARTITION ")
		p.qualified(*a.Table)
		p.when(a.Concurrent, " CONCURRENTLY")
		p.when(a.Finalize, " FINALIZE")
	}
}

// typeDefinition writes CREATE and ALTER of types, domains and extensions; false if s is none.
func (p *printer) typeDefinition(s Stmt) bool {
	switch n := s.(type) {
	case *CreateType:
		p.createType(n)
	case *AlterEnum:
		p.alterEnum(n)
	case *AlterComposite:
		p.alterHead(TypeObject, false, false, n.Name)
		for i := range n.Actions {
			p.when(i > 0, ",")
			p.w(" ")
			p.alterAction(&n.Actions[i], "ATTRIBUTE")
		}
	case *AlterTypeOptions:
		p.alterHead(TypeObject, false, false, n.Name)
		p.options(" SET ", n.Options)
	case *CreateDomain:
		p.w("CREATE DOMAIN ")
		p.qualified(n.Name)
		p.w(" AS ")
		p.typeName(n.Column.Type)
		p.columnRest(n.Column)
	case *AlterDomain:
		p.alterDomain(n)
	case *CreateExtension:
		p.w("CREATE EXTENSION ")
		p.when(n.IfNotExists, "IF NOT EXISTS ")
		p.ident(n.Name)
		p.opt(" SCHEMA ", n.Schema)
		if n.Version != "" {
			p.w(" VERSION ")
			p.text(n.Version)
		}
		p.when(n.Cascade, " CASCADE")
	case *AlterExtension:
		p.opt("ALTER EXTENSION ", n.Name)
		p.w(" UPDATE")
		if n.Version != "" {
			p.w(" TO ")
			p.text(n.Version)
		}
	default:
		return false
	}
	return true
}

// createType writes CREATE TYPE.
func (p *printer) createType(n *CreateType) {
	p.w("CREATE TYPE ")
	p.qualified(n.Name)
	switch n.Kind {
	case EnumType:
		p.w(" AS ENUM (")
		for i, l := range n.Labels {
			p.comma(i)
			p.text(l.Text)
		}
		p.w(")")
	case CompositeType:
		p.w(" AS ")
		p.columnDefs(n.Fields)
	case RangeType:
		p.options(" AS RANGE ", n.Options)
	case BaseType:
		p.options(" ", n.Options)
	}
}

// alterEnum writes ADD VALUE.
func (p *printer) alterEnum(n *AlterEnum) {
	p.alterHead(TypeObject, false, false, n.Name)
	p.w(" ADD VALUE ")
	p.when(n.IfNotExists, "IF NOT EXISTS ")
	p.text(n.Value)
	if n.Before != nil {
		p.w(" BEFORE ")
		p.text(*n.Before)
	}
	if n.After != nil {
		p.w(" AFTER ")
		p.text(*n.After)
	}
}

// alterDomain writes ALTER DOMAIN.
func (p *printer) alterDomain(n *AlterDomain) {
	p.alterHead(DomainObject, false, false, n.Name)
	a := &n.Action
	switch a.Kind {
	case SetColumnDefault:
		p.optExpr(" SET DEFAULT ", a.Expr)
	case DropColumnDefault, SetNotNull, DropNotNull:
		p.w(columnWords[a.Kind])
	default:
		p.w(" ")
		p.alterAction(a, "")
	}
}
