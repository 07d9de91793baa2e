package compile

import (
	"container/list"
	"errors"

	"iris-pgwire/internal/sql/plan"
)

var errUnfinished = errors.New("compiling did not finish")

// entry is a statement compiled or being compiled; done is closed when it is known which.
type entry struct {
	key  string
	done chan struct{}
	plan *plan.Statement
	err  error
}

// longestKey is the longest text that is worth keeping: a statement of 10 MB would be the whole cache.
const longestKey = 64 << 10

// lru keeps the last used entries. An entry that is dropped while it is being compiled is still known to those who wait.
type lru struct {
	size  int
	order *list.List // of *entry, the last used first
	byKey map[string]*list.Element
}

func newLRU(size int) lru {
	return lru{size: size, order: list.New(), byKey: map[string]*list.Element{}}
}

func (l *lru) get(key string) *entry {
	at, ok := l.byKey[key]
	if !ok {
		return nil
	}
	l.order.MoveToFront(at)
	return at.Value.(*entry)
}

func (l *lru) add(e *entry) {
	if len(e.key) > longestKey {
		return
	}
	l.byKey[e.key] = l.order.PushFront(e)
	for len(l.byKey) > l.size {
		l.remove(l.order.Back().Value.(*entry))
	}
}

// remove forgets an entry, unless another one has taken its key.
func (l *lru) remove(e *entry) {
	at, ok := l.byKey[e.key]
	if !ok || at.Value.(*entry) != e {
		return
	}
	l.order.Remove(at)
	delete(l.byKey, e.key)
}
