package lib

import (
	"testing"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/store/storetest"
)

// memory makes a store in memory with a process in USER.
func memory(t *testing.T) *store.Process {
	t.Helper()
	s := storetest.Memory(t)
	p, err := s.NewProcess("USER")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.End(); err != nil {
			t.Error(err)
		}
	})
	return p
}

func TestEveryClassOfTheLibraryCompiles(t *testing.T) {
	library := Library()
	d := class.NewDictionary(library)
	p := memory(t)
	if len(library.Classes()) < 50 {
		t.Errorf("only %d classes", len(library.Classes()))
	}
	for _, name := range library.Classes() {
		for _, problem := range d.CheckLibrary(p, name) {
			t.Errorf("%s: %v", name, problem)
		}
	}
}

func TestEveryNativeMethodHasABodyAndEveryBodyAMethod(t *testing.T) {
	library := Library()
	d := class.NewDictionary(library)
	p := memory(t)
	bodies := Natives()
	for _, name := range library.Classes() {
		def, err := d.Definition(p, "%SYS", name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range def.Methods {
			if m.Keywords["language"] != "native" {
				continue
			}
			key := name + ":" + m.Name
			if bodies[key] == nil {
				t.Errorf("%s has no body", key)
			}
			delete(bodies, key)
		}
	}
	for key := range bodies {
		t.Errorf("%s is the body of no method", key)
	}
}
