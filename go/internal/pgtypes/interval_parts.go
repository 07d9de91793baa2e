package pgtypes

import "iris-pgwire/internal/iris"

// IntervalParts gives the three independent parts of a canonical interval: months, days and microseconds (PostgreSQL
// docs, "Interval Input").
func IntervalParts(v iris.Value) (months, days, micros int64, err error) {
	text := v.String()
	s, err := wordSpan(text, text)
	return s.months, s.days, s.micros, err
}
