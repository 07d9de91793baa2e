package zpm

import (
	"strconv"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/run"
)

// authentication are the bits of AutheEnabled (Security.Applications).
var authentication = map[string]int{"KerberosAuthEnabled": 4, "PasswordAuthEnabled": 32, "UnauthenticatedEnabled": 64,
	"DelegatedAuthEnabled": 8192, "LoginTokenEnabled": 16384}

// cspSame are the attributes of CSPApplication that the application has under the same name.
var cspSame = []string{"AutoCompile", "CSPZENEnabled", "CSRFToken", "ChangePasswordPage", "DeepSeeEnabled", "Description", "DispatchClass",
	"Enabled", "EventClass", "GroupById", "JWTAccessTokenTimeout", "JWTAuthEnabled", "JWTRefreshTokenTimeout", "LockCSPName",
	"PermittedClasses", "Recurse", "Resource", "ServeFiles", "ServeFilesTimeout", "SessionScope", "TwoFactorEnabled", "UserCookieScope",
	"iKnowEnabled"}

// cspOther are those that it has under another name.
var cspOther = map[string]string{"CustomErrorPage": "ErrorPage", "DefaultSuperclass": "SuperClass", "DefaultTimeout": "Timeout",
	"InboundWebServicesEnabled": "InbndWebServicesEnabled", "IsNamespaceDefault": "IsNameSpaceDefault", "LoginClass": "LoginPage",
	"PackageName": "Package", "UseSessionCookie": "UseCookies"}

// cspRefused are those that the development IRIS's applications do not have. What is in none of the lists IPM does not read.
var cspRefused = []string{"RedirectEmptyPath", "WSGIAppLocation", "WSGIAppName", "WSGICallable", "WSGIDebug", "WSGIType"}

// cspApp is one CSPApplication: what it is called, its properties, and the folder of the module that is copied to directory.
type cspApp struct {
	url               string
	props             map[string]string
	source, directory string // directory is "" if nothing is copied
}

// cspBefore makes the application, with a copy of its files, and deletes it. The older line does so at Configure and Unconfigure
// alone. The files stay when the application goes: what IRIS does to them then is not documented.
func (m *manager) cspBefore(r *record, res *Resource, phase string, q params) error {
	makes := phase == "Configure" || phase == "Activate" && m.rules.initialize
	if !makes && phase != "Unconfigure" && (phase != "Clean" || !m.rules.initialize) {
		return nil
	}
	app, err := m.cspOf(r, res, q)
	if err != nil {
		return err
	}
	if err := m.application(app.url, phase, app.props, q); err != nil || !makes {
		return err
	}
	return m.copyWeb(app)
}

// cspAfter copies the files once more after Reload, to a directory that is there already.
func (m *manager) cspAfter(r *record, res *Resource, phase string, q params) error {
	if phase != "Reload" {
		return nil
	}
	app, err := m.cspOf(r, res, q)
	if err != nil {
		return err
	}
	is, err := m.yes(fileClass, "DirectoryExists", run.Text(app.directory))
	if err != nil || !is {
		return err
	}
	return m.copyWeb(app)
}

// copyWeb puts the module's folder in the place of the application's directory.
func (m *manager) copyWeb(app cspApp) error {
	if app.directory == "" {
		return nil
	}
	return m.copied("CopyDir", "Error copying directory "+app.source+" to "+app.directory, run.Text(app.source), run.Text(app.directory),
		run.Int(1), run.Value{}, run.Int(1))
}

