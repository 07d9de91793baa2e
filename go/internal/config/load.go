package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// Problem is one mistake in config.json.
type Problem struct {
	Key  string // "" = the file as a whole
	Text string
}

// Problems is every mistake of a file, by key.
type Problems []Problem

// Error implements error: one line a mistake.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = FileName + ": "
		if one.Key != "" {
			lines[i] += one.Key + ": "
		}
		lines[i] += one.Text
	}
	return strings.Join(lines, "\n")
}

func (p *Problems) add(key, format string, args ...any) {
	*p = append(*p, Problem{Key: key, Text: fmt.Sprintf(format, args...)})
}

// Load reads DIR/config.json. An error about its content is a Problems.
func Load(dir string) (*Config, error) {
	text, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		return nil, err
	}
	return Parse(text)
}

// Default is the configuration of an empty object.
func Default() *Config {
	c := &Config{}
	for _, k := range keys {
		if k.otherwise == "" {
			continue
		}
		v, err := decode([]byte(k.otherwise), &Problems{})
		if err != nil || !k.set(c, v) {
			panic("config: the default of " + k.name + " breaks its own rule") // a test keeps this from happening
		}
	}
	return c
}

// Parse reads a configuration. The error is a Problems.
func Parse(text []byte) (*Config, error) {
	var problems Problems
	// Windows editors put a byte order mark in front.
	tree, err := decode(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), &problems)
	if err != nil {
		problems.add("", "not valid JSON: %v", err)
		return nil, problems
	}
	top, ok := tree.(map[string]any)
	if !ok {
		problems.add("", "must be a JSON object")
		return nil, problems
	}
	c := Default()
	c.given = map[string]string{}
	c.fill("", top, &problems)
	c.checkTogether(&problems)
	if len(problems) > 0 {
		sort.SliceStable(problems, func(i, j int) bool { return problems[i].Key < problems[j].Key })
		return nil, problems
	}
	return c, nil
}

// fill sets every key of one level.
func (c *Config) fill(prefix string, level map[string]any, problems *Problems) {
	for part, v := range level {
		full := prefix + part
		if k := find(full); k != nil {
			if !k.set(c, v) {
				problems.add(full, "must be %s", k.rule)
			}
			text, _ := json.Marshal(v) // it was JSON a moment ago
			c.given[full] = string(text)
			continue
		}
		sub, isObject := v.(map[string]any)
		switch {
		case !isSection(full):
			problems.add(full, "is not a setting")
		case !isObject:
			problems.add(full, "must be an object")
		default:
			c.fill(full+".", sub, problems)
		}
	}
}

// checkTogether checks what a key's own rule does not say.
func (c *Config) checkTogether(problems *Problems) {
	if c.Backend == "embedded" {
		problems.add("backend", "embedded is not built yet; use dbapi")
	}
	if (c.TLS.Cert == "") != (c.TLS.Key == "") {
		problems.add("tls.cert", "tls.cert and tls.key must be given together")
	}
	if (c.IRIS.TLSCert == "") != (c.IRIS.TLSKey == "") {
		problems.add("iris.tls_cert", "iris.tls_cert and iris.tls_key must be given together")
	}
	if h := c.Host; (h.Nonce == "") != (h.User == "") || (h.Nonce == "") != (h.Password == "") {
		problems.add("host.nonce", "host.nonce, host.user and host.password must be given together")
	}
}

func find(name string) *key {
	for i := range keys {
		if keys[i].name == name {
			return &keys[i]
		}
	}
	return nil
}

func isSection(name string) bool {
	for _, k := range keys {
		if strings.HasPrefix(k.name, name+".") {
			return true
		}
	}
	return false
}

// decode reads one JSON value. Unlike encoding/json alone it reports keys that are given twice.
func decode(text []byte, problems *Problems) (any, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	v, err := value(d, "", problems)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("something stands behind the closing brace")
	}
	return v, nil
}

func value(d *json.Decoder, path string, problems *Problems) (any, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	delim, ok := t.(json.Delim)
	if !ok {
		return t, nil
	}
	if delim == '[' {
		list := []any{}
		for d.More() {
			v, err := value(d, path, problems)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err := d.Token()
		return list, err
	}
	object := map[string]any{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, err
		}
		part := t.(string) // the decoder refuses any other key
		full := strings.TrimPrefix(path+"."+part, ".")
		if _, twice := object[part]; twice {
			problems.add(full, "is given twice")
		}
		if object[part], err = value(d, full, problems); err != nil {
			return nil, err
		}
	}
	_, err = d.Token()
	return object, err
}
