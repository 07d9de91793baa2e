package zpm

import (
	"sort"
	"strings"
)

// document is a resource that is loaded into the namespace and compiled: what its processor begins with.
type document struct {
	extension string // of its files
	folders   []string
	directory bool // a folder of files
}

// documents are the processors for documents, by the ending of the resource's name.
var documents = map[string]document{
	"PKG": {"", []string{"cls", ""}, true},
	"CLS": {"cls", []string{"cls", ""}, false},
	"INC": {"inc", []string{"inc", ""}, false},
	"MAC": {"mac", []string{"rtn", "mac", ""}, false},
}

// processor does what a kind of resource does in phases. A nil step does nothing.
type processor struct {
	before, after func(*manager, *record, *Resource, string, params) error
	compile       func(*manager, *record, *Resource, params) error
	clean         func(*manager, *record, *Resource, params) error // nil leaves it to the documents' deletion
}

// processors are those that are named, without their package.
var processors = map[string]processor{
	"FileCopy":       {before: (*manager).copyEarly, after: (*manager).copyLate, clean: (*manager).deleteCopy},
	"UnitTest":       {}, // nothing of it happens in the phases that there are
	"Test":           {},
	"WebApplication": {before: (*manager).webBefore},
	"CSPApplication": {before: (*manager).cspBefore, after: (*manager).cspAfter},
	"SystemSetting":  {compile: (*manager).systemSetting},
}

// processorClass is the processor by its name, also that of a document.
func (res *Resource) processorClass() string {
	if res.Processor != "" || !res.isDocument() {
		return res.Processor
	}
	return "Default." + map[string]string{"PKG": "Package", "CLS": "Class", "INC": "Include", "MAC": "Routine"}[res.ending()]
}

// ending is the type of a document: PKG, CLS …; "" for files.
func (res *Resource) ending() string {
	if strings.HasPrefix(res.Name, "/") {
		return ""
	}
	i := strings.LastIndexByte(res.Name, '.')
	return strings.ToUpper(res.Name[i+1:])
}

// base is the name of a document without its ending.
func (res *Resource) base() string {
	i := strings.LastIndexByte(res.Name, '.')
	if i < 0 {
		return res.Name
	}
	return res.Name[:i]
}

// isDocument reports a resource that has no processor of its own and is loaded.
func (res *Resource) isDocument() bool {
	_, ok := documents[res.ending()]
	return ok && res.Processor == ""
}

// processor finds what works on a resource; one that IPM has and the development IRIS has not is an error.
func (m *manager) processor(res *Resource) (processor, error) {
	name := strings.TrimPrefix(res.Processor, m.rules.processors)
	if name == "" {
		if res.isDocument() || strings.HasPrefix(res.Name, "/") {
			return processor{}, nil
		}
		return processor{}, notBuilt("the resource " + res.Name)
	}
	p, ok := processors[name]
	if !ok || name == "WebApplication" && !m.rules.initialize {
		return processor{}, notBuilt("the resource processor " + res.Processor + " of " + res.Name)
	}
	return p, nil
}

// ordered gives the resources in the order of their processing: in the newer line documents by name come first.
func (m *manager) ordered(r *record) []*Resource {
	if !m.rules.initialize {
		return r.Resources
	}
	var docs, others []*Resource
	for _, res := range r.Resources {
		if res.isDocument() {
			docs = append(docs, res)
		} else {
			others = append(others, res)
		}
	}
	sort.SliceStable(docs, func(a, b int) bool { return docs[a].base() < docs[b].base() })
	return append(docs, others...)
}

// inScope reports that a resource takes part: those for tests do not, as no phase of tests is run.
func (res *Resource) inScope() bool { return res.Scope == "" }

func (m *manager) before(r *record, res *Resource, phase string, q params) error {
	if !res.inScope() {
		return nil
	}
	p, err := m.processor(res)
	if err != nil || p.before == nil {
		return err
	}
	return p.before(m, r, res, phase, q)
}

func (m *manager) after(r *record, res *Resource, phase string, q params) error {
	if !res.inScope() {
		return nil
	}
	p, err := m.processor(res)
	if err != nil || p.after == nil {
		return err
	}
	return p.after(m, r, res, phase, q)
}
