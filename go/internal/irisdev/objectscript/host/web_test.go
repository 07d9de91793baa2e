package host

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

const api = `Class My.Api Extends %CSP.REST
{
XData UrlMap
{
<Routes>
<Route Url="/hello/:name" Method="GET" Call="Hello"/>
<Route Url="/echo" Method="POST" Call="Echo"/>
<Route Url="/who" Method="GET" Call="Who"/>
<Route Url="/bad" Method="GET" Call="Bad"/>
<Route Url="/parts" Method="POST" Call="Parts"/>
<Map Prefix="/inner" Forward="My.Inner"/>
</Routes>
}
ClassMethod Hello(name As %String) As %Status
{
    set %response.ContentType = "application/json"
    write {"hello": (name), "times": (%request.Get("times", 1))}.%ToJSON()
    quit $$$OK
}
ClassMethod Echo() As %Status
{
    do %response.SetHeader("X-Type", %request.ContentType)
    set %response.Status = ..#HTTP201CREATED
    write %request.Content.Read()
    quit $$$OK
}
ClassMethod Who() As %Status
{
    write $username, " ", $roles
    quit $$$OK
}
ClassMethod Parts() As %Status
{
    set name = ""
    for {
        set name = %request.NextMimeData(name)
        quit:name=""
        for i = 1:1:%request.CountMimeData(name) {
            set stream = %request.GetMimeData(name, , i)
            write name, i, "=", stream.FileName, ",", stream.ContentType, ",", stream.Read(), ";"
        }
    }
    write %request.Get("field"), "|", $isobject(%request.Content)
    quit $$$OK
}
ClassMethod Bad() As %Status
{
    quit 1 / 0
}
}
`

const inner = `Class My.Inner Extends %CSP.REST
{
XData UrlMap
{
<Routes><Route Url="/deep" Method="GET" Call="Deep"/></Routes>
}
ClassMethod Deep() As %Status
{
    write "deep"
    quit $$$OK
}
}
`

// serveWeb serves an application with the bits of AutheEnabled and gives its address.
func serveWeb(t *testing.T, auth int64) string {
	t.Helper()
	h := newHost(t)
	h.account("worker", "%DB_USER")
	h.load("USER", "api.cls\n"+api, "inner.cls\n"+inner)
	at := store.At("%irisdevSec", value.Text("Applications"), value.Text("/my"))
	err := h.system(func(p *store.Process) error {
		for field, v := range map[string]value.Value{"Name": value.Text("/my"), "DispatchClass": value.Text("My.Api"), "NameSpace": value.Text("USER"),
			"AutheEnabled": value.Int(auth), "MatchRoles": value.Text(":%Guest")} {
			if err := p.Set(at.Sub(value.Text(field)), v); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- h.ServeWeb(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return "http://" + l.Addr().String()
}

func ask(t *testing.T, method, url, body, user string) (int, http.Header, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "text/plain")
	if user != "" {
		r.SetBasicAuth(user, "x")
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header, string(text)
}

func TestWebApplicationsAnswer(t *testing.T) {
	at := serveWeb(t, authNone|authPassword)
	for _, c := range []struct {
		method, path, body, user string
		code                     int
		want                     string
	}{
		{"GET", "/my/hello/caf%C3%A9?times=3", "", "", 200, `{"hello":"café","times":"3"}`},
		{"POST", "/my/echo", "é€", "", 201, "é€"},
		{"GET", "/my/inner/deep", "", "", 200, "deep"},
		{"GET", "/my/nowhere", "", "", 404, ""},
		{"POST", "/my/hello/x", "", "", 405, ""},
		{"GET", "/my/who", "", "", 200, "UnknownUser %Guest"},
		{"GET", "/my/who", "", "worker", 200, "worker %DB_USER,%Guest"},
		{"GET", "/my/who", "", "nobody", 401, "401 Unauthorized\n"},
		{"GET", "/other", "", "", 404, "404 page not found\n"},
	} {
		code, header, got := ask(t, c.method, at+c.path, c.body, c.user)
		if code != c.code || got != c.want {
			t.Errorf("%s %s: %d %q, want %d %q", c.method, c.path, code, got, c.code, c.want)
		}
		if c.code == 405 && header.Get("Allow") != "GET" {
			t.Errorf("Allow is %q", header.Get("Allow"))
		}
	}
	if code, _, got := ask(t, "GET", at+"/my/bad", "", ""); code != 500 || !strings.Contains(got, "<DIVIDE>") {
		t.Errorf("an error in the page gives %d %q", code, got)
	}
}

func TestAnApplicationWithLoginRefusesOthers(t *testing.T) {
	at := serveWeb(t, authPassword)
	if code, _, _ := ask(t, "GET", at+"/my/who", "", ""); code != 401 {
		t.Errorf("without a login: %d", code)
	}
	if code, _, got := ask(t, "GET", at+"/my/who", "", "_SYSTEM"); code != 200 || !strings.HasPrefix(got, "_SYSTEM %All") {
		t.Errorf("with one: %d %q", code, got)
	}
}
