package superserver

import (
	"context"
	"strings"

	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// newSystemClasses gives the class methods of IRIS's own that drivers and dialects were seen to call when they connect:
// those of %SYSTEM.Version (IRIS class reference), for a server whose version text is version. Everything else is
// <CLASS DOES NOT EXIST>, <METHOD DOES NOT EXIST> or, with arguments too many, <PARAMETER>.
func newSystemClasses(version string) Classes {
	text, _, _ := strings.Cut(version, "|") // without the installation's folder: $ZVERSION
	_, number, _ := strings.Cut(text, "Version ")
	number, _, _ = strings.Cut(number, " ")
	return systemClasses{"%SYSTEM.Version": {"GetVersion": value.Text(text), "GetNumber": value.Text(number)}}
}

// systemClasses has by class and method what a method without parameters returns.
type systemClasses map[string]map[string]value.Value

// Call implements Classes.
func (s systemClasses) Call(_ context.Context, _ *store.Process, class, method string, args []value.Item) (value.Item, error) {
	methods, ok := s[class]
	if !ok {
		return value.Item{}, &store.Error{Name: noClass, Detail: class}
	}
	v, ok := methods[method]
	switch {
	case !ok:
		return value.Item{}, &store.Error{Name: "METHOD DOES NOT EXIST", Detail: method + "," + class}
	case len(args) > 0:
		return value.Item{}, &store.Error{Name: "PARAMETER"}
	}
	return value.Item{Value: v}, nil
}
