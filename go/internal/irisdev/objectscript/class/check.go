package class

import (
	"fmt"
	"slices"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
)

// check looks for what the class compiler refuses in code that parses: a member that is there twice, a value for QUIT inside a loop
// or TRY, NEW of a private variable, a member of .. that the class does not have.
func check(c *Class) Problems {
	wrong := sameNames(c)
	for _, name := range sortedKeys(c.Methods) {
		m := c.Methods[name]
		generated := m.Generator != nil && m.Body != nil
		if m.Body == nil || m.Property != nil || m.Origin != c && !generated {
			continue
		}
		k := &checker{c: c, m: m}
		k.block(m.Body, false)
		wrong = append(wrong, k.wrong...)
	}
	return wrong
}

// sameNames finds members of a kind that have one name, or two that differ in case alone: case matters when a name is used, but not
// for its uniqueness (IRIS docs, "Rules and Guidelines for Identifiers").
func sameNames(c *Class) Problems {
	var wrong Problems
	seen := map[string]string{}
	add := func(kind, name string) {
		key := kind + " " + strings.ToLower(name)
		if first, ok := seen[key]; ok {
			wrong = append(wrong, &Problem{Code: 5475, Where: c.Name + ".cls", Text: fmt.Sprintf("%s '%s' is there as '%s' already", kind, name, first)})
		}
		seen[key] = name
	}
	for _, m := range c.Def.Methods {
		add("Method", m.Name)
	}
	for _, m := range c.Def.Properties {
		add("Property", m.Name)
	}
	for _, m := range c.Def.Parameters {
		add("Parameter", m.Name)
	}
	return wrong
}

type checker struct {
	c     *Class
	m     *Method
	wrong Problems
}

func (k *checker) fail(pos ast.Pos, form string, args ...any) {
	line := pos.Line - k.m.Def.BodyLine + 1
	if k.m.Generator != nil {
		line = pos.Line
	}
	k.wrong = append(k.wrong, &Problem{Code: 5475, Where: fmt.Sprintf("%s.cls(%s+%d)", k.m.Origin.Name, k.m.Def.Name, line),
		Text: fmt.Sprintf(form, args...)})
}

// block checks a block; inner is inside a loop or TRY, where QUIT leaves that and can have no value.
func (k *checker) block(b *ast.Block, inner bool) {
	if b == nil {
		return
	}
	for _, l := range b.Lines {
		if l.Label != nil && l.Label.Body != nil {
			k.block(l.Label.Body, false)
		}
		k.commands(l.Commands, inner)
	}
}

func (k *checker) commands(list []ast.Command, inner bool) {
	for _, cmd := range list {
		switch x := cmd.(type) {
		case *ast.Quit:
			if inner && x.Value != nil {
				k.fail(x.Pos, "#1043: QUIT argument not allowed")
			}
			k.expressions(x)
		case *ast.If:
			for _, br := range x.Branches {
				k.expressions(br.Conds)
				k.block(br.Body, inner)
			}
			k.block(x.Else, inner)
		case *ast.IfLine:
			k.expressions(x.Conds)
			k.commands(x.Rest, inner)
		case *ast.ElseLine:
			k.commands(x.Rest, inner)
		case *ast.For:
			k.expressions(x.Ranges)
			k.block(x.Body, true)
		case *ast.While:
			k.expressions(x.Conds)
			k.block(x.Body, true)
		case *ast.DoWhile:
			k.block(x.Body, true)
			k.expressions(x.Conds)
		case *ast.Try:
			k.block(x.Body, true)
			k.block(x.Catch, true)
		case *ast.Do:
			k.expressions(x.Calls)
			k.block(x.Block, false)
		case *ast.New:
			k.newCommand(x)
		default:
			k.expressions(cmd)
		}
	}
}

