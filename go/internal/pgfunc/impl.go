package pgfunc

import (
	"sync"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
)

// Context is what a call can ask for beside its arguments. It belongs to one call at a time.
type Context struct {
	Args   []pgtypes.Type // the arguments' types
	Result pgtypes.Type
	Style  pgtypes.Style
	// Memo is the function's own: what it leaves here it may find again when it is called from the same place.
	Memo any
}

// Impl is one function. A Strict one is not called when an argument is NULL: the result is NULL. Call neither keeps nor
// changes args; its error is a *pgerr.Error. It is safe for concurrent use.
type Impl struct {
	Strict bool
	Call   func(c *Context, args []iris.Value) (iris.Value, error)
}

// Lookup finds a function by the analyzer's Function.ID.
func Lookup(id string) (Impl, bool) {
	f, ok := registry()[id]
	return f, ok
}

// table is one family: functions by ID.
type table map[string]Impl

// call is what most functions are.
type call = func(c *Context, a []iris.Value) (iris.Value, error)

// strict adds functions that are NULL when an argument is.
func (t table) strict(id string, f call) { t[id] = Impl{Strict: true, Call: f} }

// loose adds a function that sees its NULLs.
func (t table) loose(id string, f call) { t[id] = Impl{Call: f} }

// each adds one function under several IDs.
func (t table) each(f call, ids ...string) {
	for _, id := range ids {
		t.strict(id, f)
	}
}

// families are all of them. registry puts them together once.
var families = []func(table){
	integerFamily, floatFamily, numericFamily, mathFamily, compareFamily, stringFamily, lengthFamily, substringFamily,
	likeFamily, datetimeFamily, intervalFamily, dateFieldFamily, dateMakeFamily,
	byteaFamily, bitFamily, formatFamily, regexpFamily, toCharFamily, fromCharFamily,
	jsonFamily, jsonBuildFamily, jsonChangeFamily, arrayFamily, networkFamily, vectorFamily, systemFamily,
}

var registry = sync.OnceValue(func() table {
	t := table{}
	for _, add := range families {
		add(t)
	}
	return t
})
