package objectscript

import (
	"os"
	"strings"
	"testing"
)

// settingsTable prints the table of settings as Markdown.
const settingsTable = `do ##class(IrisPGWire.Settings).Table(.table) set key="" for { set key=$order(table(key),1,row) quit:key=""  ` +
	`set type=$listget(row),range=$case(type,"choice":$replace($listget(row,3),","," or "),"boolean":"1 or 0","integer":$listget(row,3)_" to "_$listget(row,4),"number":##class(IrisPGWire.Settings).Text($listget(row,3))_" to "_##class(IrisPGWire.Settings).Text($listget(row,4)),"address":"host:port","map":"JSON object",:type) ` +
	`write "| ` + "`" + `",key,"` + "`" + ` | ",##class(IrisPGWire.Settings).Text($listget(row,2))," | ",range," | ",$select($listget(row,5):"yes",1:"")," | ",$listget(row,6)," |",! }`

// The table is what the class says; PGWIRE_UPDATE=1 writes it anew.
func TestTheTableOfSettingsIsThatOfTheClass(t *testing.T) {
	const file = "../../objectscript/SETTINGS.md"
	w := bare(t)
	w.irisdev("load", "--dir", w.dir, "../../objectscript/IrisPGWire")
	want := `# The settings

` + "`do ##class(IrisPGWire.Config).Set(KEY, VALUE)`" + ` checks a value, and says in a third argument when it needs a restart.
` + "`service.*`" + ` concerns IRIS alone; the others are the keys of config.json.

| key | default | takes | at once | what for |
|---|---|---|---|---|
` + w.line(settingsTable) + "\n"
	if os.Getenv("PGWIRE_UPDATE") != "" {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got := read(t, file); got != want {
		t.Errorf("%s differs; PGWIRE_UPDATE=1 writes it anew\n%s", strings.TrimPrefix(file, "../../"), want)
	}
}