// newCommand refuses NEW of a variable that is private to the method (IRIS docs, "NEW": procedure blocks).
func (k *checker) newCommand(x *ast.New) {
	if k.m.Def.Keywords["procedureblock"] == "0" || k.c.Def.Keywords["procedureblock"] == "0" {
		return
	}
	if x.Exclusive || len(x.Items) == 0 {
		return
	}
	public := splitNames(k.m.Def.Keywords["publiclist"])
	for _, it := range x.Items {
		l, ok := it.(*ast.Local)
		if !ok || strings.HasPrefix(l.Name, "%") || slices.Contains(public, l.Name) {
			continue
		}
		k.fail(l.Pos, "#1038: Private variable not allowed : '%s'", l.Name)
	}
}

// expressions checks what is said of .. and its parameters.
func (k *checker) expressions(n any) {
	walk(n, func(n any) bool {
		switch x := n.(type) {
		case *ast.Method:
			if isSelf(x.Obj) && !k.hasMethod(x.Name) {
				k.fail(x.Pos, "MPP5376 : Method '%s' does not exist in class '%s'", x.Name, k.c.Name)
			}
		case *ast.Prop:
			if isSelf(x.Obj) && !k.hasProperty(x.Name) {
				k.fail(x.Pos, "MPP5376 : Property '%s' does not exist in class '%s'", x.Name, k.c.Name)
			}
		case *ast.Param:
			if isSelf(x.Obj) && k.c.Parameters[x.Name] == nil {
				k.fail(x.Pos, "MPP5376 : Parameter '%s' does not exist in class '%s'", x.Name, k.c.Name)
			}
		}
		return true
	})
}

func isSelf(x ast.Expr) bool {
	switch x.(type) {
	case ast.Self, *ast.Self:
		return true
	}
	return false
}

func (k *checker) hasProperty(name string) bool {
	return k.c.Properties[name] != nil || k.c.Methods[name] != nil || k.c.Methods["%DispatchGetProperty"] != nil &&
		k.c.Methods["%DispatchGetProperty"].Origin.Name != "%Library.RegisteredObject" || builtInProperty(name)
}

func (k *checker) hasMethod(name string) bool {
	if k.c.Methods[name] != nil || k.c.Properties[name] != nil {
		return true
	}
	for _, d := range []string{"%DispatchMethod", "%DispatchClassMethod"} {
		if m := k.c.Methods[d]; m != nil && m.Origin.Name != "%Library.RegisteredObject" {
			return true
		}
	}
	return k.derived(name)
}

// derived reports a method that the compiler makes of another member: of a property, query or index.
func (k *checker) derived(name string) bool {
	for p := range k.c.Properties {
		if rest, ok := strings.CutPrefix(name, p); ok && slices.Contains(propertySuffixes, rest) {
			return true
		}
	}
	for q := range k.c.Queries {
		if rest, ok := strings.CutPrefix(name, q); ok && slices.Contains(querySuffixes, rest) {
			return true
		}
	}
	for _, a := range k.c.Chain {
		for _, o := range a.Def.Others {
			if rest, ok := strings.CutPrefix(name, o.Name); ok && o.Kind == "Index" && slices.Contains(indexSuffixes, rest) {
				return true
			}
		}
	}
	return false
}

// The members that the class compiler derives (IRIS docs, "Property Methods"; "Class Queries"; "Index: methods").
var (
	propertySuffixes = []string{"Get", "Set", "IsValid", "GetObject", "SetObject", "GetObjectId", "SetObjectId", "NewObject",
		"GetStored", "Open", "Delete", "GetSwizzled", "IsModified", "SetModified", "GetAt", "SetAt", "Count", "Insert",
		"InsertAt", "RemoveAt", "BuildValueArray", "Compute", "LogicalToDisplay", "DisplayToLogical", "LogicalToOdbc",
		"OdbcToLogical", "Normalize", "LogicalToXSD", "XSDToLogical", "LogicalToJSON", "JSONToLogical", "SQLCompute",
		"LogicalToStorage", "StorageToLogical", "BitFlag"}
	querySuffixes = []string{"Func", "Execute", "Fetch", "Close", "FetchRows", "GetInfo", "GetODBCInfo", "Prepare", "Send"}
	indexSuffixes = []string{"Exists", "Open", "Delete", "SQLExists", "Check"}
)

// builtInProperty reports what an object has without declaring it.
func builtInProperty(name string) bool { return name == "%%OID" }
