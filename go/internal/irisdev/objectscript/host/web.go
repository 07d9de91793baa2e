package host

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// maxBody is the largest body of a request.
const maxBody = 64 << 20

// kindWeb is the kind of the processes that answer requests over HTTP.
const kindWeb = "web"

// ServeWeb answers requests for the web applications of Security.Applications that have a dispatch class, until ctx ends. Each
// request has a process of its own.
func (h *Host) ServeWeb(ctx context.Context, l net.Listener) error {
	s := &http.Server{Handler: http.HandlerFunc(h.web), ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = s.Close() }) // what it cuts off has no process any more
	defer stop()
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// application is a web application.
type application struct {
	name, namespace, class, roles string
	auth                          int64
}

// Bits of AutheEnabled (IRIS docs, "Security.Applications").
const (
	authPassword = 32
	authNone     = 64
)

// application finds the one whose name begins the path, the longest if several do.
func (h *Host) application(path string) (application, bool) {
	p, err := h.Store.NewProcess(system)
	if err != nil {
		return application{}, false
	}
	defer p.End()
	var best application
	root := store.At("%irisdevSec", value.Text("Applications"))
	for sub := range p.Below(root) {
		get := func(field, other string) string {
			if v, ok := p.Get(root.Sub(sub, value.Text(field))); ok {
				return v.Text()
			}
			return other
		}
		name := strings.TrimRight(get("Name", sub.Text()), "/")
		fits := path == name || strings.HasPrefix(path, name+"/")
		if !fits || len(name) < len(best.name) || get("DispatchClass", "") == "" || get("Enabled", "1") != "1" {
			continue
		}
		best = application{name: name, namespace: get("NameSpace", "USER"), class: get("DispatchClass", ""), roles: get("MatchRoles", "")}
		best.auth, _ = strconv.ParseInt(get("AutheEnabled", "64"), 10, 64)
	}
	return best, best.class != ""
}

// user is who asks, with the roles: whoever the password proves, or UnknownUser where that is allowed.
func (h *Host) user(r *http.Request, a application) (name, roles string, ok bool) {
	if given, password, has := r.BasicAuth(); has && a.auth&authPassword != 0 {
		name, ok := h.Logins.Check(given, password)
		if !ok {
			return "", "", false
		}
		acc, _ := h.Logins.Get(name)
		return name, joinRoles(acc.Roles, a.roles), true
	}
	if a.auth&authNone == 0 {
		return "", "", false
	}
	acc, _ := h.Logins.Get("UnknownUser")
	return "UnknownUser", joinRoles(acc.Roles, a.roles), true
}

// joinRoles adds the roles that an application gives: ":role" to everybody, "role:target" to who has role.
func joinRoles(own, match string) string {
	out := own
	for _, one := range strings.Split(match, ",") {
		has, adds, ok := strings.Cut(one, ":")
		if !ok || has != "" && !strings.Contains(","+own+",", ","+has+",") {
			continue
		}
		for _, role := range strings.Split(adds, ":") {
			if out != "" {
				out += ","
			}
			out += role
		}
	}
	return out
}

