package sqlrun

import (
	"sort"
	"sync"
)

// mostPlans and longestText bound the compiled statements that are kept by text.
const (
	mostPlans   = 2000
	longestText = 16 << 10
)

// queryCache is the namespace's cached queries: the texts with their literals replaced, as IRIS makes a class of each
// (IRIS docs, "Cached Queries"), and the compiled statements of the last used texts.
type queryCache struct {
	mu    sync.Mutex
	keys  map[string]int // how often each was prepared
	plans map[planKey]*compiled
}

// planKey is a text and what its meaning depends on besides the tables.
type planKey struct {
	text     string
	protocol int
}

func newQueryCache() *queryCache {
	return &queryCache{keys: map[string]int{}, plans: map[planKey]*compiled{}}
}

func (c *queryCache) get(k planKey) *compiled {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.plans[k]
	if p != nil {
		c.keys[p.key]++
	}
	return p
}

func (c *queryCache) put(k planKey, p *compiled) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keys[p.key]++
	if len(k.text) > longestText {
		return
	}
	if len(c.plans) >= mostPlans {
		clear(c.plans)
	}
	c.plans[k] = p
}

func (c *queryCache) purge() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.plans)
	clear(c.keys)
}

// sweep forgets the compiled statements that do not hold any more, and their cached queries (IRIS docs, "Cached Queries":
// DDL purges those of its tables).
func (c *queryCache) sweep(holds func(p *compiled) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for k, p := range c.plans {
		if !holds(p) {
			delete(c.plans, k)
			delete(c.keys, p.key)
		}
	}
}

// texts lists the cached queries in order.
func (c *queryCache) texts() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make([]string, 0, len(c.keys))
	for k := range c.keys {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