// cspOf reads the element. Without a directory the application has the module's folder itself, unless it has a dispatch class.
func (m *manager) cspOf(r *record, res *Resource, q params) (cspApp, error) {
	app := cspApp{url: strings.ToLower(res.Attributes["Url"])}
	if app.url == "" {
		return app, general("Error validating resource '%1'", res.Name).because(problem(5659, m.rules.processors+"CSPApplication", "Url", "", ""))
	}
	var err error
	if app.props, err = m.cspProperties(r, res, q); err != nil {
		return app, err
	}
	if app.source, err = m.text(fileClass, "NormalizeDirectory", r.Root+res.Name); err != nil {
		return app, err
	}
	dir, err := m.attributeOf(r, res, q, "Directory")
	switch {
	case err != nil:
		return app, err
	case dir != "":
		if dir, err = m.text(fileClass, "NormalizeDirectory", dir); err != nil {
			return app, err
		}
		app.props["Path"] = dir
		if dir != app.source {
			app.directory = dir
		}
	case app.props["DispatchClass"] == "":
		app.props["Path"] = app.source
	}
	return app, nil
}

func (m *manager) cspProperties(r *record, res *Resource, q params) (map[string]string, error) {
	props := map[string]string{"NameSpace": m.p.Namespace(), "Type": "2"}
	given := map[string]string{}
	for key, v := range res.Attributes {
		text, err := m.evaluateAttribute(r, res, m.withRole(key, v), q)
		if err != nil {
			return nil, err
		}
		given[key] = text
	}
	for _, key := range cspRefused {
		if _, ok := given[key]; ok {
			return nil, notBuilt("the attribute " + key + " of the CSPApplication " + given["Url"])
		}
	}
	bits := 0
	for key, bit := range authentication {
		if isTrue(given[key]) {
			bits |= bit
		}
	}
	if bits != 0 {
		props["AutheEnabled"] = strconv.Itoa(bits)
	}
	for _, key := range cspSame {
		if v, ok := given[key]; ok {
			props[key] = v
		}
	}
	for key, name := range cspOther {
		if v, ok := given[key]; ok {
			props[name] = v
		}
	}
	cspCookies(given, props)
	if isTrue(props["ServeFiles"]) && props["ServeFilesTimeout"] != "" {
		props["ServeFiles"] = "2" // always and cached
	}
	roles, err := m.matchRoles(given["MatchRoles"])
	if roles != "" {
		props["MatchRoles"] = roles
	}
	return props, err
}

// cspCookies: a path of its own makes cookies optional where nothing was said of them.
func cspCookies(given, props map[string]string) {
	props["CookiePath"] = strings.ToLower(given["CookiePath"])
	if props["CookiePath"] != "/" && props["UseCookies"] == "" {
		props["UseCookies"] = "1"
	}
}

// withRole replaces the expression for the database's role, which the older line knows in MatchRoles alone.
func (m *manager) withRole(attribute, text string) string {
	if attribute != "MatchRoles" {
		return text
	}
	role := m.databaseRole()
	return strings.NewReplacer("{$dbrole}", role, "${dbrole}", role).Replace(text)
}

// databaseRole is the role that stands for the database of the namespace's globals.
func (m *manager) databaseRole() string {
	switch ns := m.p.Namespace(); ns {
	case system:
		return "%DB_IRISSYS"
	case "USER":
		return "%DB_USER"
	}
	return "%DB_%DEFAULT"
}

// matchRoles takes out roles that are not there; if that leaves nothing to add, the application can't be made.
func (m *manager) matchRoles(text string) (string, error) {
	ns := m.p.Namespace()
	defer func() { _ = m.p.SetNamespace(ns) }() // it existed a moment ago
	if err := m.p.SetNamespace(system); err != nil {
		return "", err
	}
	parts := strings.Split(text, ":")
	for i, part := range parts {
		role, rest, more := strings.Cut(part, ",")
		if i == 0 || role == "" {
			continue
		}
		there, err := m.yes("Security.Roles", "Exists", run.Text(role))
		if err != nil {
			return "", err
		}
		if !there {
			if parts[i] = ""; more {
				parts[i] = "," + rest
			}
		}
	}
	out := strings.Join(parts, ":")
	if out == ":" {
		return "", general("Missing role %1", text)
	}
	return out, nil
}
