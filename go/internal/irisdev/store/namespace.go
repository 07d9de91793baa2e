package store

import (
	"sort"
	"strings"
	"sync"
)

// namespace is one set of globals; each has a database of its own here.
type namespace struct {
	name    string
	mu      sync.RWMutex
	globals map[string]*global
}

func (n *namespace) find(name string) *global {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.globals[name]
}

func (n *namespace) make(name string) *global {
	if g := n.find(name); g != nil {
		return g
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	g, ok := n.globals[name]
	if !ok {
		g = newGlobal(n.name, name)
		n.globals[name] = g
	}
	return g
}

// list gives the globals in order of their names.
func (n *namespace) list() []*global {
	n.mu.RLock()
	defer n.mu.RUnlock()
	out := make([]*global, 0, len(n.globals))
	for _, g := range n.globals {
		out = append(out, g)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].name < out[j].name })
	return out
}

// CreateNamespace makes a namespace unless it exists; names are kept in upper case.
func (s *Store) CreateNamespace(name string) error {
	name = strings.ToUpper(name)
	s.gate.RLock()
	defer s.gate.RUnlock()
	if s.space(name) != nil {
		return nil
	}
	s.addNamespace(name)
	if err := s.journal.append(record{op: opNamespace, db: name}); err != nil {
		return err
	}
	return s.journal.flush()
}

// Namespaces lists the namespaces in order.
func (s *Store) Namespaces() []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := make([]string, 0, len(s.spaces))
	for name := range s.spaces {
		out = append(out, name)
	}
	sort.Strings(out)
	return out
}

// HasNamespace reports whether a namespace exists; letter case doesn't matter.
func (s *Store) HasNamespace(name string) bool { return s.space(strings.ToUpper(name)) != nil }

func (s *Store) space(name string) *namespace {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.spaces[name]
}

func (s *Store) addNamespace(name string) *namespace {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, ok := s.spaces[name]
	if !ok {
		n = &namespace{name: name, globals: map[string]*global{}}
		s.spaces[name] = n
	}
	return n
}
