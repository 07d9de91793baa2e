package session

import (
	"strconv"
	"strings"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/eval"
	"iris-pgwire/internal/sql/irissql"
	"iris-pgwire/internal/sql/plan"
)

// ensureEnv makes what a running statement can ask for.
func (s *Session) ensureEnv(p *portal) {
	if p.env == nil {
		p.env = &eval.Env{Params: p.args, Session: s.sessionValue, Style: s.settings.current().style}
	}
}

// argument gives one argument's value, checked.
func (s *Session) argument(a *irissql.Arg, p *portal) (iris.Value, error) {
	v := a.Const
	switch {
	case a.Kept:
		if v = iris.Text(strings.Join(p.kept, ",")); len(v.Raw()) > schema.TextLength {
			return v, pgerr.New(pgerr.ProgramLimitExceeded, "too many rows for a statement that IRIS needs several steps for").
				WithDetail("The keys of %d rows are longer than IRIS's longest string.", len(p.kept)).WithHint("Change fewer rows at once.")
		}
	case a.Param > analyze.Scalars:
		v = p.scalars[a.Param-analyze.Scalars-1]
	case a.Param > 0:
		v = p.args[a.Param-1]
	case a.Session != "":
		v = s.sessionValue(a.Session)
	case a.Eval != nil:
		var err error
		if v, err = a.Eval(nil, p.env); err != nil {
			return v, err
		}
	}
	if a.Check == nil {
		return v, nil
	}
	return a.Check(v)
}

func (s *Session) bindArgs(args []irissql.Arg, p *portal) ([]iris.Value, error) {
	out := make([]iris.Value, len(args))
	for i := range args {
		var err error
		if out[i], err = s.argument(&args[i], p); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// stepText is the step's SQL with numbers in its holes.
func (s *Session) stepText(step *plan.Step, p *portal) (string, error) {
	if len(step.Holes) == 0 {
		return step.SQL, nil
	}
	out := make([]byte, 0, len(step.SQL)+16*len(step.Holes))
	at := 0
	for i := range step.Holes {
		h := &step.Holes[i]
		v, err := s.argument(&h.Arg, p)
		if err != nil {
			return "", err
		}
		if v.Kind() != iris.KindInt {
			return "", pgerr.New(pgerr.InternalError, "a number was expected for a literal of the statement")
		}
		out = append(out, step.SQL[at:h.Offset]...)
		out = strconv.AppendInt(out, v.Mantissa(), 10)
		at = h.Offset
	}
	return string(append(out, step.SQL[at:]...)), nil
}

// The forms of package pgtypes for moments.
const (
	dateForm   = "2006-01-02"
	timeForm   = "15:04:05.999999"
	momentForm = dateForm + " " + timeForm
)

// sessionValue gives now(), current_user and their like, constant for the statement.
func (s *Session) sessionValue(name analyze.SessionValue) iris.Value {
	zone := s.settings.current().style.Location
	if zone == nil {
		zone = time.UTC
	}
	begun := s.tx.since
	if begun.IsZero() {
		begun = s.since
	}
	switch name {
	case analyze.SessionNow:
		return iris.Text(begun.UTC().Format(momentForm))
	case analyze.SessionStatementTime:
		return iris.Text(s.since.UTC().Format(momentForm))
	case analyze.SessionClock:
		return iris.Text(time.Now().UTC().Format(momentForm))
	case analyze.SessionCurrentDate:
		return iris.Text(begun.In(zone).Format(dateForm))
	case analyze.SessionLocalTimestamp:
		return iris.Text(begun.In(zone).Format(momentForm))
	case analyze.SessionLocalTime:
		return iris.Text(begun.In(zone).Format(timeForm))
	case analyze.SessionUser, analyze.SessionCurrentUser:
		return iris.Text(s.who.User)
	case analyze.SessionDatabase:
		return iris.Text(s.who.Database)
	case analyze.SessionSchema:
		return s.currentSchema()
	case analyze.SessionVersion:
		return iris.Text("PostgreSQL " + s.ServerVersion + " (iris-pgwire " + s.Version + " on " + s.irisVersion() + ")")
	case analyze.SessionBackendPID:
		return iris.Int(int64(s.who.PID))
	}
	return iris.Null()
}

// currentSchema is the first schema of search_path, leaving out "$user", which IRIS has none for.
func (s *Session) currentSchema() iris.Value {
	for _, name := range s.settings.searchPath("") {
		return iris.Text(name)
	}
	return iris.Null()
}

// irisVersion is IRIS's own text, as of the last connection.
func (s *Session) irisVersion() string {
	if s.irisName == "" {
		return "InterSystems IRIS"
	}
	return s.irisName
}
