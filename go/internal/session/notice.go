package session

import (
	"slices"

	"iris-pgwire/internal/pgerr"
)

// severities are those of notices, the least first (PostgreSQL docs, "client_min_messages"); INFO is always sent.
var severities = []string{"DEBUG", "LOG", "NOTICE", "WARNING", "ERROR"}

var minMessages = map[string]string{
	"debug5": "DEBUG", "debug4": "DEBUG", "debug3": "DEBUG", "debug2": "DEBUG", "debug1": "DEBUG", "debug": "DEBUG",
	"log": "LOG", "notice": "NOTICE", "warning": "WARNING", "error": "ERROR", "info": "LOG",
}

// notice sends a NOTICE or WARNING unless the client wants none of its kind.
func (s *Session) notice(severity, code, message, hint string) {
	least := minMessages[s.settings.value("client_min_messages")]
	if severity != "INFO" && slices.Index(severities, severity) < slices.Index(severities, least) {
		return
	}
	s.conn.SendNotice(&pgerr.Error{Severity: severity, Code: code, Message: message, Hint: hint})
}

func (s *Session) warn(code, message string) { s.notice("WARNING", code, message, "") }
