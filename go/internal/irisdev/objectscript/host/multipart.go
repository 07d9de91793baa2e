package host

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"strconv"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// part is one part of a body in several.
type part struct {
	name, file, typ, body string // the body's characters are bytes
}

// parts takes a multipart body apart (IRIS class reference, "%CSP.Request": MimeData). A part that has no name of its own is
// CONTENTn, with a file's name FILEn, as public code finds them (iris-couch).
func parts(contentType string, body []byte) ([]part, error) {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil || !strings.HasPrefix(kind, "multipart/") {
		return nil, nil //nolint:nilerr // a body of another kind is no mistake
	}
	var out []part
	count := map[string]int{}
	for r := multipart.NewReader(bytes.NewReader(body), params["boundary"]); ; {
		p, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(p)
		if err != nil {
			return nil, err
		}
		one := part{p.FormName(), p.FileName(), p.Header.Get("Content-Type"), value.FromLatin1(data)}
		if _, named, err := mime.ParseMediaType(p.Header.Get("Content-Disposition")); err == nil && one.name == "" {
			one.name = named["name"]
		}
		if one.name == "" {
			prefix := "CONTENT"
			if one.file != "" {
				prefix = "FILE"
			}
			count[prefix]++
			one.name = prefix + strconv.Itoa(count[prefix])
		}
		out = append(out, one)
	}
}

// partList is what the page's side gets: name, file, type and body of each part.
func partList(all []part) run.Value {
	var list []value.Value
	for _, p := range all {
		list = append(list, value.Text(p.name), value.Text(p.file), value.Text(p.typ), value.Text(p.body))
	}
	return run.Plain(value.BuildList(list...))
}
