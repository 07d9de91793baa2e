package sqlfunc

import "iris-pgwire/internal/irisdev/value"

// Order compares two values that are not NULL: negative, zero or positive.
type Order func(a, b value.Value) int

// Accumulator is a running aggregate. Add gets every value that is not NULL (COUNT(*): any), in the order of the rows.
type Accumulator interface {
	Add(v value.Value) error
	Result() (value.Value, error)
}
