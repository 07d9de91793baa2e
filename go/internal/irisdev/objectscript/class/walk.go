package class

import (
	"reflect"

	"iris-pgwire/internal/irisdev/objectscript/ast"
)

// walk visits every node of the tree below n, n itself first. visit says whether to go below. It goes by reflection, for it is
// needed only while a class is compiled.
func walk(n any, visit func(n any) bool) { walkValue(reflect.ValueOf(n), visit) }

var posType = reflect.TypeOf(ast.Pos{})

func walkValue(v reflect.Value, visit func(n any) bool) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return
		}
		if v.Kind() == reflect.Pointer && v.CanInterface() && !visit(v.Interface()) {
			return
		}
		walkValue(v.Elem(), visit)
	case reflect.Struct:
		if v.Type() == posType || v.Type().PkgPath() != reflect.TypeOf(ast.Block{}).PkgPath() {
			return
		}
		for i := range v.NumField() {
			walkValue(v.Field(i), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walkValue(v.Index(i), visit)
		}
	}
}
