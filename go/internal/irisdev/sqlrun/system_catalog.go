package sqlrun

import "strings"

// The schemas of the system views.
const (
	informationSchema = "INFORMATION_SCHEMA"
	dictionarySchema  = "%Dictionary"
)

// systemViews are all system views, by schema and name in upper case. They list themselves, which a plain initializer
// could not say.
var systemViews map[string]*systemView

func init() {
	systemViews = map[string]*systemView{}
	for _, v := range append(informationViews(), dictionaryViews()...) {
		systemViews[systemKey(v.def.Schema, v.def.Name)] = v
	}
}

func systemKey(schema, name string) string { return strings.ToUpper(schema + "." + name) }

// isSystemSchema reports the schemas that belong to the system: no DDL there (-300).
func isSystemSchema(schema string) bool {
	return strings.HasPrefix(schema, "%") || strings.EqualFold(schema, informationSchema) || strings.EqualFold(schema, "IRIS_Shard")
}

// systemViewOf finds a system view, letter case aside; nil if there is none of the name.
func systemViewOf(schema, name string) *systemView { return systemViews[systemKey(schema, name)] }

// systemTable gives the definition of a system view; nil if there is none of the name.
func systemTable(schema, name string) *tableDef {
	if v := systemViewOf(schema, name); v != nil {
		return v.def
	}
	return nil
}
