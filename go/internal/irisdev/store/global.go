package store

import (
	"strings"
	"sync"

	"github.com/tidwall/btree"

	"iris-pgwire/internal/irisdev/value"
)

// node is one node of a global: the joined keys of its subscripts and its value.
type node struct {
	key string
	val value.Value
}

// global is one tree. Its lock is held for single steps only; scans work on a copy, which costs nothing to make.
type global struct {
	db, name string
	scratch  bool
	mu       sync.RWMutex
	tree     *btree.BTreeG[node]
}

func newGlobal(db, name string) *global {
	less := func(a, b node) bool { return a.key < b.key }
	return &global{db: db, name: name, scratch: isScratch(name),
		tree: btree.NewBTreeGOptions(less, btree.Options{NoLocks: true})}
}

func (g *global) get(key string) (value.Value, bool) {
	g.mu.RLock()
	n, ok := g.tree.Get(node{key: key})
	g.mu.RUnlock()
	return n.val, ok
}

// data is $DATA: 1 for a value, 10 for descendants.
func (g *global) data(key string) int {
	g.mu.RLock()
	defer g.mu.RUnlock()
	d := 0
	g.tree.Ascend(node{key: key}, func(n node) bool {
		switch {
		case n.key == key:
			d = 1
			return true
		case strings.HasPrefix(n.key, key):
			d += 10
		}
		return false
	})
	return d
}

// after gives the first node behind a key, before the last one before it, as long as it begins with prefix.
func (g *global) neighbour(pivot, prefix string, reverse bool) (node, bool) {
	g.mu.RLock()
	defer g.mu.RUnlock()
	var found node
	ok := false
	visit := func(n node) bool {
		if n.key == pivot {
			return true
		}
		found, ok = n, strings.HasPrefix(n.key, prefix) && len(n.key) > len(prefix)
		return false
	}
	if reverse {
		g.tree.Descend(node{key: pivot}, visit)
	} else {
		g.tree.Ascend(node{key: pivot}, visit)
	}
	return found, ok
}

// below lists the nodes that begin with a prefix, the node itself included.
func (g *global) below(prefix string) []node {
	var out []node
	g.tree.Ascend(node{key: prefix}, func(n node) bool {
		if !strings.HasPrefix(n.key, prefix) {
			return false
		}
		out = append(out, n)
		return true
	})
	return out
}

// snapshot is a copy of the tree that later changes don't touch.
func (g *global) snapshot() *btree.BTreeG[node] {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.tree.Copy()
}
