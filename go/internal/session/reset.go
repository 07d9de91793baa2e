package session

import (
	"context"
	"strings"

	"iris-pgwire/internal/sql/parse"
)

// runReset runs RESET and RESET ALL.
func runReset(_ context.Context, s *Session, p *portal) error {
	n := p.st.parsed.Node.(*parse.Reset)
	p.result.tag = "RESET"
	if n.Name == "all" {
		s.settings.resetAll()
		return nil
	}
	return s.resetVariable(n.Name, false)
}

// resetVariable is SET … TO DEFAULT.
func (s *Session) resetVariable(name string, local bool) error {
	switch strings.ToLower(name) {
	case "transaction_isolation":
		return s.setTransactionVariable(strings.ToLower(name), s.settings.value("default_transaction_isolation"))
	case "transaction_read_only":
		return s.setTransactionVariable(strings.ToLower(name), s.settings.value("default_transaction_read_only"))
	case "transaction_deferrable":
		return s.setTransactionVariable(strings.ToLower(name), s.settings.value("default_transaction_deferrable"))
	}
	return s.settings.reset(name, local)
}

// runDiscard runs DISCARD. Of what it drops a session here has settings, statements and cursors; temporary tables and
// sequences' last values are not kept by the gateway.
func runDiscard(_ context.Context, s *Session, p *portal) error {
	n := p.st.parsed.Node.(*parse.Discard)
	p.result.tag = "DISCARD " + n.What
	if n.What != "ALL" {
		return nil
	}
	if err := s.refuseBlock(p, "DISCARD ALL"); err != nil {
		return err
	}
	s.closePortals(func(o *portal) bool { return o != p })
	s.forgetStatements()
	s.settings.resetAll()
	return nil
}
