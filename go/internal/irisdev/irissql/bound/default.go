package bound

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql"
)

// Default binds the text of a DEFAULT or ON UPDATE clause for its column. The value is checked when a row is filed, not
// here (IRIS docs, "CREATE TABLE"). The error is a *sqlerr.Error.
func Default(text string, version irissql.Version, c *Column) (x Expr, err error) {
	parsed, err := irissql.Parse("SELECT "+text, version)
	if err != nil {
		return nil, err
	}
	q, ok := parsed.Statement.(*irissql.Query)
	if !ok {
		return nil, nil
	}
	b := newBinder(parsed, nil, Options{})
	defer func() {
		if r := recover(); r != nil {
			f, ok := r.(failure)
			if !ok {
				panic(r)
			}
			x, err = nil, f.err
		}
	}()
	given := q.Body.(*irissql.Select).Items[0].X
	if word, ok := given.(*irissql.Column); ok { // GETDATE, NEWID: parentheses may be left out here
		given = &irissql.Call{Pos: word.Pos, Name: strings.ToUpper(word.Name), Bare: true}
	}
	x, err = assign(b.scalar(given), c, insertInvalid)
	return x, err
}
