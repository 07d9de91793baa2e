package host

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
)

// send posts a body of several parts, which are written with plain line feeds here.
func send(t *testing.T, url, kind, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, url, strings.NewReader(strings.ReplaceAll(body, "\n", "\r\n")))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", kind+"; boundary=b")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(text)
}

func TestBodiesInParts(t *testing.T) {
	at := serveWeb(t, authNone) + "/my/parts"
	for _, c := range []struct {
		kind, body string
		code       int
		want       string
	}{
		{"multipart/form-data", "--b\nContent-Disposition: form-data; name=\"field\"\n\né\n--b\nContent-Disposition: form-data; name=\"up\"; filename=\"a.txt\"\n" +
			"Content-Type: text/plain\n\none\n--b\nContent-Disposition: form-data; name=\"up\"; filename=\"b.txt\"\nContent-Type: text/plain\n\ntwo\n--b--\n",
			200, "up1=a.txt,text/plain,one;up2=b.txt,text/plain,two;é|0"},
		{"multipart/related", "--b\nContent-Type: application/json\n\n{}\n--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=\"x\"\n\nX\n--b--\n",
			200, "CONTENT11=,application/json,{};FILE11=x,text/plain,X;|0"},
		{"multipart/related", "--b\nbroken", 400, "multipart: NextPart: EOF\n"},
		{"text/plain", "--b\n", 200, "|1"},
	} {
		code, got := send(t, at, c.kind, c.body)
		if code != c.code || c.code == 200 && got != c.want {
			t.Errorf("%s %q: %d %q", c.kind, c.body, code, got)
		}
	}
}
