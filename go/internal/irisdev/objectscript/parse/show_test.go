package parse_test

import (
	"fmt"
	"reflect"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/value"
)

// show writes a tree in few words: operators in parentheses, literals as they are, other nodes as Name{field:value}. Fields
// that are empty and positions are left out.
func show(x any) string {
	switch n := x.(type) {
	case *ast.Literal:
		if n.Value.Kind() == value.String {
			return fmt.Sprintf("%q", n.Value.Text())
		}
		return n.Value.Text()
	case *ast.Local:
		if n.Subs == nil {
			return n.Name
		}
		return n.Name + showAll(n.Subs)
	case *ast.Binary:
		not := ""
		if n.Not {
			not = "'"
		}
		return "(" + show(n.L) + " " + not + n.Op + " " + show(n.R) + ")"
	case *ast.Unary:
		return string(n.Op) + show(n.X)
	case *ast.Special:
		return n.Name
	case *ast.Self:
		return "self"
	case *ast.Func:
		return n.Name + showAll(n.Args)
	case ast.Arg:
		return showArg(n)
	case *string:
		return fmt.Sprintf("%q", *n)
	}
	return showNode(reflect.ValueOf(x))
}

func showArg(a ast.Arg) string {
	switch {
	case a.Omitted:
		return "-"
	case a.ByRef:
		return "." + show(a.X)
	case a.Variadic:
		return show(a.X) + "..."
	}
	return show(a.X)
}

func showAll[T any](list []T) string {
	parts := make([]string, len(list))
	for i, x := range list {
		parts[i] = show(x)
	}
	return "[" + strings.Join(parts, " ") + "]"
}

// showNode writes a node by its fields.
func showNode(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return "nil"
		}
		return show0(v.Elem())
	}
	return show0(v)
}

func show0(v reflect.Value) string {
	if !v.IsValid() {
		return "nil"
	}
	if v.Kind() != reflect.Struct {
		return fmt.Sprint(v.Interface())
	}
	var parts []string
	for i := range v.NumField() {
		f, name := v.Field(i), v.Type().Field(i).Name
		if name == "Pos" || name == "End" || f.IsZero() {
			continue
		}
		if name == "Post" {
			parts = append(parts, "if:"+show(f.Interface().(ast.Post).Cond))
			continue
		}
		parts = append(parts, strings.ToLower(name)+":"+showField(f))
	}
	return v.Type().Name() + "{" + strings.Join(parts, " ") + "}"
}

func showField(f reflect.Value) string {
	switch f.Kind() {
	case reflect.Slice:
		parts := make([]string, f.Len())
		for i := range parts {
			parts[i] = showField(f.Index(i))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case reflect.Uint8:
		return string(rune(f.Uint()))
	case reflect.Int:
		return fmt.Sprint(f.Int())
	case reflect.Bool:
		return "yes"
	case reflect.Pointer:
		if _, ok := f.Interface().(*string); ok {
			return show(f.Interface())
		}
	}
	return show(f.Interface())
}
