package parse

import "iris-pgwire/internal/pgerr"

// jsonForm gives the rule of a SQL/JSON function.
func jsonForm(k kw) func(*parser) Expr {
	switch k {
	case kwJsonObject, kwJsonObjectagg:
		return (*parser).jsonObject
	case kwJsonArray, kwJsonArrayagg:
		return (*parser).jsonArray
	case kwJson, kwJsonScalar, kwJsonSerialize:
		return (*parser).jsonFunc
	case kwJsonQuery, kwJsonValue, kwJsonExists:
		return (*parser).jsonQuery
	}
	return nil
}

// jsonValue parses value [FORMAT JSON …].
func (p *parser) jsonValue() JSONValue {
	v := JSONValue{At: p.at(), Value: p.expr()}
	v.Format, v.Encoding = p.jsonFormat()
	return v
}

// jsonFormat parses FORMAT JSON [ENCODING name].
func (p *parser) jsonFormat() (given bool, encoding string) {
	if !p.acceptKws(kwFormat, kwJson) {
		return false, ""
	}
	if p.acceptKw(kwEncoding) {
		encoding = p.name()
		switch encoding {
		case "utf8", "utf16", "utf32":
		default:
			p.raise(pgerr.New(pgerr.InvalidParameterValue, "unrecognized JSON encoding: %s", encoding))
		}
	}
	return true, encoding
}

// jsonReturning parses RETURNING type [FORMAT JSON …].
func (p *parser) jsonReturning() *JSONReturning {
	if !p.is(kwReturning) {
		return nil
	}
	r := &JSONReturning{At: p.at()}
	p.next()
	r.Type = p.typeName()
	r.Format, r.Encoding = p.jsonFormat()
	return r
}

// jsonNull parses NULL ON NULL and ABSENT ON NULL.
func (p *parser) jsonNull() NullClause {
	switch {
	case p.acceptKws(kwNull, kwOn, kwNull):
		return NullOnNull
	case p.acceptKws(kwAbsent, kwOn, kwNull):
		return AbsentOnNull
	}
	return NullDefault
}

// jsonUnique parses WITH|WITHOUT UNIQUE [KEYS].
func (p *parser) jsonUnique() Uniqueness {
	u := UniqueDefault
	switch {
	case p.acceptKws(kwWith, kwUnique):
		u = WithUnique
	case p.acceptKws(kwWithout, kwUnique):
		u = WithoutUnique
	default:
		return u
	}
	p.acceptKw(kwKeys)
	return u
}

// jsonObject parses JSON_OBJECT and JSON_OBJECTAGG; JSON_OBJECT with plain arguments is a call of json_object.
func (p *parser) jsonObject() Expr {
	o := &JSONObject{At: p.at(), Aggregate: p.is(kwJsonObjectagg)}
	p.next()
	p.expect('(')
	if !o.Aggregate && p.isAny(kwReturning) || p.tok.kind == ')' && !o.Aggregate {
		o.Returning = p.jsonReturning()
		p.expect(')')
		return o
	}
	if !o.Aggregate && (p.peek(1).kind == tokArrow || p.peek(1).kind == tokColonEqual) {
		return p.plainJSONObject(o.At, nil)
	}
	for first := true; first || !o.Aggregate && p.accept(','); first = false {
		pair := JSONPair{At: p.at(), Key: p.expr()}
		switch {
		case p.accept(':'), p.acceptKw(kwValue):
		case first && !o.Aggregate && (p.tok.kind == ',' || p.tok.kind == ')'):
			return p.plainJSONObject(o.At, []Arg{{At: pair.At, Value: pair.Key}})
		default:
			p.fail()
		}
		pair.Value = p.jsonValue()
		o.Pairs = append(o.Pairs, pair)
	}
	o.Null, o.Unique = p.jsonNull(), p.jsonUnique()
	o.Returning = p.jsonReturning()
	p.expect(')')
	if o.Aggregate {
		o.Filter, o.Over = p.filterOver()
	}
	return o
}

// plainJSONObject parses the rest of JSON_OBJECT(arguments).
func (p *parser) plainJSONObject(at At, args []Arg) Expr {
	c := &FuncCall{At: at, Name: []string{"json_object"}, Args: args}
	if args == nil {
		c.Args = append(c.Args, p.argument())
	}
	for p.accept(',') {
		c.Args = append(c.Args, p.argument())
	}
	p.expect(')')
	return c
}

// jsonArray parses JSON_ARRAY and JSON_ARRAYAGG.
func (p *parser) jsonArray() Expr {
	a := &JSONArray{At: p.at(), Aggregate: p.is(kwJsonArrayagg)}
	p.next()
	p.expect('(')
	switch {
	case a.Aggregate:
		a.Values = []JSONValue{p.jsonValue()}
		if p.is(kwOrder) {
			a.OrderBy = p.orderBy()
		}
		a.Null = p.jsonNull()
	case p.startsSelect() || p.tok.kind == '(' && p.parenIsQuery():
		a.Query = p.selectStatement()
		a.QueryJSON, _ = p.jsonFormat()
	case p.tok.kind != ')' && !p.is(kwReturning):
		for first := true; first || p.accept(','); first = false {
			a.Values = append(a.Values, p.jsonValue())
		}
		a.Null = p.jsonNull()
	}
	a.Returning = p.jsonReturning()
	p.expect(')')
	if a.Aggregate {
		a.Filter, a.Over = p.filterOver()
	}
	return a
}

