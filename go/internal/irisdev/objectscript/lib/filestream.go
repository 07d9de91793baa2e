package lib

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// fileState is what a file stream knows of its file.
type fileState struct {
	name   string // absolute; empty until one is given
	linked bool   // its contents are wanted
	loaded bool
}

// load reads the file that the stream was linked to.
func (s *stream) load(p *run.Process, o *run.Object) error {
	f := s.file
	if !f.linked || f.loaded {
		return nil
	}
	f.loaded = true
	data, err := os.ReadFile(f.name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		data, err = unzip(o, data)
	}
	if err != nil {
		return fault.New("NOTOPEN", "")
	}
	text := value.FromLatin1(data)
	if !s.binary {
		if text, err = decode(data, p.GetRaw(o, "TranslateTable").Text()); err != nil {
			return err
		}
	}
	s.data = value.Units(text)
	return nil
}

// fileBytes gives the bytes of a file that a binary stream was linked to and has not touched; large files are read by programs
// that only want their checksum.
func fileBytes(o *run.Object) ([]byte, bool) {
	s, ok := o.Native.(*stream)
	if !ok || s.file == nil || !s.binary || !s.file.linked || s.file.loaded || o.Class.Is(gzipClass) {
		return nil, false
	}
	data, err := os.ReadFile(s.file.name)
	return data, err == nil
}

// encode gives the bytes that the file is to have.
func (s *stream) encode(p *run.Process, o *run.Object) []byte {
	text := value.FromUnits(s.data)
	table := strings.ToUpper(p.GetRaw(o, "TranslateTable").Text())
	if s.binary || table == "RAW" || table == "LATIN1" {
		if b, ok := bytesOf(text); ok {
			return b
		}
	}
	return []byte(text)
}

// use makes the stream that of a file.
func (s *stream) use(p *run.Process, name string, linked bool) {
	s.file.name, s.file.linked, s.file.loaded = normal(p, name), linked, false
	s.data, s.pos, s.writing, s.changed = nil, 0, false, false
	s.id = s.file.name
}

// fileMethod is method without reading the file first.
func fileMethod(do func(p *run.Process, c *run.Call, s *stream) (run.Value, error)) run.Native {
	return func(p *run.Process, c *run.Call) (run.Value, error) {
		s, ok := c.Self.Native.(*stream)
		if !ok {
			var err error
			if s, err = streamOf(p, c.Self); err != nil {
				return run.Value{}, err
			}
		}
		return do(p, c, s)
	}
}

var fileStreamNatives = run.Natives{
	"%Stream.FileBinary:LinkToFile": fileMethod(func(p *run.Process, c *run.Call, s *stream) (run.Value, error) {
		if c.Text(0) == "" {
			return Status(5006, ""), nil
		}
		if st, err := os.Stat(filepath.Dir(normal(p, c.Text(0)))); err != nil || !st.IsDir() {
			return Status(5006, c.Text(0)), nil
		}
		s.use(p, c.Text(0), true)
		return good, nil
	}),
	// A name that is set is where %Save writes; a file that is there is read, as with LinkToFile.
	"%Stream.FileBinary:FilenameSet": fileMethod(func(p *run.Process, c *run.Call, s *stream) (run.Value, error) {
		if s.file.name == "" && s.changed {
			s.file.name = normal(p, c.Text(0))
			return good, nil
		}
		s.use(p, c.Text(0), true)
		return good, nil
	}),
	"%Stream.FileBinary:FilenameGet": fileMethod(func(_ *run.Process, _ *run.Call, s *stream) (run.Value, error) {
		return run.Text(s.file.name), nil
	}),
	"%Stream.FileBinary:%OnClose": func(p *run.Process, c *run.Call) (run.Value, error) {
		s, ok := c.Self.Native.(*stream)
		if ok && s.file.name != "" && p.GetRaw(c.Self, "RemoveOnClose").Truth() {
			if err := os.Remove(s.file.name); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return Status(5019, s.file.name), nil
			}
		}
		return good, nil
	},
}

// saveStream writes a file in one step: a new file in the same directory gets its name. A global stream is kept in a global.
func saveStream(p *run.Process, c *run.Call, s *stream) (run.Value, error) {
	if s.file == nil {
		return saveGlobal(p, c, s)
	}
	if s.file.name == "" {
		f, err := os.CreateTemp("", "iris-*.stream")
		if err != nil {
			return Status(5001, err.Error()), nil
		}
		s.file.name = f.Name()
		s.id = s.file.name
		if err := f.Close(); err != nil {
			return Status(5001, err.Error()), nil
		}
		s.changed = true
	}
	if !s.changed {
		return good, nil
	}
	data, err := zip(c.Self, s.encode(p, c.Self))
	if err != nil {
		return Status(5001, err.Error()), nil
	}
	if err := replaceFile(s.file.name, data, 0o666&^umask(p)); err != nil {
		return Status(5001, "Cannot write to file '"+s.file.name+"': "+err.Error()), nil
	}
	s.file.linked, s.file.loaded, s.changed = true, true, false
	return good, nil
}

