package sqlrun

import (
	"iris-pgwire/internal/irisdev/value"
)

// windowFunc computes a window function for one partition (IRIS docs, "Overview of Window Functions").
type windowFunc func(p *windowPart) error

// windowFuncs are the window functions that are no aggregates.
var windowFuncs = map[string]windowFunc{
	"ROW_NUMBER": func(p *windowPart) error {
		for i := range p.rows {
			p.set(i, value.Int(int64(i+1)))
		}
		return nil
	},
	"RANK": func(p *windowPart) error {
		return p.ranks(func(first, _, _ int) value.Value { return value.Int(int64(first + 1)) })
	},
	"DENSE_RANK": func(p *windowPart) error {
		return p.ranks(func(_, dense, _ int) value.Value { return value.Int(int64(dense)) })
	},
	"PERCENT_RANK": percentRank,
	"CUME_DIST":    cumulative,
	"NTILE":        ntile,
	"LAG":          func(p *windowPart) error { return p.shifted(-1) },
	"LEAD":         func(p *windowPart) error { return p.shifted(1) },
	"FIRST_VALUE":  func(p *windowPart) error { return p.picked(func(from, _ int, _ *windowRow) int { return from }) },
	"LAST_VALUE":   func(p *windowPart) error { return p.picked(func(_, to int, _ *windowRow) int { return to - 1 }) },
	"NTH_VALUE":    nthValue,
}

// ranks walks the partition by groups of peers: their first row, their number and the row after the last.
func (p *windowPart) ranks(of func(first, dense, end int) value.Value) error {
	dense := 0
	for first := 0; first < len(p.rows); {
		end := first + 1
		for end < len(p.rows) && p.peers(first, end) {
			end++
		}
		dense++
		v := of(first, dense, end)
		for i := first; i < end; i++ {
			p.set(i, v)
		}
		first = end
	}
	return nil
}

func percentRank(p *windowPart) error {
	n := len(p.rows)
	return p.ranks(func(first, _, _ int) value.Value {
		if n == 1 {
			return value.Int(0)
		}
		return value.Float(float64(first) / float64(n-1))
	})
}

func cumulative(p *windowPart) error {
	n := float64(len(p.rows))
	return p.ranks(func(_, _, end int) value.Value { return value.Float(float64(end) / n) })
}

// ntile deals the rows into buckets; the first ones are larger by one when they don't come out even.
func ntile(p *windowPart) error {
	n := int64(len(p.rows))
	for i := range p.rows {
		buckets := wholeNumber(p.rows[i].args[0])
		if buckets <= 0 {
			p.set(i, value.NullValue())
			continue
		}
		size, extra, at := n/buckets, n%buckets, int64(i)
		if at < extra*(size+1) {
			p.set(i, value.Int(at/(size+1)+1))
		} else {
			p.set(i, value.Int(extra+(at-extra*(size+1))/size+1))
		}
	}
	return nil
}

// shifted is LAG (direction -1) and LEAD (direction 1).
func (p *windowPart) shifted(direction int) error {
	for i, row := range p.rows {
		offset, missing := 1, value.NullValue()
		if len(row.args) > 1 && !row.args[1].IsNull() {
			offset = int(wholeNumber(row.args[1]))
		}
		if len(row.args) > 2 {
			missing = row.args[2]
		}
		if at := i + direction*offset; at >= 0 && at < len(p.rows) {
			missing = p.rows[at].args[0]
		}
		p.set(i, missing)
	}
	return nil
}

// picked takes the first argument of one row of the frame.
func (p *windowPart) picked(which func(from, to int, row *windowRow) int) error {
	for i, row := range p.rows {
		from, to := p.bounds(i)
		at := which(from, to, row)
		if at < from || at >= to {
			p.set(i, value.NullValue())
			continue
		}
		p.set(i, p.rows[at].args[0])
	}
	return nil
}

func nthValue(p *windowPart) error {
	return p.picked(func(from, to int, row *windowRow) int {
		n := int(wholeNumber(row.args[1]))
		if n < 1 {
			return to
		}
		return from + n - 1
	})
}

// overFrame is an aggregate as a window function. A frame that starts where the last one did only grows, so that running
// totals cost one step a row.
func overFrame(p *windowPart) error {
	acc, start, end := p.plan.make(), -1, -1
	for i := range p.rows {
		from, to := p.bounds(i)
		if from != start || to < end {
			acc, start, end = p.plan.make(), from, from
		}
		for ; end < to; end++ {
			v := value.Int(1)
			if len(p.plan.args) > 0 {
				v = p.rows[end].args[0]
			}
			if v.IsNull() {
				continue
			}
			if err := acc.Add(v); err != nil {
				return err
			}
		}
		v, err := acc.Result()
		if err != nil {
			return err
		}
		p.set(i, v)
	}
	return nil
}
