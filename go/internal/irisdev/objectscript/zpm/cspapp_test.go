package zpm

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// application reads a property of a web application, "" for one that is not there.
func (w *world) application(url, property string) string {
	w.t.Helper()
	return w.value(`zn "%SYS" do ##class(Security.Applications).Get("` + url + `",.p) write $get(p("` + property + `"))`)
}

func TestWhatACSPApplicationSays(t *testing.T) {
	cases := []struct{ attributes, property, want string }{
		{`Url="/Demo"`, "NameSpace", "USER"}, // lower case
		{`Url="/demo" UseSessionCookie="2"`, "UseCookies", "2"},
		{`Url="/demo" CookiePath="/Demo/"`, "UseCookies", "1"},
		{`Url="/demo" CookiePath="/Demo/"`, "CookiePath", "/demo/"},
		{`Url="/demo" CookiePath="/"`, "UseCookies", "2"},
		{`Url="/demo" UseCookies="0" CookiePath="/demo"`, "UseCookies", "1"}, // no attribute of its own
		{`Url="/demo" DefaultTimeout="60"`, "Timeout", "60"},
		{`Url="/demo" ServeFiles="1" ServeFilesTimeout="9"`, "ServeFiles", "2"},
		{`Url="/demo" MatchRoles=":{$dbrole}"`, "MatchRoles", ":%DB_USER"},
		{`Url="/demo" MatchRoles=":${dbrole}:%All"`, "MatchRoles", ":%DB_USER:%All"},
		{`Url="/demo" MatchRoles=":NoSuchRole:%All"`, "MatchRoles", "::%All"},
		{`Url="/demo" PasswordAuthEnabled="1" LoginTokenEnabled="1"`, "AutheEnabled", "16416"},
		{`Url="/demo" AuthenticationMethods="4"`, "AutheEnabled", "64"}, // not read: what an application begins with
		{`Url="/demo" Resource="%Development"`, "Resource", "%Development"},
	}
	both(t, func(t *testing.T, w *world) {
		for _, c := range cases {
			w.must("load " + w.dir(files{"module.xml": manifest("demo", "1.0.0", "<CSPApplication DispatchClass=\"A.B\" "+c.attributes+"/>")}))
			if got := w.application("/demo", c.property); got != c.want {
				t.Errorf("%s: %s is %q, want %q", c.attributes, c.property, got, c.want)
			}
			w.must("uninstall demo")
		}
	})
}

func TestWhatACSPApplicationCannotBe(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		for attributes, want := range map[string]string{
			`Name="/web"`:                            "Url",
			`Url="/demo" MatchRoles=":NoSuchRole"`:   "Missing role :NoSuchRole",
			`Url="/demo" WSGIAppName="app"`:          "does not have this of IPM: the attribute WSGIAppName",
			`Url="/demo" Directory="/dev/null/here"`: "copying directory",
		} {
			w.fails("load "+w.dir(files{"module.xml": manifest("demo", "1.0.0", "<CSPApplication "+attributes+"/>")}), want)
		}
	})
}

func TestFilesOfACSPApplicationAreCopied(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		parts := `<CSPApplication Url="/demo" Path="/web" Directory="${cspdir}demo"/>`
		dir := w.dir(files{"module.xml": manifest("demo", "1.0.0", parts), "web/sub/index.html": "one"})
		w.must("load " + dir)
		target := filepath.Join(filepath.Dir(filepath.Clean(w.sys.Dir)), "csp", "demo")
		if got := w.application("/demo", "Path"); got != target+"/" {
			t.Errorf("the application's directory is %s", got)
		}
		if err := os.WriteFile(filepath.Join(target, "stranger"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		w.must("load " + dir)
		if got := strings.TrimSpace(listing(t, target)); !strings.Contains(got, "sub/index.html") || strings.Contains(got, "stranger") {
			t.Errorf("after a second load: %s", got)
		}
		w.must("uninstall demo")
		if got := w.application("/demo", "Path"); got != "" {
			t.Error("the application is still there")
		}
	})
}

func TestWithoutADirectoryTheModulesFolderIsTheApplications(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		dir := w.dir(files{"module.xml": manifest("demo", "1.0.0", `<CSPApplication Url="/demo" SourcePath="/web"/>`), "web/index.html": "one"})
		w.must("load " + dir)
		if got := w.application("/demo", "Path"); got != filepath.Join(dir, "web")+"/" {
			t.Errorf("the application's directory is %s", got)
		}
	})
}
