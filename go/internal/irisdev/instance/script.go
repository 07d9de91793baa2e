package instance

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
)

// initGlobal is 0 from the beginning of the first script to its end, then 1.
const initGlobal = "%irisdevInit"

// initialise runs a script in a new store. A store whose script did not come to its end is refused.
func initialise(ctx context.Context, s *store.Store, engine superserver.Engine, name string) error {
	if engine == nil {
		return errors.New("a script needs SQL, which this instance does not have")
	}
	p, err := s.NewProcess(Namespace)
	if err != nil {
		return fmt.Errorf("run %s: %w", name, err)
	}
	defer p.End()
	marker := store.At(initGlobal)
	if state, ok := p.Get(marker); ok || !s.IsNew() {
		if ok && state.Text() == "0" {
			return fmt.Errorf("an earlier run of a script in this store did not come to its end: remove the directory")
		}
		return nil
	}
	if err := p.Set(marker, value.Int(0)); err != nil {
		return fmt.Errorf("run %s: %w", name, err)
	}
	if err := runScript(ctx, engine, p, name); err != nil {
		return err
	}
	return p.Set(marker, value.Int(1))
}

func runScript(ctx context.Context, engine superserver.Engine, p *store.Process, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("open the script: %w", err)
	}
	defer f.Close()
	session, err := engine.NewSession(p, superserver.Login{User: DefaultUser.Name, Namespace: Namespace, Host: "localhost",
		Application: "irisdev", Protocol: 69, Autocommit: true, Isolation: superserver.ReadUncommitted})
	if err != nil {
		return fmt.Errorf("run %s: %w", name, err)
	}
	defer session.Close()
	script := newScript(f)
	for {
		text, line, err := script.next()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = execute(ctx, session, text)
		}
		if err != nil {
			return fmt.Errorf("%s, statement at line %d: %w", name, line, err)
		}
	}
}

func execute(ctx context.Context, session superserver.Session, text string) error {
	st, err := session.Prepare(ctx, text)
	if err != nil {
		return err
	}
	if !st.IsQuery() {
		_, err = st.Exec(ctx, [][]value.Value{nil})
		return err
	}
	rows, err := st.Query(ctx, nil)
	if err != nil {
		return err
	}
	defer rows.Close()
	for {
		if row, err := rows.Next(); err != nil || row == nil {
			return err
		}
	}
}

// script reads statements; each ends with a semicolon at the end of a line. Lines between statements that are empty or
// begin with -- are passed.
type script struct {
	in   *bufio.Reader
	line int
}

func newScript(r io.Reader) *script { return &script{in: bufio.NewReaderSize(r, 1<<16)} }

// next gives a statement without its semicolon and the line it begins at; io.EOF is the end.
func (s *script) next() (text string, line int, err error) {
	var b strings.Builder
	for {
		part, err := s.in.ReadString('\n')
		if err != nil && err != io.EOF {
			return "", s.line, fmt.Errorf("read the script: %w", err)
		}
		if part == "" && err == io.EOF {
			break
		}
		s.line++
		trimmed := strings.TrimSpace(part)
		if b.Len() == 0 {
			if trimmed == "" || strings.HasPrefix(trimmed, "--") {
				continue
			}
			line = s.line
		}
		if strings.HasSuffix(trimmed, ";") {
			b.WriteString(strings.TrimSuffix(strings.TrimRight(part, " \t\r\n"), ";"))
			return b.String(), line, nil
		}
		b.WriteString(part)
	}
	if b.Len() > 0 {
		return "", line, errors.New("the last statement has no semicolon at the end of its line")
	}
	return "", s.line, io.EOF
}
