package lib

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/objectscript/run"
)

// TestTheProductsClassesCompile loads the classes that the product brings to IRIS.
func TestTheProductsClassesCompile(t *testing.T) {
	sys := instance(t)
	p, err := sys.NewProcess(run.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.End()
	d := dictionary(p)
	byNamespace := map[string][]string{}
	root := filepath.Join("..", "..", "..", "..", "..", "objectscript")
	err = filepath.WalkDir(root, func(file string, e fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(file) != ".cls" {
			return err
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		item, err := d.LoadText(p.Store(), "USER", file, string(data))
		if err != nil {
			t.Errorf("%s: %v", file, err)
			return nil
		}
		name, _ := splitItem(item)
		ns := "USER"
		if strings.HasPrefix(name, "%") {
			ns = "%SYS"
		}
		byNamespace[ns] = append(byNamespace[ns], name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(byNamespace["USER"]) < 5 {
		t.Errorf("only %v", byNamespace)
	}
	for _, ns := range []string{"%SYS", "USER"} {
		for name, wrong := range d.Compile(p, ns, byNamespace[ns], nil) {
			t.Errorf("%s: %v", name, wrong)
		}
	}
	expect(t, sys,
		`write ##class(%zPGWire.Account).Renew(.user,.password)," ",user`, "1 IrisPGWire",
		`write $SYSTEM.Security.CheckUserPermission(user,"%Native_Concurrency","USE"),$SYSTEM.Security.CheckUserPermission(user,"%Admin_Secure","USE"),$SYSTEM.Security.CheckUserPermission(user,"%DB_USER","READ")`, "100",
		`write ##class(%zPGWire.Account).Renew(.user,.again)," ",again=password," ",$SYSTEM.Security.Login(user,password),$SYSTEM.Security.Login(user,again)`, "1 0 01",
		`write $username," ",$roles," ",+##class(%zPGWire.Account).Renew(.user,.password)`, "IrisPGWire IrisPGWire 0")
}