// parenIsQuery says whether the parenthesis at the current token holds a query that is not an operand of something.
func (p *parser) parenIsQuery() bool {
	if !p.parenStartsSelect() {
		return false
	}
	depth := 0
	for n := 0; ; n++ {
		switch p.peek(n).kind {
		case '(':
			depth++
		case ')':
			depth--
		case tokEOF, tokError:
			return false
		}
		if depth == 0 {
			next := p.peek(n + 1)
			return next.kw == kwUnion || next.kw == kwIntersect || next.kw == kwExcept || next.kw == kwOrder || next.kw == kwLimit
		}
	}
}

// jsonFunc parses JSON(…), JSON_SCALAR(…), JSON_SERIALIZE(…).
func (p *parser) jsonFunc() Expr {
	f := &JSONFunc{At: p.at(), Func: p.word()}
	p.next()
	p.expect('(')
	switch f.Func {
	case "JSON_SCALAR":
		f.Arg = JSONValue{At: p.at(), Value: p.expr()}
	case "JSON":
		f.Arg = p.jsonValue()
		f.Unique = p.jsonUnique()
	default:
		f.Arg = p.jsonValue()
		f.Returning = p.jsonReturning()
	}
	p.expect(')')
	return f
}

// jsonQuery parses JSON_QUERY, JSON_VALUE, JSON_EXISTS.
func (p *parser) jsonQuery() Expr {
	q := &JSONQuery{At: p.at(), Func: p.word()}
	p.next()
	p.expect('(')
	q.Context = p.jsonValue()
	p.expect(',')
	q.Path = p.expr()
	q.Passing = p.jsonPassing()
	switch q.Func {
	case "JSON_EXISTS":
		q.OnError = p.jsonOnError()
	default:
		q.Returning = p.jsonReturning()
		if q.Func == "JSON_QUERY" {
			q.Wrapper = p.jsonWrapper()
			q.Quotes = p.jsonQuotes()
		}
		q.OnEmpty, q.OnError = p.jsonBehaviors()
	}
	p.expect(')')
	return q
}

// jsonPassing parses PASSING value AS name, ….
func (p *parser) jsonPassing() []JSONPassing {
	if !p.acceptKw(kwPassing) {
		return nil
	}
	var list []JSONPassing
	for first := true; first || p.accept(','); first = false {
		a := JSONPassing{At: p.at(), Value: p.jsonValue()}
		p.expectKw(kwAs)
		a.Name = p.label()
		list = append(list, a)
	}
	return list
}

// jsonWrapper parses WITH|WITHOUT … WRAPPER.
func (p *parser) jsonWrapper() string {
	switch {
	case p.acceptKw(kwWithout):
		p.acceptKw(kwArray)
		p.expectKw(kwWrapper)
		return "WITHOUT"
	case p.acceptKw(kwWith):
		kind := "UNCONDITIONAL"
		if p.acceptKw(kwConditional) {
			kind = "CONDITIONAL"
		} else {
			p.acceptKw(kwUnconditional)
		}
		p.acceptKw(kwArray)
		p.expectKw(kwWrapper)
		return kind
	}
	return ""
}

// jsonQuotes parses KEEP|OMIT QUOTES [ON SCALAR STRING].
func (p *parser) jsonQuotes() string {
	if !p.isAny(kwKeep, kwOmit) {
		return ""
	}
	kind := p.word()
	p.next()
	p.expectKw(kwQuotes)
	if p.acceptKw(kwOn) {
		p.expectKw(kwScalar, kwString)
	}
	return kind
}

// jsonBehaviors parses [behavior ON EMPTY] [behavior ON ERROR].
func (p *parser) jsonBehaviors() (onEmpty, onError *JSONBehavior) {
	if !p.startsBehavior() {
		return nil, nil
	}
	b := p.jsonBehavior()
	p.expectKw(kwOn)
	if p.acceptKw(kwError) {
		return nil, b
	}
	p.expectKw(kwEmpty)
	return b, p.jsonOnError()
}

// jsonOnError parses [behavior ON ERROR].
func (p *parser) jsonOnError() *JSONBehavior {
	if !p.startsBehavior() {
		return nil
	}
	b := p.jsonBehavior()
	p.expectKw(kwOn, kwError)
	return b
}

// startsBehavior says whether a behavior comes next.
func (p *parser) startsBehavior() bool {
	return p.isAny(kwError, kwNull, kwTrue, kwFalse, kwUnknown, kwEmpty, kwDefault)
}

// jsonBehavior parses one behavior. EMPTY alone is EMPTY ARRAY.
func (p *parser) jsonBehavior() *JSONBehavior {
	b := &JSONBehavior{At: p.at(), Kind: p.word()}
	k := p.tok.kw
	p.next()
	switch k {
	case kwDefault:
		b.Default = p.expr()
	case kwEmpty:
		b.Kind = "EMPTY ARRAY"
		if p.acceptKw(kwObject) {
			b.Kind = "EMPTY OBJECT"
		} else {
			p.acceptKw(kwArray)
		}
	}
	return b
}

// isJSON parses JSON … behind IS [NOT].
func (p *parser) isJSON(at At, left Expr, not bool) Expr {
	p.next()
	e := &IsJSON{At: at, Arg: left, Not: not}
	if p.isAny(kwValue, kwArray, kwObject, kwScalar) {
		e.Kind = p.word()
		p.next()
	}
	if e.Kind == "VALUE" {
		e.Kind = ""
	}
	e.Unique = p.jsonUnique()
	return e
}
