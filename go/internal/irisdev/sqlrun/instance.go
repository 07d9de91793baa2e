// Package sqlrun runs IRIS SQL on the store of the development IRIS: it compiles checked statements, keeps the class
// dictionary, the rows and their indexes in globals, and gives the superserver its sessions.
package sqlrun

import (
	"sync"
	"time"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/variant"
)

// Config is what an Instance is made of.
type Config struct {
	Store       *store.Store
	Version     irissql.Version // decides what the parser knows
	VersionText string          // $ZVERSION
	Variant     variant.Set
	// Interrupt stops what a job runs; false if it runs nothing. nil: nothing can be stopped.
	Interrupt func(job int64) bool
	// Now is the instance's clock; nil is the machine's.
	Now func() time.Time
}

// Instance is the SQL engine of one development IRIS; it implements superserver.Engine.
type Instance struct {
	cfg         Config
	versionText string

	mu        sync.Mutex
	databases map[string]*Database
}

// New makes the engine.
func New(c Config) *Instance {
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Instance{cfg: c, versionText: c.VersionText, databases: map[string]*Database{}}
}

// database gives what is kept of a namespace.
func (i *Instance) database(name string) *Database {
	i.mu.Lock()
	defer i.mu.Unlock()
	db, ok := i.databases[name]
	if !ok {
		db = &Database{name: name, instance: i, defs: definitions{byClass: map[string]*tableDef{}}, queries: newQueryCache()}
		i.databases[name] = db
	}
	return db
}

// CachedQueries lists the cached queries of a namespace: texts with their literals replaced.
func (i *Instance) CachedQueries(namespace string) []string {
	return i.database(namespace).queries.texts()
}