func replaceFile(name string, data []byte, mode fs.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".iris-*")
	if err != nil {
		return err
	}
	temp := f.Name()
	_, err = f.Write(data)
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Chmod(temp, mode)
	}
	if err == nil {
		err = os.Rename(temp, name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	return nil
}

func lastModified(_ *run.Process, _ *run.Call, s *stream) (run.Value, error) {
	if s.file == nil {
		return run.Value{}, nil
	}
	st, err := os.Stat(s.file.name)
	if err != nil {
		return run.Value{}, nil
	}
	return run.Text(st.ModTime().Local().Format(time.DateTime)), nil
}

// streamGlobal keeps the streams that were saved: ^IRIS.Stream(id,part).
const streamGlobal = "IRIS.Stream"

// streamPart is how many characters a node of it has.
const streamPart = 32000

// global is where a saved stream is.
func (s *stream) global() store.Ref {
	if s.kept != "" {
		return store.At(s.kept)
	}
	return store.At(streamGlobal)
}

// oidParts are the id and the global of a stream's oid: a list of id, class and global, or the id alone.
func oidParts(v run.Value) (id, class, global string) {
	items, err := value.ListItems(v.Value)
	if err != nil || len(items) < 2 {
		return v.Text(), "", ""
	}
	if len(items) > 2 {
		global = strings.TrimPrefix(items[2].Text(), "^")
	}
	return items[0].Text(), items[1].Text(), global
}

// saveGlobal keeps a stream in the global. A stream in memory only has nothing to save.
func saveGlobal(p *run.Process, c *run.Call, s *stream) (run.Value, error) {
	if !c.Self.Class.Is("%Stream.GlobalCharacter") {
		s.changed = false
		return good, nil
	}
	if s.id == "" {
		s.kept = strings.TrimPrefix(p.GetRaw(c.Self, "%Location").Text(), "^")
		n, err := p.Store().Increment(s.global(), value.Int(1))
		if err != nil {
			return run.Value{}, err
		}
		s.id = n.Text()
	}
	at := s.global().Sub(value.Text(s.id))
	if err := p.Store().Kill(at); err != nil {
		return run.Value{}, err
	}
	parts := 0
	for from := 0; from < len(s.data); from += streamPart {
		parts++
		text := value.FromUnits(s.data[from:min(from+streamPart, len(s.data))])
		if err := p.Store().Set(at.Sub(value.Int(int64(parts))), value.Text(text)); err != nil {
			return run.Value{}, err
		}
	}
	s.changed = false
	return good, p.Store().Set(at, value.Int(int64(parts)))
}

// openStream opens a stream by its id, or by a list of id and class.
func openStream(p *run.Process, c *run.Call) (run.Value, error) {
	id, name, global := oidParts(c.Arg(0))
	cls := c.Class
	if name != "" {
		var err error
		if cls, err = p.Class(name); err != nil {
			return run.Value{}, err
		}
	}
	o, err := p.NewObject(cls)
	if err != nil {
		return run.Value{}, err
	}
	s, err := streamOf(p, o)
	if err != nil {
		return run.Value{}, err
	}
	if s.file != nil {
		s.use(p, id, true)
		return run.Ref(o), nil
	}
	s.kept = global
	if global != "" {
		p.SetRaw(o, "%Location", run.Text("^"+global))
	}
	at := s.global().Sub(value.Text(id))
	n, ok := p.Store().Get(at)
	if !ok {
		set(p, c, 2, Status(5809, cls.Name, id))
		return run.Value{}, nil
	}
	parts, _ := n.Integer()
	for i := int64(1); i <= parts; i++ {
		v, _ := p.Store().Get(at.Sub(value.Int(i)))
		s.data = append(s.data, value.Units(v.Text())...)
	}
	s.id = id
	set(p, c, 2, good)
	return run.Ref(o), nil
}

func existsStream(p *run.Process, c *run.Call) (run.Value, error) {
	if c.Class.Is("%Stream.FileBinary") {
		_, err := os.Stat(normal(p, c.Text(0)))
		return run.Bool(err == nil), nil
	}
	id, _, global := oidParts(c.Arg(0))
	_, ok := p.Store().Get((&stream{kept: global}).global().Sub(value.Text(id)))
	return run.Bool(ok), nil
}

func deleteStream(p *run.Process, c *run.Call) (run.Value, error) {
	if c.Class.Is("%Stream.FileBinary") {
		if err := os.Remove(normal(p, c.Text(0))); err != nil {
			return Status(5019, c.Text(0)), nil
		}
		return good, nil
	}
	id, _, global := oidParts(c.Arg(0))
	return good, p.Store().Kill((&stream{kept: global}).global().Sub(value.Text(id)))
}
