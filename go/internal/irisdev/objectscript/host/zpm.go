package host

import (
	"maps"
	"strings"

	"iris-pgwire/internal/irisdev/control"
	"iris-pgwire/internal/irisdev/objectscript/lib"
	"iris-pgwire/internal/irisdev/objectscript/parse"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/objectscript/zpm"
)

// natives are the methods in Go that the classes of an instance have.
func natives() run.Natives {
	all := lib.Natives()
	maps.Copy(all, zpm.Natives())
	return all
}

// zpm runs one command of the package manager, which the instance gets if it has none yet.
func (h *Host) zpm(s *control.Session) control.Result {
	if len(s.Args) != 3 {
		return failed("zpm needs a command, the line of IPM and a folder")
	}
	p, err := h.open(s)
	if err != nil {
		return failed("%v", err)
	}
	defer p.End()
	defer h.killWhen(s.Context(), p)()
	if err := zpm.Install(p, s.Args[1], s.Args[2]); err != nil {
		return failed("%v", err)
	}
	status, err := zpm.Shell(p, s.Args[0])
	if err == nil && !status.Truth() {
		var text run.Value
		if text, err = p.CallMethod("%SYSTEM.Status", "GetErrorText", status); err == nil {
			p.Flush()
			return failed("%s", strings.ReplaceAll(text.Text(), "\r\n", "\n"))
		}
	}
	if err == nil {
		err = p.Prompt("") // the last line ends
	}
	p.Flush()
	switch {
	case run.IsEnd(err):
		return failed("job %d was ended", p.Job())
	case err != nil:
		return failed("%v", err)
	}
	return control.Result{}
}

// zpmCommand runs a line of the terminal that is the package manager's command, zpm "…"; false if it is something else, or the
// instance has no package manager.
func zpmCommand(p *run.Process, line string) (bool, error) {
	word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	class := zpm.MainClass(p.Store())
	if !strings.EqualFold(word, "zpm") || class == "" {
		return false, nil
	}
	if _, err := parse.Expr(strings.TrimSpace(rest)); err != nil {
		return false, nil //nolint:nilerr // the line's own syntax error is reported
	}
	// The status is of no interest: its text was shown.
	return true, p.Line(p.Life(), "do ##class("+class+").Shell("+rest+")")
}
