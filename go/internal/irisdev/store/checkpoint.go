package store

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"

	"github.com/tidwall/btree"
)

// checkpointMagic begins a checkpoint; the number of the journal that comes behind it follows, eight bytes.
const checkpointMagic = "irisdev globals 1\n"

// image is a state of all data, cut between two changes.
type image struct {
	next    uint64 // the journal behind it
	spaces  []string
	globals []frozen
	undo    []record
}

type frozen struct {
	db, name string
	tree     *btree.BTreeG[node]
}

// Checkpoint writes all data to one file and begins a new journal. Work goes on meanwhile.
func (s *Store) Checkpoint() error {
	if s.dir == "" {
		return nil
	}
	s.cutting.Lock()
	defer s.cutting.Unlock()
	return s.checkpoint(s.segment + 1)
}

// checkpoint makes journal n the one behind the new checkpoint.
func (s *Store) checkpoint(n uint64) error {
	s.gate.Lock()
	im := s.image(n)
	err := s.startJournal(n)
	s.gate.Unlock()
	if err != nil {
		return err
	}
	if err := im.save(s.dir); err != nil {
		return fmt.Errorf("write the checkpoint: %w", err)
	}
	for old := n - 1; old > 0; old-- {
		if os.Remove(journalName(s.dir, old)) != nil {
			break
		}
	}
	return nil
}

// startJournal goes on in a new file.
func (s *Store) startJournal(n uint64) error {
	f, err := os.OpenFile(journalName(s.dir, n), os.O_CREATE|os.O_TRUNC|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("begin a journal: %w", err)
	}
	s.segment = n
	return s.journal.swap(f)
}

// image copies the trees, which costs nothing, and the undo journals. Under gate.
func (s *Store) image(n uint64) *image {
	im := &image{next: n, spaces: s.Namespaces()}
	for _, name := range im.spaces {
		for _, g := range s.space(name).list() {
			if !g.scratch {
				im.globals = append(im.globals, frozen{g.db, g.name, g.snapshot()})
			}
		}
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, p := range s.processes {
		for _, c := range p.undo {
			im.undo = append(im.undo, record{op: opUndo, txn: p.txn, db: c.g.db, name: c.g.name, key: c.key,
				had: c.had, val: c.old})
		}
	}
	return im
}

// save writes the image beside the old one and then puts it into its place.
func (im *image) save(dir string) error {
	temp := filepath.Join(dir, checkpointName+".new")
	f, err := os.OpenFile(temp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	err = im.write(f)
	if e := f.Sync(); err == nil {
		err = e
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(temp, filepath.Join(dir, checkpointName))
	}
	if err == nil {
		err = syncDir(dir)
	}
	return err
}

func (im *image) write(f *os.File) error {
	w := bufio.NewWriterSize(f, 1<<20)
	w.WriteString(checkpointMagic)
	w.Write(binary.LittleEndian.AppendUint64(nil, im.next))
	var buf []byte
	put := func(r record) {
		buf = appendRecord(buf[:0], r)
		w.Write(buf)
	}
	for _, name := range im.spaces {
		put(record{op: opNamespace, db: name})
	}
	for _, g := range im.globals {
		g.tree.Scan(func(n node) bool {
			put(record{op: opSet, db: g.db, name: g.name, key: n.key, val: n.val})
			return true
		})
	}
	for _, r := range im.undo {
		put(r)
	}
	put(record{op: opComplete})
	return w.Flush() // keeps the first error of the writes before
}
