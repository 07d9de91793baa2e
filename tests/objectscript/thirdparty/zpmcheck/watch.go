package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// watched are the calls whose methods now write down that they were called, in ^ThirdParty.Called.
func (m *module) watch() ([]call, error) {
	var out []call
	for _, c := range m.calls {
		file, err := m.classFile(c.class)
		if err != nil {
			return nil, err
		}
		if file == "" {
			continue // of another package
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		text, ok := watchMethod(string(data), c)
		if !ok {
			continue // inherited
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil { //nolint:gosec // a copy of public code
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

func (m *module) classFile(class string) (string, error) {
	found := ""
	err := filepath.WalkDir(m.root, func(file string, _ os.DirEntry, err error) error {
		if err != nil || found != "" || filepath.Ext(file) != ".cls" {
			return err
		}
		data, err := os.ReadFile(file)
		if name := classLine.FindSubmatch(data); name != nil && string(name[1]) == class {
			found = file
		}
		return err
	})
	return found, err
}

const note = "set ^ThirdParty.Called($increment(^ThirdParty.Called))="

// watchMethod puts a line at the begin of a method, which notes the call and its arguments. False: the class has no such method
// of its own.
func watchMethod(text string, c call) (string, bool) {
	if strings.Contains(text, note+`"`+c.key()) {
		return text, true
	}
	at := regexp.MustCompile(`(?m)^ClassMethod ` + regexp.QuoteMeta(c.method) + `\(([^{]*?)\)[^{(]*\{[ \t\r]*\n`).FindStringSubmatchIndex(text)
	if at == nil {
		return text, false
	}
	line := "\t" + note + `"` + c.key() + `"`
	for _, p := range parameters(text[at[2]:at[3]]) {
		line += `_"|"_$get(` + p + `)`
	}
	return text[:at[1]] + line + "\n" + text[at[1]:], true
}

func (c call) key() string { return c.class + ":" + c.method }

var parameter = regexp.MustCompile(`^\s*(?:ByRef |Output )?([%A-Za-z][A-Za-z0-9]*)`)

// parameters are the names in a method's list; a comma in a default value or a type's parameters begins none.
func parameters(list string) []string {
	var out []string
	depth, from, quoted := 0, 0, false
	add := func(part string) {
		if p := parameter.FindStringSubmatch(part); p != nil {
			out = append(out, p[1])
		}
	}
	for i, r := range list {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '(' || r == '{':
			depth++
		case r == ')' || r == '}':
			depth--
		case r == ',' && depth == 0:
			add(list[from:i])
			from = i + 1
		}
	}
	add(list[from:])
	return out
}

// wanted is how a call that had its arguments shows up: those it was given first, "" for the others.
func (c call) wanted(expand func(string) string) string {
	out := c.key()
	for _, a := range c.args {
		out += "|" + expand(a)
	}
	return out
}

// came reports a call with the wanted begin; behind it are arguments that the method has and the module.xml does not give.
func came(log []string, want string) error {
	for _, line := range log {
		if line == want || strings.HasPrefix(line, want+"|") {
			return nil
		}
	}
	return fmt.Errorf("no call %s among %q", want, log)
}
