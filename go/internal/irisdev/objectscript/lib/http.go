package lib

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

var httpNatives = run.Natives{"%Net.HttpRequest:Exchange": exchange}

// exchange makes a request over HTTP and fills the response (IRIS docs, "Sending HTTP Requests").
func exchange(p *run.Process, c *run.Call) (run.Value, error) {
	o := c.Self
	req, err := httpRequest(p, o, c.Text(0), c.Text(1))
	if err != nil {
		return run.Value{}, err
	}
	wait, _ := p.GetRaw(o, "Timeout").Integer()
	ctx, cancel := context.WithTimeout(p.Context(), time.Duration(max(wait, 1))*time.Second)
	defer cancel()
	client := &http.Client{Transport: &http.Transport{DisableCompression: true, DisableKeepAlives: true,
		TLSClientConfig: &tls.Config{InsecureSkipVerify: !p.GetRaw(o, "SSLCheckServerIdentity").Truth()}}}
	if !p.GetRaw(o, "FollowRedirect").Truth() {
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	res, err := client.Do(req.WithContext(ctx))
	if err != nil {
		return Status(6059, req.URL.Host, err.Error()), nil
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return Status(6097, err.Error()), nil
	}
	return good, response(p, o, res, body)
}

func httpRequest(p *run.Process, o *run.Object, method, location string) (*http.Request, error) {
	text := func(name string) string { return p.GetRaw(o, name).Text() }
	scheme, host := "http", text("Server")
	if p.GetRaw(o, "Https").Truth() {
		scheme = "https"
	}
	if port := text("Port"); port != "" {
		host = net.JoinHostPort(host, port)
	}
	location = orDefault(location, text("Location"))
	if !strings.HasPrefix(location, "/") {
		location = "/" + location
	}
	if q := pairs(p.Raw(o, "Params")); q != "" {
		sep := "?"
		if strings.Contains(location, "?") {
			sep = "&"
		}
		location += sep + q
	}
	body, contentType, err := httpBody(p, o, text("ContentType"))
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequest(method, scheme+"://"+host+strings.ReplaceAll(location, " ", "%20"), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	p.Raw(o, "Headers").Each(func(sub value.Value, n *run.Var) bool {
		req.Header.Set(sub.Text(), n.Value.Text())
		return true
	})
	req.Header.Set("User-Agent", orDefault(text("UserAgent"), "Mozilla/4.0 (compatible; InterSystems IRIS;)"))
	if u := text("Username"); u != "" && req.Header.Get("Authorization") == "" {
		req.SetBasicAuth(u, text("Password"))
	}
	if a := text("Authorization"); a != "" {
		req.Header.Set("Authorization", a)
	}
	return req, nil
}

// httpBody is the body of a request: the form fields, or what was written to EntityBody.
func httpBody(p *run.Process, o *run.Object, contentType string) ([]byte, string, error) {
	if form := pairs(p.Raw(o, "FormData")); form != "" {
		return []byte(form), orDefault(contentType, "application/x-www-form-urlencoded"), nil
	}
	s := p.GetRaw(o, "EntityBody").Obj
	if s == nil {
		return nil, contentType, nil
	}
	text, err := streamText(p, s)
	if err != nil {
		return nil, "", err
	}
	if b, ok := bytesOf(text); ok {
		return b, contentType, nil
	}
	return []byte(text), contentType, nil
}

// pairs writes a multidimensional property, name and number, as fields of a form.
func pairs(v *run.Var) string {
	var out []string
	v.Each(func(name value.Value, below *run.Var) bool {
		below.Each(func(_ value.Value, n *run.Var) bool {
			out = append(out, url.QueryEscape(name.Text())+"="+url.QueryEscape(n.Value.Text()))
			return true
		})
		return true
	})
	return strings.Join(out, "&")
}

// response fills the object of the response.
func response(p *run.Process, o *run.Object, res *http.Response, body []byte) error {
	r := p.GetRaw(o, "HttpResponse").Obj
	put := func(name, text string) { p.SetRaw(r, name, run.Text(text)) }
	p.SetRaw(r, "StatusCode", run.Int(int64(res.StatusCode)))
	put("ReasonPhrase", strings.TrimPrefix(res.Status, strconv.Itoa(res.StatusCode)+" "))
	put("StatusLine", res.Proto+" "+res.Status)
	put("HttpVersion", res.Proto)
	typ, info := splitCharset(res.Header.Get("Content-Type"))
	put("ContentType", typ)
	put("ContentInfo", info)
	if res.ContentLength >= 0 {
		put("ContentLength", strconv.FormatInt(res.ContentLength, 10))
	}
	headers := p.Raw(r, "Headers")
	for name, values := range res.Header {
		n, err := headers.Make(value.Text(strings.ToUpper(name)))
		if err != nil {
			return err
		}
		p.Assign(n, run.Text(strings.Join(values, ", ")))
	}
	class, text := "%Stream.GlobalBinary", value.FromLatin1(body)
	if isText(typ) && utf8.Valid(body) && !p.GetRaw(o, "ReadRawMode").Truth() {
		class, text = "%Stream.GlobalCharacter", string(body)
	}
	v, err := newStream(p, class, text)
	if err != nil {
		return err
	}
	p.SetRaw(r, "Data", v)
	return nil
}

// splitCharset takes the character set out of a content type.
func splitCharset(header string) (typ, info string) {
	var rest []string
	for _, part := range strings.Split(header, ";") {
		if part = strings.TrimSpace(part); strings.HasPrefix(strings.ToLower(part), "charset=") {
			info = part
		} else {
			rest = append(rest, part)
		}
	}
	return strings.Join(rest, "; "), info
}

// isText reports a type whose body is text.
func isText(typ string) bool {
	typ = strings.ToLower(strings.TrimSpace(typ))
	return strings.HasPrefix(typ, "text/") || strings.Contains(typ, "json") || strings.Contains(typ, "xml") || strings.Contains(typ, "javascript")
}