func (h *Host) web(w http.ResponseWriter, r *http.Request) {
	a, ok := h.application(r.URL.Path)
	if !ok {
		http.NotFound(w, r)
		return
	}
	user, roles, ok := h.user(r, a)
	if !ok {
		w.Header().Set("WWW-Authenticate", `Basic realm="`+a.name+`"`)
		http.Error(w, "401 Unauthorized", http.StatusUnauthorized)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	several, err := parts(r.Header.Get("Content-Type"), body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	var out bytes.Buffer
	p, err := h.sys.NewProcess(run.Options{Namespace: a.namespace, User: user, Roles: roles, Out: &out, Client: r.RemoteAddr, Kind: kindWeb})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer p.End()
	gone := context.AfterFunc(r.Context(), func() { h.sys.Kill(p.Job()) })
	defer gone()
	v, err := p.CallMethod("%irisdev.Web", "Serve", run.Text(a.class), run.Text(a.name+"/"), run.Text(r.Method), run.Text(r.URL.EscapedPath()),
		run.Text(r.Header.Get("Content-Type")), run.Text(value.FromLatin1(rawBody(r, body, several))), environment(r), fields(r, body), cookies(r), run.Text(user), partList(several))
	p.Flush()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	h.answer(w, v, out.Bytes())
}

// rawBody is the body that the page gets as a stream: that of a form comes as fields, one of several parts as a stream a part.
func rawBody(r *http.Request, body []byte, several []part) []byte {
	if isForm(r) || len(several) > 0 {
		return nil
	}
	return body
}

func isForm(r *http.Request) bool {
	return strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded")
}

func listOf(names []string) run.Value {
	items := make([]value.Value, len(names))
	for i, n := range names {
		items[i] = value.Text(n)
	}
	return run.Plain(value.BuildList(items...))
}

// environment are the CGI variables of a request.
func environment(r *http.Request) run.Value {
	host, port, _ := net.SplitHostPort(r.Host)
	remote, _, _ := net.SplitHostPort(r.RemoteAddr)
	list := []string{"REQUEST_METHOD", r.Method, "REQUEST_URI", r.URL.RequestURI(), "QUERY_STRING", r.URL.RawQuery, "SERVER_NAME", host,
		"SERVER_PORT", port, "SERVER_PROTOCOL", r.Proto, "REMOTE_ADDR", remote, "CONTENT_TYPE", r.Header.Get("Content-Type"),
		"HTTP_HOST", r.Host}
	if r.ContentLength >= 0 {
		list = append(list, "CONTENT_LENGTH", strconv.FormatInt(r.ContentLength, 10))
	}
	for name, values := range r.Header {
		list = append(list, "HTTP_"+strings.ToUpper(strings.ReplaceAll(name, "-", "_")), strings.Join(values, ", "))
	}
	return listOf(list)
}

// fields are those of the query and of a form.
func fields(r *http.Request, body []byte) run.Value {
	var list []string
	texts := []string{r.URL.RawQuery}
	if isForm(r) {
		texts = append(texts, string(body))
	}
	for _, text := range texts {
		for _, pair := range strings.Split(text, "&") {
			name, val, _ := strings.Cut(pair, "=")
			if name != "" {
				list = append(list, unescape(name), unescape(val))
			}
		}
	}
	return listOf(list)
}

// unescape reads a name or value of a form; one that is badly escaped stays as it is.
func unescape(s string) string {
	if u, err := url.QueryUnescape(s); err == nil {
		return u
	}
	return s
}

func cookies(r *http.Request) run.Value {
	var list []string
	for _, c := range r.Cookies() {
		list = append(list, c.Name, c.Value)
	}
	return listOf(list)
}

// answer writes the response: status, type, character set, whether the body is bytes, headers.
func (h *Host) answer(w http.ResponseWriter, v run.Value, body []byte) {
	items, err := value.ListItems(v.Value)
	if err != nil || len(items) < 5 {
		http.Error(w, "500 Internal Server Error", http.StatusInternalServerError)
		return
	}
	typ, charset := items[1].Text(), items[2].Text()
	binary := items[3].Text() == "1" || !textType(typ)
	if binary {
		if b, ok := value.Latin1(string(body)); ok {
			body = b
		}
	} else if charset != "" && !strings.Contains(strings.ToLower(typ), "charset") {
		typ += "; charset=" + charset
	}
	if typ != "" {
		w.Header().Set("Content-Type", typ)
	}
	headers, _ := value.ListItems(items[4])
	for _, one := range headers {
		if pair, err := value.ListItems(one); err == nil && len(pair) == 2 {
			w.Header().Add(pair[0].Text(), pair[1].Text())
		}
	}
	code, err := strconv.Atoi(strings.Fields(items[0].Text() + " x")[0])
	if err != nil || code < 100 {
		code = http.StatusOK
	}
	w.WriteHeader(code)
	_, _ = w.Write(body) // a client that has gone has no use for it
}

func textType(typ string) bool {
	typ = strings.ToLower(typ)
	return strings.HasPrefix(typ, "text/") || strings.Contains(typ, "json") || strings.Contains(typ, "xml") || strings.Contains(typ, "javascript")
}
