package parse

import "iris-pgwire/internal/irisdev/objectscript/ast"

// whole parses a text of its own with read, which must use all of it.
func whole[T any](text string, read func(*parser) T) (x T, err error) {
	defer catch(&err)
	p := textParser(text)
	p.blanks()
	x = read(p)
	p.space()
	if p.pos < len(p.src) {
		p.fail("unexpected %s", p.around(p.pos))
	}
	return x, nil
}

// Expr parses an expression, as indirection and class definitions have it. Errors of this and the next functions are *Error.
func Expr(text string) (ast.Expr, error) { return whole(text, (*parser).expr) }

// Line parses commands that stand on one line: at the terminal and in XECUTE.
func Line(text string) ([]ast.Command, error) {
	return whole(text, func(p *parser) []ast.Command { return p.rest() })
}

// SetArgs parses the arguments of SET that an indirection gives.
func SetArgs(text string) ([]ast.SetItem, error) { return whole(text, (*parser).setItems) }

// MergeArgs parses those of MERGE.
func MergeArgs(text string) ([]ast.SetItem, error) { return whole(text, (*parser).mergePairs) }

// DoArgs parses those of DO, GotoArgs those of GOTO.
func DoArgs(text string) ([]ast.Call, error) {
	return whole(text, func(p *parser) []ast.Call { return p.calls(true) })
}

// GotoArgs parses the arguments of GOTO.
func GotoArgs(text string) ([]ast.Call, error) {
	return whole(text, func(p *parser) []ast.Call { return p.calls(false) })
}

// Entry parses label+offset^routine, as $TEXT and $ZTRAP have it; arguments are not part of it.
func Entry(text string) (ast.EntryRef, error) {
	return whole(text, func(p *parser) ast.EntryRef { return p.entry(false) })
}

// WriteArgs parses the arguments of WRITE.
func WriteArgs(text string) ([]ast.IOItem, error) {
	return whole(text, func(p *parser) []ast.IOItem { return p.write(p.here(), ast.Post{}, false).(*ast.Write).Items })
}

// ReadArgs parses the arguments of READ.
func ReadArgs(text string) ([]ast.IOItem, error) {
	return whole(text, func(p *parser) []ast.IOItem { return p.read(p.here(), ast.Post{}).(*ast.Read).Items })
}

// Names parses the arguments of KILL or NEW: a list of names, or in parentheses the exclusive form.
func Names(text string) (items []ast.Expr, exclusive bool, err error) {
	k, err := whole(text, func(p *parser) *ast.Kill {
		return p.names(p.here(), spec{kind: kKill}, ast.Post{}, false).(*ast.Kill)
	})
	if err != nil {
		return nil, false, err
	}
	return k.Items, k.Exclusive, nil
}

// LockArgs parses the arguments of LOCK.
func LockArgs(text string) ([]ast.LockArg, error) {
	return whole(text, func(p *parser) []ast.LockArg { return p.lock(p.here(), ast.Post{}, false).(*ast.Lock).Args })
}

// Pattern parses the operand of a pattern match.
func Pattern(text string) ([]ast.PatternItem, error) { return whole(text, (*parser).pattern) }
