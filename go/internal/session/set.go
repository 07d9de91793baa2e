package session

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/sql/parse"
)

// runSet runs SET in all its forms.
func runSet(_ context.Context, s *Session, p *portal) error {
	n := p.st.parsed.Node.(*parse.Set)
	p.result.tag = "SET"
	switch n.Kind {
	case parse.SetTransaction:
		return s.setTransaction(n.Modes)
	case parse.SetSessionCharacteristics:
		return s.setCharacteristics(n.Modes)
	case parse.SetTransactionSnapshot:
		return notBuilt(p.st.text, n, "SET TRANSACTION SNAPSHOT")
	case parse.SetFromCurrent:
		return notBuilt(p.st.text, n, "SET … FROM CURRENT")
	}
	local := n.Scope == parse.LocalScope
	if local && s.tx.kind != explicit {
		s.warn(pgerr.NoActiveSQLTransaction, "SET LOCAL can only be used in transaction blocks")
	}
	if n.Kind == parse.SetDefault {
		return s.resetVariable(n.Name, local)
	}
	value, err := settingText(p.st.text, n)
	if err != nil {
		return err
	}
	return s.setVariable(n.Name, value, local)
}

// setVariable sets one setting; those that describe the transaction or the user have rules of their own.
func (s *Session) setVariable(name, value string, local bool) error {
	switch strings.ToLower(name) {
	case "transaction_isolation", "transaction_read_only", "transaction_deferrable":
		return s.setTransactionVariable(strings.ToLower(name), value)
	case "session_authorization":
		if value == s.who.User {
			return nil
		}
		return pgerr.New(pgerr.FeatureNotSupported, "SET SESSION AUTHORIZATION to another user is not supported by iris-pgwire")
	case "role":
		if value == s.who.User {
			value = "none" // the user is that role
		}
	case "default_transaction_isolation":
		if err := s.checkIsolationValue(value); err != nil {
			return err
		}
	}
	return s.settings.set(name, value, local)
}

// checkIsolationValue refuses a level for later transactions that those would refuse.
func (s *Session) checkIsolationValue(value string) error {
	level := strings.ToLower(value)
	if s.StrictIsolation {
		return s.checkIsolation(level)
	}
	return nil
}

// setTransactionVariable is SET TRANSACTION in the form of a setting.
func (s *Session) setTransactionVariable(name, value string) error {
	normal, err := normalise(name, value)
	if err != nil {
		return err
	}
	mode := parse.TransactionMode{Name: "ISOLATION LEVEL", Value: normal}
	switch name {
	case "transaction_read_only":
		mode = parse.TransactionMode{Name: map[bool]string{true: "READ ONLY", false: "READ WRITE"}[normal == "on"]}
	case "transaction_deferrable":
		mode = parse.TransactionMode{Name: map[bool]string{true: "DEFERRABLE", false: "NOT DEFERRABLE"}[normal == "on"]}
	}
	return s.setTransaction([]parse.TransactionMode{mode})
}

// settingText makes one text of SET's values.
func settingText(text string, n *parse.Set) (string, error) {
	list := strings.EqualFold(n.Name, "search_path")
	parts := make([]string, 0, len(n.Values))
	for _, v := range n.Values {
		switch e := v.(type) {
		case *parse.Literal:
			part := e.Text
			switch {
			case list:
				part = quoteName(part)
			case n.Name == "timezone" && e.Kind != parse.StringLiteral:
				hours, err := strconv.ParseFloat(part, 64)
				if err != nil {
					return "", notBuilt(text, n, "this form of SET TIME ZONE")
				}
				part = zoneName(int(hours * 3600))
			case n.Name == "timezone":
				part = zoneWord(part)
			}
			parts = append(parts, part)
		case *parse.Cast:
			part, err := zoneInterval(text, e)
			if err != nil {
				return "", err
			}
			parts = append(parts, part)
		default:
			return "", notBuilt(text, v, "this value of SET")
		}
	}
	if len(parts) > 1 && findGUC(n.Name) != nil && !list && !strings.EqualFold(n.Name, "datestyle") {
		return "", pgerr.New(pgerr.InvalidParameterValue, "SET %s takes only one argument", n.Name)
	}
	return strings.Join(parts, ", "), nil
}

// quoteName quotes a schema name unless it reads back as itself.
func quoteName(name string) string {
	plain := name != ""
	for i, r := range name {
		if !(r >= 'a' && r <= 'z' || r == '_' || i > 0 && (r >= '0' && r <= '9' || r == '$')) {
			plain = false
		}
	}
	if plain {
		return name
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// zoneWord turns a zone given as a text of digits into the form of a number of hours.
func zoneWord(value string) string {
	hours, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return value
	}
	return zoneName(int(hours * 3600))
}

// zoneName is how PostgreSQL shows a zone that was given as hours east of Greenwich: <+02>-02.
func zoneName(seconds int) string {
	sign, opposite := '+', '-'
	if seconds < 0 {
		sign, opposite, seconds = '-', '+', -seconds
	}
	digits := fmt.Sprintf("%02d", seconds/3600)
	if seconds%3600 != 0 {
		digits += fmt.Sprintf(":%02d", seconds/60%60)
	}
	return fmt.Sprintf("<%c%s>%c%s", sign, digits, opposite, digits)
}

// zoneInterval reads INTERVAL '[+|-]hours[:minutes]' HOUR TO MINUTE.
func zoneInterval(text string, e *parse.Cast) (string, error) {
	refused := notBuilt(text, e, "this form of SET TIME ZONE INTERVAL")
	lit, ok := e.Arg.(*parse.Literal)
	if !ok {
		return "", refused
	}
	value, sign := strings.TrimPrefix(lit.Text, "+"), 1
	if rest, negative := strings.CutPrefix(value, "-"); negative {
		value, sign = rest, -1
	}
	hours, minutes, _ := strings.Cut(value, ":")
	if minutes == "" {
		minutes = "0"
	}
	h, err1 := strconv.ParseUint(hours, 10, 8)
	m, err2 := strconv.ParseUint(minutes, 10, 8)
	if err1 != nil || err2 != nil || h > 167 || m > 59 {
		return "", refused
	}
	return zoneName(sign * int(h*3600+m*60)), nil
}
