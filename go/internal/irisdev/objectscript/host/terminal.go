package host

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"iris-pgwire/internal/irisdev/control"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/run"
)

// terminal reads commands line by line and runs them in a process of its own until HALT or the end of the input. Input that
// is no keyboard gets no banner and no prompt; what a command wrote ends with its line.
func (h *Host) terminal(s *control.Session) control.Result {
	p, err := h.open(s)
	if err != nil {
		return failed("%v", err)
	}
	defer p.End()
	defer h.killWhen(s.Context(), p)()
	s.OnInterrupt(p.Interrupt)
	if s.Interactive {
		node, _ := os.Hostname() // without one the banner has none
		fmt.Fprintf(s, "\nNode: %s, Instance: %s\n", node, h.sys.Instance)
	}
	if err = h.call(start, entryLogin, p); err == nil {
		err = converse(s, p)
	}
	if p.Halted() {
		p.Resume()
		_ = h.call(stop, entryLogin, p) // it ends anyway
	}
	p.Flush()
	if err != nil && !run.IsEnd(err) {
		return failed("%v", err)
	}
	if p.Life().Err() != nil {
		return failed("job %d was ended", p.Job())
	}
	return control.Result{}
}

// converse is the dialogue; it ends with an error, which is the end of the process.
func converse(s *control.Session, p *run.Process) error {
	for {
		if err := p.Prompt(prompt(s, p)); err != nil {
			return err
		}
		line, _, err := p.ReadLine(0, -1)
		if isInterrupt(err) {
			continue
		}
		if err != nil {
			return err
		}
		if strings.TrimSpace(line) == "" {
			continue
		}
		done, err := zpmCommand(p, line)
		if !done {
			err = p.Line(p.Life(), line)
		}
		if run.IsEnd(err) {
			return err
		}
		if err != nil {
			if err := report(s, p, line, err); err != nil {
				return err
			}
		}
	}
}

// isInterrupt reports Ctrl-C: a line that is being typed is given up.
func isInterrupt(err error) bool {
	var e *fault.Error
	return errors.As(err, &e) && e.Name == "INTERRUPT"
}

// prompt is the namespace, behind the level of the transaction if there is one (IRIS docs, "Using the Terminal").
func prompt(s *control.Session, p *run.Process) string {
	if !s.Interactive {
		return ""
	}
	text := p.Namespace() + ">"
	if level := p.Store().TLevel(); level > 0 {
		return fmt.Sprintf("TL%d:%s", level, text)
	}
	return text
}

// report shows an error on a line of its own; a person sees the command again above it.
func report(s *control.Session, p *run.Process, line string, failure error) error {
	if err := p.Prompt(""); err != nil {
		return err
	}
	text := failure.Error() + "\n"
	if s.Interactive {
		text = "\n" + line + "\n^\n" + text
	}
	if err := p.Write(strings.TrimSuffix(text, "\n")); err != nil {
		return err
	}
	return p.WriteLine()
}
