package server

import (
	"maps"
	"slices"
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/session"
)

// setting is one start-up setting, in the order in which it is applied.
type setting struct{ name, value string }

// options is what a start-up packet says (PostgreSQL docs, StartupMessage).
type options struct {
	user, database string
	settings       []setting
}

// readOptions takes the packet's parameters apart. Every one but four is a setting.
func readOptions(params map[string]string) (options, error) {
	o := options{user: params["user"], database: params["database"]}
	if o.user == "" {
		return o, fatal(pgerr.InvalidAuthorization, "no PostgreSQL user name specified in startup packet")
	}
	if o.database == "" {
		o.database = o.user
	}
	if err := refuseReplication(params["replication"]); err != nil {
		return o, err
	}
	line, err := commandLine(params["options"])
	if err != nil {
		return o, err
	}
	o.settings = line
	for _, name := range slices.Sorted(maps.Keys(params)) { // sorted, so that the first mistake is always the same one
		switch name {
		case "user", "database", "options", "replication":
		default:
			o.settings = append(o.settings, setting{name, params[name]})
		}
	}
	return o, nil
}

func refuseReplication(value string) error {
	switch strings.ToLower(value) {
	case "", "false", "off", "no", "0":
		return nil
	}
	return fatal(pgerr.FeatureNotSupported, "replication connections are not supported by iris-pgwire")
}

// commandLine reads the options parameter: -c name=value and --name=value, blanks written as "\ " (PostgreSQL docs,
// "Client Connection Defaults", options).
func commandLine(text string) ([]setting, error) {
	var out []setting
	words := splitWords(text)
	for i := 0; i < len(words); i++ {
		word := words[i]
		switch {
		case word == "-c" && i+1 < len(words):
			i++
			word = words[i]
		case strings.HasPrefix(word, "-c"), strings.HasPrefix(word, "--"):
			word = word[2:]
		default:
			return nil, fatal(pgerr.SyntaxError, "invalid command-line argument for server process: "+word)
		}
		name, value, ok := strings.Cut(word, "=")
		if !ok {
			return nil, fatal(pgerr.SyntaxError, "-c "+word+" requires a value")
		}
		out = append(out, setting{strings.ReplaceAll(name, "-", "_"), value})
	}
	return out, nil
}

// splitWords splits at blanks; a backslash keeps the next character.
func splitWords(text string) []string {
	var words []string
	var word strings.Builder
	inside := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '\\' && i+1 < len(text):
			i++
			word.WriteByte(text[i])
			inside = true
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			if inside {
				words = append(words, word.String())
				word.Reset()
				inside = false
			}
		default:
			word.WriteByte(c)
			inside = true
		}
	}
	if inside {
		words = append(words, word.String())
	}
	return words
}

// apply makes the settings the session's defaults: RESET goes back to them.
func (o options) apply(s *session.Session) error {
	for _, one := range o.settings {
		if err := s.Default(one.name, one.value); err != nil {
			e := *pgerr.As(err)
			e.Severity = "FATAL"
			return &e
		}
	}
	return nil
}
