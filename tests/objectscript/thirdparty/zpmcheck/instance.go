package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// instance is a development IRIS in a directory of its own.
type instance struct {
	irisdev, dir, line, registry string
}

const commandLimit = 4 * time.Minute

func (i instance) command(in string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), commandLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, i.irisdev, args...)
	cmd.Stdin, cmd.Dir = strings.NewReader(in), i.registry
	out, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		return string(out), errors.New("no end after " + commandLimit.String())
	}
	return string(out), err
}

// zpm runs a command of the package manager. The error is what it says of the failure.
func (i instance) zpm(text string) (string, error) {
	out, err := i.command("", "zpm", "--dir", i.dir, "--ipm", i.line, "--registry", i.registry, text)
	if err != nil {
		return out, errors.New(reason(out, err))
	}
	return out, nil
}

// reason is the first line of an error, in short.
func reason(out string, err error) string {
	for _, line := range strings.Split(out, "\n") {
		if rest, ok := strings.CutPrefix(line, "ERROR! "); ok {
			return strings.TrimSpace(rest)
		}
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	return strings.TrimSpace(lines[len(lines)-1]) + " (" + err.Error() + ")"
}

// ask evaluates ObjectScript expressions and gives the text of each.
func (i instance) ask(expressions ...string) ([]string, error) {
	const mark = "\x01"
	var in strings.Builder
	for _, x := range expressions {
		fmt.Fprintf(&in, "write $char(1),%s,$char(1)\n", x)
	}
	out, err := i.command(in.String(), "terminal", "--dir", i.dir)
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, out)
	}
	parts := strings.Split(out, mark)
	if len(parts) != 2*len(expressions)+1 {
		return nil, fmt.Errorf("%d answers to %d questions: %s", len(parts)/2, len(expressions), out)
	}
	answers := make([]string, len(expressions))
	for n := range expressions {
		answers[n] = parts[2*n+1]
	}
	return answers, nil
}

// expander replaces the expressions of module.xml by what the instance says of itself, by documented methods.
func (i instance) expander(m *module, root string) (func(string) string, error) {
	answers, err := i.ask("$system.Util.ManagerDirectory()", "$system.Util.InstallDirectory()", "$system.Util.BinaryDirectory()",
		"$system.Util.DataDirectory()")
	if err != nil {
		return nil, err
	}
	values := map[string]string{"mgrdir": answers[0], "cspdir": answers[1] + "csp/", "bindir": answers[2], "libdir": answers[1] + "lib/",
		"packagename": m.name, "version": m.version, "root": root, "namespace": "USER", "ns": "USER", "verbose": "0"}
	if i.line != "0.7" {
		values["ipmdir"] = filepath.Join(answers[3], "ipm", m.name, m.version) + "/"
	} else {
		values["packagename"] = strings.ToLower(m.name)
	}
	for name, v := range m.defaults {
		values[strings.ToLower(name)] = v
	}
	return func(text string) string {
		for name, v := range values {
			for _, form := range []string{"${" + name + "}", "{$" + name + "}"} {
				for at := strings.Index(strings.ToLower(text), form); at >= 0; at = strings.Index(strings.ToLower(text), form) {
					text = text[:at] + v + text[at+len(form):]
				}
			}
		}
		return text
	}, nil
}
