package lib

import (
	"net/url"
	"regexp"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// The natives of %irisdev.Web.
var webNatives = run.Natives{"%irisdev.Web:Match": matchRoutes}

// matchRoutes finds the routes of a %CSP.REST class that a path fits, in their order (IRIS docs, "Creating a REST Service
// Manually": the URL map).
func matchRoutes(p *run.Process, c *run.Call) (run.Value, error) {
	cls, err := p.Class(c.Text(0))
	if err != nil {
		return run.Value{}, err
	}
	x := cls.XData["UrlMap"]
	if x == nil {
		return run.Value{}, nil
	}
	top, err := parseXML(x.Text)
	if err != nil {
		return run.Value{}, err
	}
	var out []value.Value
	for _, e := range top.children {
		switch strings.ToLower(e.name) {
		case "route":
			values, _, ok, err := fitsRoute(e.attrs["Url"], c.Text(1), true)
			if err != nil {
				return run.Value{}, err
			}
			if ok {
				out = append(out, value.BuildList(value.Text("route"), value.Text(strings.ToUpper(e.attrs["Method"])),
					value.Text(e.attrs["Call"]), value.BuildList(values...), value.Value{}))
			}
		case "map":
			_, rest, ok, err := fitsRoute(e.attrs["Prefix"], c.Text(1), false)
			if err != nil {
				return run.Value{}, err
			}
			if ok {
				out = append(out, value.BuildList(value.Text("map"), value.Value{}, value.Text(e.attrs["Forward"]), value.Value{}, value.Text(rest)))
			}
		}
	}
	return run.Plain(value.BuildList(out...)), nil
}

// fitsRoute matches a path with the pattern of a route, whose :name stands for one segment.
func fitsRoute(pattern, path string, whole bool) ([]value.Value, string, bool, error) {
	parts := strings.Split(pattern, "/")
	for i, s := range parts {
		if strings.HasPrefix(s, ":") {
			parts[i] = "([^/]+)"
		}
	}
	expr := "^" + strings.Join(parts, "/")
	if whole {
		expr += "$"
	}
	re, err := regexp.Compile(expr)
	if err != nil {
		return nil, "", false, err
	}
	m := re.FindStringSubmatch(path)
	if m == nil || !whole && len(m[0]) < len(path) && path[len(m[0])] != '/' {
		return nil, "", false, nil
	}
	var values []value.Value
	for _, s := range m[1:] {
		if u, err := url.PathUnescape(s); err == nil {
			s = u
		}
		values = append(values, value.Text(s))
	}
	return values, orDefault(path[len(m[0]):], "/"), true, nil
}
