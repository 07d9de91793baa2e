package parse

// jsonExpr writes the SQL/JSON functions; false if e is none.
func (p *printer) jsonExpr(e Expr) bool {
	switch n := e.(type) {
	case *JSONObject:
		p.when(n.Aggregate, "JSON_OBJECTAGG(")
		p.when(!n.Aggregate, "JSON_OBJECT(")
		for i, pair := range n.Pairs {
			p.comma(i)
			p.operand(pair.Key)
			p.w(" : ")
			p.jsonValue(pair.Value)
		}
		p.null(n.Null)
		p.unique(n.Unique)
		p.returning(n.Returning)
		p.w(")")
		p.filterOver(n.Filter, n.Over)
	case *JSONArray:
		p.jsonArray(n)
	case *JSONFunc:
		p.w(n.Func, "(")
		p.jsonValue(n.Arg)
		p.unique(n.Unique)
		p.returning(n.Returning)
		p.w(")")
	case *JSONQuery:
		p.w(n.Func, "(")
		p.jsonValue(n.Context)
		p.w(", ")
		p.operand(n.Path)
		p.passing(n.Passing)
		p.returning(n.Returning)
		p.wrapper(n.Wrapper, n.Quotes)
		p.behaviorOn(n.OnEmpty, "EMPTY")
		p.behaviorOn(n.OnError, "ERROR")
		p.w(")")
	default:
		return false
	}
	return true
}

// jsonArray writes JSON_ARRAY and JSON_ARRAYAGG.
func (p *printer) jsonArray(n *JSONArray) {
	p.when(n.Aggregate, "JSON_ARRAYAGG(")
	p.when(!n.Aggregate, "JSON_ARRAY(")
	for i, v := range n.Values {
		p.comma(i)
		p.jsonValue(v)
	}
	if n.Query != nil {
		p.query(n.Query)
		p.when(n.QueryJSON, " FORMAT JSON")
	}
	p.orderBy(" ", n.OrderBy)
	p.null(n.Null)
	p.returning(n.Returning)
	p.w(")")
	p.filterOver(n.Filter, n.Over)
}

// jsonValue writes a value with its format.
func (p *printer) jsonValue(v JSONValue) {
	p.operand(v.Value)
	p.jsonFormat(v.Format, v.Encoding)
}

// jsonFormat writes FORMAT JSON.
func (p *printer) jsonFormat(given bool, encoding string) {
	p.when(given, " FORMAT JSON")
	p.opt(" ENCODING ", encoding)
}

// null writes NULL ON NULL and ABSENT ON NULL.
func (p *printer) null(n NullClause) { p.w([]string{"", " NULL ON NULL", " ABSENT ON NULL"}[n]) }

// unique writes WITH and WITHOUT UNIQUE KEYS.
func (p *printer) unique(u Uniqueness) {
	p.w([]string{"", " WITH UNIQUE KEYS", " WITHOUT UNIQUE KEYS"}[u])
}

// returning writes RETURNING.
func (p *printer) returning(r *JSONReturning) {
	if r == nil {
		return
	}
	p.w(" RETURNING ")
	p.typeName(r.Type)
	p.jsonFormat(r.Format, r.Encoding)
}

// passing writes PASSING.
func (p *printer) passing(list []JSONPassing) {
	for i, a := range list {
		p.when(i == 0, " PASSING ")
		p.comma(i)
		p.jsonValue(a.Value)
		p.opt(" AS ", a.Name)
	}
}

// wrapper writes WRAPPER and QUOTES.
func (p *printer) wrapper(wrapper, quotes string) {
	switch wrapper {
	case "":
	case "WITHOUT":
		p.w(" WITHOUT WRAPPER")
	default:
		p.w(" WITH ", wrapper, " WRAPPER")
	}
	p.when(quotes != "", " "+quotes+" QUOTES")
}

// behaviorOn writes a behavior.
func (p *printer) behaviorOn(b *JSONBehavior, on string) {
	if b == nil {
		return
	}
	p.w(" ", b.Kind)
	if b.Default != nil {
		p.w(" ")
		p.operand(b.Default)
	}
	p.w(" ON ", on)
}

// jsonTable writes JSON_TABLE.
func (p *printer) jsonTable(t *JSONTable) {
	p.when(t.Lateral, "LATERAL ")
	p.w("JSON_TABLE(")
	p.jsonValue(t.Context)
	p.w(", ")
	p.operand(t.Path)
	p.opt(" AS ", t.PathName)
	p.passing(t.Passing)
	p.jsonColumns(t.Columns)
	p.behaviorOn(t.OnError, "ERROR")
	p.w(")")
	p.alias(t.Alias)
}

// jsonColumns writes COLUMNS (…).
func (p *printer) jsonColumns(list []JSONColumn) {
	p.w(" COLUMNS (")
	for i, c := range list {
		p.comma(i)
		p.jsonColumn(c)
	}
	p.w(")")
}

// jsonColumn writes one column.
func (p *printer) jsonColumn(c JSONColumn) {
	switch {
	case c.Nested:
		p.optExpr("NESTED PATH ", c.Path)
		p.opt(" AS ", c.PathName)
		p.jsonColumns(c.Columns)
		return
	case c.Ordinality:
		p.ident(c.Name)
		p.w(" FOR ORDINALITY")
		return
	}
	p.ident(c.Name)
	p.w(" ")
	p.typeName(c.Type)
	p.when(c.Exists, " EXISTS")
	p.jsonFormat(c.Format, c.Encoding)
	if c.Path != nil {
		p.optExpr(" PATH ", c.Path)
	}
	p.wrapper(c.Wrapper, c.Quotes)
	p.behaviorOn(c.OnEmpty, "EMPTY")
	p.behaviorOn(c.OnError, "ERROR")
}
