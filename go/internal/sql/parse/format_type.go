package parse

// sqlTypeNames are SQL's names of PostgreSQL's types: before the modifiers, and behind them.
var sqlTypeNames = map[string][2]string{
	"int2": {"smallint"}, "int4": {"integer"}, "int8": {"bigint"}, "float4": {"real"}, "float8": {"double precision"},
	"bool": {"boolean"}, "json": {"json"}, "numeric": {"numeric"}, "varchar": {"character varying"}, "bpchar": {"character"},
	"bit": {"bit"}, "varbit": {"bit varying"}, "timestamp": {"timestamp", " without time zone"},
	"timestamptz": {"timestamp", " with time zone"}, "time": {"time", " without time zone"}, "timetz": {"time", " with time zone"},
	"interval": {"interval"},
}

// sqlTypeName gives SQL's name of a type if that means the same with the modifiers that t has.
func sqlTypeName(t *TypeName) (name [2]string, ok bool) {
	if len(t.Names) != 2 || t.Names[0] != "pg_catalog" || t.ColumnType {
		return name, false
	}
	name, ok = sqlTypeNames[t.Names[1]]
	if !ok {
		return name, false
	}
	switch t.Names[1] {
	case "numeric", "varbit":
		return name, true
	case "bit":
		return name, t.Mods != nil
	case "bpchar":
		return name, oneInteger(t.Mods)
	case "varchar", "timestamp", "timestamptz", "time", "timetz", "interval":
		return name, t.Mods == nil || oneInteger(t.Mods)
	}
	return name, t.Mods == nil
}

// oneInteger says whether modifiers are one integer constant without a sign.
func oneInteger(mods []Expr) bool {
	if len(mods) != 1 {
		return false
	}
	l, ok := mods[0].(*Literal)
	return ok && l.Kind == IntLiteral && l.Text[0] != '-'
}

// typeName writes a type.
func (p *printer) typeName(t *TypeName) {
	p.when(t.SetOf, "SETOF ")
	name, ok := sqlTypeName(t)
	switch {
	case ok && t.Interval != "":
		p.w(name[0])
		p.intervalFields(t)
	case ok:
		p.w(name[0])
		p.mods(t.Mods)
		p.w(name[1])
	default:
		p.typeIdents(t.Names)
		p.mods(t.Mods)
	}
	for _, n := range t.ArrayBounds {
		p.w("[")
		if n >= 0 {
			p.number(n)
		}
		p.w("]")
	}
	p.when(t.ColumnType, "%TYPE")
}

// typeIdents writes a type's own name.
func (p *printer) typeIdents(names []string) { p.idents(names) }

// mods writes a type's modifiers.
func (p *printer) mods(mods []Expr) {
	if mods != nil {
		p.parens(mods)
	}
}

// intervalFields writes the fields of INTERVAL.
func (p *printer) intervalFields(t *TypeName) {
	p.w(" ", t.Interval)
	p.mods(t.Mods)
}
