package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
)

const checkpointName = "globals"

// load reads the checkpoint and the journals behind it, takes back what was not committed and starts a new journal.
func (s *Store) load() error {
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return fmt.Errorf("make the store's directory: %w", err)
	}
	var err error
	if s.lock, err = lockDir(filepath.Join(s.dir, "lock")); err != nil {
		return err
	}
	r := &replay{store: s, open: map[uint64][]change{}}
	first, err := r.checkpoint()
	if err != nil {
		return err
	}
	n := first
	for ; ; n++ {
		name := journalName(s.dir, n)
		if _, err := os.Stat(name); errors.Is(err, os.ErrNotExist) {
			break
		}
		_, err := os.Stat(journalName(s.dir, n+1))
		if err := r.file(name, err != nil); err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(name), err)
		}
	}
	s.isNew = n == 1
	r.rollback()
	s.journal = &journal{syncAll: s.opts.SyncCommit}
	if s.isNew {
		return s.startJournal(n)
	}
	return s.checkpoint(n)
}

// replay brings the changes of journals back into the store.
type replay struct {
	store *Store
	open  map[uint64][]change
}

// file replays one file. In the last one a record that is not whole is where the crash was: the file ends there.
func (r *replay) file(name string, last bool) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	for at := 0; at < len(data); {
		rec, n, err := nextRecord(data[at:])
		if err != nil && last {
			return os.Truncate(name, int64(at))
		}
		if err != nil {
			return err
		}
		r.apply(rec)
		at += n
	}
	return nil
}

func (r *replay) apply(rec record) {
	if rec.op == opNamespace {
		r.store.addNamespace(rec.db)
		return
	}
	if rec.txn > r.store.lastTxn.Load() {
		r.store.lastTxn.Store(rec.txn)
	}
	if rec.op == opEnd {
		delete(r.open, rec.txn)
		return
	}
	g := r.store.addNamespace(rec.db).make(rec.name)
	switch rec.op {
	case opSet:
		old, had := g.tree.Set(node{rec.key, rec.val})
		r.remember(rec.txn, change{g, rec.key, old.val, had})
	case opRemove:
		if old, had := g.tree.Delete(node{key: rec.key}); had {
			r.remember(rec.txn, change{g, rec.key, old.val, true})
		}
	case opKill:
		for _, n := range g.below(rec.key) {
			g.tree.Delete(n)
			r.remember(rec.txn, change{g, n.key, n.val, true})
		}
	case opUndo:
		r.remember(rec.txn, change{g, rec.key, rec.val, rec.had})
	}
}

func (r *replay) remember(txn uint64, c change) {
	if txn != 0 {
		r.open[txn] = append(r.open[txn], c)
	}
}

// rollback takes back the transactions that have no end, the youngest first.
func (r *replay) rollback() {
	txns := make([]uint64, 0, len(r.open))
	for txn := range r.open {
		txns = append(txns, txn)
	}
	sort.Slice(txns, func(i, j int) bool { return txns[i] > txns[j] })
	for _, txn := range txns {
		changes := r.open[txn]
		for i := len(changes) - 1; i >= 0; i-- {
			c := changes[i]
			if c.had {
				c.g.tree.Set(node{c.key, c.old})
			} else {
				c.g.tree.Delete(node{key: c.key})
			}
		}
	}
}

// checkpoint loads the checkpoint and says which journal comes behind it; 1 if there is none.
func (r *replay) checkpoint() (uint64, error) {
	data, err := os.ReadFile(filepath.Join(r.store.dir, checkpointName))
	if errors.Is(err, os.ErrNotExist) {
		return 1, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read the checkpoint: %w", err)
	}
	if len(data) < len(checkpointMagic)+8 || string(data[:len(checkpointMagic)]) != checkpointMagic {
		return 0, fmt.Errorf("%s is not a checkpoint of irisdev", checkpointName)
	}
	n := binary.LittleEndian.Uint64(data[len(checkpointMagic):])
	data = data[len(checkpointMagic)+8:]
	for {
		rec, used, err := nextRecord(data)
		if err != nil {
			return 0, fmt.Errorf("read the checkpoint: %w", err)
		}
		if rec.op == opComplete {
			return n, nil
		}
		r.apply(rec)
		data = data[used:]
	}
}
