package sqlrun

import (
	"sync"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/variant"
)

// Database is what the engine keeps in memory of one namespace: definitions and cached queries. All of it is made
// from the globals.
type Database struct {
	name     string
	instance *Instance
	// dictionary is held for writing while a definition is written, so that nobody reads half of one.
	dictionary sync.RWMutex
	defs       definitions
	defaults   sync.Map // of defaultKey: the evaluator of a DEFAULT clause
	queries    *queryCache
}

// definitions are the class definitions that have been read, by class.
type definitions struct {
	mu      sync.RWMutex
	byClass map[string]*tableDef
}

func (d *definitions) get(class string) *tableDef {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.byClass[class]
}

func (d *definitions) put(class string, t *tableDef) {
	d.mu.Lock()
	d.byClass[class] = t
	d.mu.Unlock()
}

// version is the release that the engine plays.
func (db *Database) version() irissql.Version { return db.instance.cfg.Version }

// exceptKeepsDuplicates: the page of EXCEPT does not say that duplicates of the left side go.
func (db *Database) exceptKeepsDuplicates() bool {
	return !db.instance.cfg.Variant.Likely(variant.ExceptDistinct)
}

// countOverRuns: COUNT as a window is described as a number that starts at 1 and grows row by row (IRIS docs, "Overview of
// Window Functions").
func (db *Database) countOverRuns() bool {
	return db.instance.cfg.Variant.Likely(variant.CountOverRuns)
}
