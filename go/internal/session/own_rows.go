package session

import (
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/irissql"
	"iris-pgwire/internal/sql/plan"
)

// required refuses a NULL for a column that is NOT NULL.
func (r *steps) required(step *plan.Step) error {
	for i := range step.Required {
		v, err := r.s.argument(&step.Required[i].Arg, r.p)
		if err != nil {
			return err
		}
		if v.IsNull() {
			return step.Required[i].Missing
		}
	}
	return nil
}

// key is the key of the row that a step writes, "" if that doesn't matter or it has a NULL, which conflicts with nothing.
// A row that the command has written already must not be written again.
func (r *steps) key(step *plan.Step) (string, error) {
	if step.Owns == nil {
		return "", nil
	}
	values, err := r.s.bindArgs(step.Owns, r.p)
	if err != nil {
		return "", err
	}
	key := keyText(step.Owns, values)
	if step.Once && r.own[key] {
		return "", pgerr.New(pgerr.CardinalityViolation, "ON CONFLICT DO UPDATE command cannot affect row a second time").
			WithHint("Ensure that no rows proposed for insertion within the same command have duplicate constrained values.")
	}
	return key, nil
}

// owned notes that a step has written so many rows of a key.
func (r *steps) owned(key string, n int64) {
	if key == "" || n <= 0 {
		return
	}
	if r.own == nil {
		r.own = map[string]bool{}
	}
	r.own[key] = true
}

// keyText is the same for values that IRIS takes for equal.
func keyText(args []irissql.Arg, values []iris.Value) string {
	var key strings.Builder
	for i, v := range values {
		if v.IsNull() {
			return ""
		}
		text := v.String()
		if args[i].Type.OID == pgtypes.Numeric && strings.Contains(text, ".") {
			text = strings.TrimRight(strings.TrimRight(text, "0"), ".") // 1.50 is 1.5
		}
		if text == "-0" && v.Kind() == iris.KindDouble {
			text = "0"
		}
		key.WriteString(text)
		key.WriteByte(0)
	}
	return key.String()
}
