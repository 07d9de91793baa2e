package session

import (
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/sql/parse"
)

// applyModes sets the modes of BEGIN and SET TRANSACTION.
func (s *Session) applyModes(modes []parse.TransactionMode) error {
	for _, m := range modes {
		switch m.Name {
		case "ISOLATION LEVEL":
			if err := s.setIsolation(m.Value); err != nil {
				return err
			}
		case "READ ONLY":
			s.tx.readOnly = true
		case "READ WRITE":
			if s.tx.readOnly && s.tx.used {
				return pgerr.New(pgerr.ActiveSQLTransaction, "transaction read-write mode must be set before any query")
			}
			s.tx.readOnly = false
		case "DEFERRABLE", "NOT DEFERRABLE":
			s.tx.deferrable = m.Name == "DEFERRABLE"
		}
	}
	return nil
}

func (s *Session) setIsolation(level string) error {
	level = strings.ToLower(level)
	if level == s.tx.isolation {
		return nil
	}
	if s.tx.used {
		return pgerr.New(pgerr.ActiveSQLTransaction, "SET TRANSACTION ISOLATION LEVEL must be called before any query")
	}
	s.tx.isolation = level
	return nil
}

// checkIsolation says that the stricter levels are not what they are called: IRIS has READ COMMITTED at most.
func (s *Session) checkIsolation(level string) error {
	if level != "repeatable read" && level != "serializable" {
		return nil
	}
	if s.StrictIsolation {
		return pgerr.New(pgerr.FeatureNotSupported, "isolation level %s is not supported by iris-pgwire", strings.ToUpper(level)).
			WithHint("With strict_isolation off it runs as READ COMMITTED.")
	}
	s.notice("NOTICE", "00000", "isolation level "+strings.ToUpper(level)+" runs as READ COMMITTED", "IRIS has no stricter level.")
	return nil
}

// setTransaction is SET TRANSACTION.
func (s *Session) setTransaction(modes []parse.TransactionMode) error {
	if s.tx.kind != explicit {
		s.warn(pgerr.NoActiveSQLTransaction, "SET TRANSACTION can only be used in transaction blocks")
		return nil
	}
	before := s.tx.isolation
	if err := s.applyModes(modes); err != nil {
		return err
	}
	if s.tx.isolation == before {
		return nil
	}
	return s.checkIsolation(s.tx.isolation)
}

// setCharacteristics is SET SESSION CHARACTERISTICS AS TRANSACTION: the defaults of later transactions.
func (s *Session) setCharacteristics(modes []parse.TransactionMode) error {
	for _, m := range modes {
		name, value := "default_transaction_isolation", strings.ToLower(m.Value)
		switch m.Name {
		case "READ ONLY", "READ WRITE":
			name, value = "default_transaction_read_only", onOffWord(m.Name == "READ ONLY")
		case "DEFERRABLE", "NOT DEFERRABLE":
			name, value = "default_transaction_deferrable", onOffWord(m.Name == "DEFERRABLE")
		}
		if err := s.setVariable(name, value, false); err != nil {
			return err
		}
	}
	return nil
}

func onOffWord(on bool) string {
	if on {
		return "on"
	}
	return "off"
}
