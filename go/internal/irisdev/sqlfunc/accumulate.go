package sqlfunc

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// compileCount is COUNT, also of streams.
func compileCount(*Arg) (AggregateCall, error) {
	c := typed(bigInteger).call(func() Accumulator { return new(counter) })
	c.NeverNull = true
	return c, nil
}

type counter int64

func (c *counter) Add(value.Value) error { *c++; return nil }

func (c *counter) Result() (value.Value, error) { return value.Int(int64(*c)), nil }

// sumType is the type of a sum: whole numbers make BIGINT, decimals keep their scale, text counts by its leading number.
func sumType(a Arg) sqltype.Type {
	t := numeric(a)
	switch {
	case t.Kind == sqltype.Double:
		return doubleType
	case t.Kind == sqltype.Numeric:
		return sqltype.Type{Kind: sqltype.Numeric, Precision: maxPrecision, Scale: t.Scale}
	}
	return bigInteger
}

func compileSum(a *Arg) (AggregateCall, error) {
	return typed(sumType(*a)).call(func() Accumulator { return &sum{} }), noStream("SUM", a)
}

type sum struct {
	total value.Value
	n     int64
}

func (s *sum) Add(v value.Value) error {
	if s.n++; s.n == 1 {
		s.total = v.Number()
	} else {
		s.total = value.Add(s.total, v)
	}
	return nil
}

func (s *sum) Result() (value.Value, error) { return s.total, nil }

// compileAvg: the scale follows the rules of division (IRIS docs, "AVG").
func compileAvg(a *Arg) (AggregateCall, error) {
	t := arithmeticType('/', sumType(*a), bigInteger)
	return typed(t).call(func() Accumulator { return &average{} }), noStream("AVG", a)
}

type average struct{ sum }

func (s *average) Result() (value.Value, error) {
	if s.n == 0 {
		return null()
	}
	return orDivide(value.Divide(s.total, value.Int(s.n)))
}

// extreme is MIN (sign -1) and MAX (1). Text is compared in its collation, and an SQLUPPER column gives its collated,
// upper-cased form (IRIS docs, "MAX").
func extreme(name string, sign int) func(a *Arg) (AggregateCall, error) {
	return func(a *Arg) (AggregateCall, error) {
		c := a.Collation
		order, fold := Comparer(c), func(v value.Value) value.Value { return v }
		switch {
		case a.Type.IsText() && (c == sqltype.NoCollation || c == sqltype.Exact):
			order = value.Compare
		case a.Type.Kind == sqltype.TimeStamp || a.Type.Kind == sqltype.VarBinary:
			order = value.Compare
		case a.Type.IsText():
			text := folder(c)
			fold = func(v value.Value) value.Value { return value.Text(text(v.Text())) }
		}
		start := func() Accumulator { return &best{order: order, fold: fold, sign: sign} }
		return AggregateCall{Type: a.Type, Collation: a.Collation, New: start}, noStream(name, a)
	}
}

type best struct {
	order Order
	fold  func(value.Value) value.Value
	sign  int
	v     value.Value
}

func (b *best) Add(v value.Value) error {
	if b.v.IsNull() || b.order(v, b.v)*b.sign > 0 {
		b.v = v
	}
	return nil
}

func (b *best) Result() (value.Value, error) {
	if b.v.IsNull() {
		return null()
	}
	return b.fold(b.v), nil
}

// joined is LIST and XMLAGG: the values' logical text, an empty string leaves an empty place.
func joined(name, separator string) func(a *Arg) (AggregateCall, error) {
	return func(a *Arg) (AggregateCall, error) {
		return typed(anyText).call(func() Accumulator { return &joiner{separator: separator} }), noStream(name, a)
	}
}

type joiner struct {
	separator string
	b         strings.Builder
	any       bool
}

func (j *joiner) Add(v value.Value) error {
	if j.any {
		j.b.WriteString(j.separator)
	}
	j.any = true
	j.b.WriteString(v.Text())
	if j.b.Len() > 4*sqltype.MaxString {
		_, err := text(j.b.String())
		return err
	}
	return nil
}

func (j *joiner) Result() (value.Value, error) {
	if !j.any {
		return null()
	}
	return text(j.b.String())
}

func compileDList(a *Arg) (AggregateCall, error) {
	return typed(listType).call(func() Accumulator { return &lister{} }), noStream("%DLIST", a)
}

type lister struct{ data []byte }

func (l *lister) Add(v value.Value) error {
	l.data = value.AppendItem(l.data, v)
	return nil
}

func (l *lister) Result() (value.Value, error) {
	if l.data == nil {
		return null()
	}
	if len(l.data) > sqltype.MaxString {
		return maxString()
	}
	return value.ListOf(string(l.data)), nil
}

// compileApproxCount counts exactly: an estimate may be right.
func compileApproxCount(a *Arg) (AggregateCall, error) {
	fold := func(s string) string { return s }
	if a.Type.IsText() {
		fold = folder(a.Collation)
	}
	c := typed(bigInteger).call(func() Accumulator { return &distinct{fold: fold, seen: map[string]bool{}} })
	c.NeverNull = true
	return c, noStream("APPROX_COUNT_DISTINCT", a)
}

type distinct struct {
	fold func(string) string
	seen map[string]bool
}

func (d *distinct) Add(v value.Value) error {
	d.seen[d.fold(v.Text())] = true
	return nil
}

func (d *distinct) Result() (value.Value, error) { return value.Int(int64(len(d.seen))), nil }
