package store

import (
	"fmt"
	"strings"

	"iris-pgwire/internal/irisdev/value"
)

// maxKey is the longest encoded global reference, subscripts only (IRIS docs, "Maximum Length of a Global Reference").
const maxKey = 511

// Ref names a node: ^Global(Subs…). A caret in front of the name may be given or left out.
type Ref struct {
	Global string
	Subs   []value.Value
}

// At makes a Ref.
func At(global string, subs ...value.Value) Ref { return Ref{Global: global, Subs: subs} }

// Sub is the node below r with more subscripts.
func (r Ref) Sub(subs ...value.Value) Ref {
	return Ref{r.Global, append(r.Subs[:len(r.Subs):len(r.Subs)], subs...)}
}

// String writes the reference as ObjectScript does.
func (r Ref) String() string {
	var b strings.Builder
	b.WriteString("^" + r.name())
	for i, s := range r.Subs {
		b.WriteByte("(,"[min(i, 1)])
		if s.Kind() == value.Number || s.Kind() == value.Double {
			b.WriteString(s.Text())
		} else {
			b.WriteString(`"` + strings.ReplaceAll(s.Text(), `"`, `""`) + `"`)
		}
	}
	if len(r.Subs) > 0 {
		b.WriteByte(')')
	}
	return b.String()
}

func (r Ref) name() string { return strings.TrimPrefix(r.Global, "^") }

// key encodes the subscripts.
func (r Ref) key() (string, error) { return encodeKey(r, r.Subs) }

func encodeKey(r Ref, subs []value.Value) (string, error) {
	var room [64]byte
	buf := room[:0]
	for _, s := range subs {
		var err error
		if buf, err = value.AppendKey(buf, s); err != nil {
			return "", &Error{Name: "SUBSCRIPT", Detail: r.String()}
		}
	}
	if len(buf) > maxKey {
		return "", &Error{Name: "SUBSCRIPT", Detail: "^" + r.name()}
	}
	return string(buf), nil
}

// checkName refuses what is no name of a global.
func (r Ref) checkName() error {
	name := r.name()
	for i := 0; i < len(name); i++ {
		c := name[i]
		letter := c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= 0x80
		if letter || i == 0 && c == '%' || i > 0 && (c >= '0' && c <= '9' || c == '.' && i < len(name)-1) {
			continue
		}
		return &Error{Name: "SYNTAX", Detail: fmt.Sprintf("global name %q", name)}
	}
	if name == "" {
		return &Error{Name: "SYNTAX", Detail: "no global name"}
	}
	return nil
}

// isScratch tells the globals that IRIS maps to its database of temporary data: not journaled, not rolled back, empty
// after a start (IRIS docs, "Temporary Globals and the IRISTEMP Database").
func isScratch(name string) bool {
	return strings.HasPrefix(name, "IRIS.Temp") || strings.HasPrefix(name, "mtemp") || strings.HasPrefix(name, "CacheTemp")
}
