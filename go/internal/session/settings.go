package session

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// settings are a session's values. What was not set has the session's default: the start-up packet's or the table's.
type settings struct {
	defaults map[string]string // by lower-case name
	fixed    map[string]string // server_version and its like
	now      values
	sent     map[string]string // reported settings as the client knows them
	changed  int               // counts changes
	reported int               // the count that sent belongs to
	derived  derived
}

// values is what SET has done. The maps are never changed in place, so that a copy of values is a snapshot: of the
// state that ROLLBACK goes back to.
type values struct {
	session map[string]string // stays after COMMIT
	local   map[string]string // SET LOCAL: ends with the transaction
}

// differs reports whether going back from one to the other changes anything.
func (v values) differs(o values) bool {
	return !maps.Equal(v.session, o.session) || !maps.Equal(v.local, o.local)
}

func newSettings(fixed map[string]string) *settings {
	return &settings{defaults: map[string]string{}, fixed: fixed, sent: map[string]string{}, changed: 1}
}

// get gives a setting as SHOW prints it.
func (s *settings) get(name string) (string, bool) {
	lower := strings.ToLower(name)
	for _, m := range []map[string]string{s.now.local, s.now.session, s.defaults, s.fixed} {
		if v, ok := m[lower]; ok {
			return v, true
		}
	}
	if g := findGUC(name); g != nil {
		return g.otherwise, true
	}
	return "", false
}

// value is get for a setting that is known to exist.
func (s *settings) value(name string) string {
	v, _ := s.get(name)
	return v
}

func (s *settings) bool(name string) bool { return s.value(name) == "on" }

// duration gives a setting in milliseconds as a duration.
func (s *settings) duration(name string) time.Duration {
	g := findGUC(name)
	ms, err := g.number(s.value(name))
	if err != nil {
		return 0 // can't be: the value was normalised
	}
	return time.Duration(ms) * time.Millisecond
}

// setDefault takes a value of the start-up packet.
func (s *settings) setDefault(name, value string) error {
	normal, err := normalise(name, value)
	if err == nil {
		s.defaults[strings.ToLower(name)] = normal
		s.changed++
	}
	return err
}

// set is SET and SET LOCAL.
func (s *settings) set(name, value string, local bool) error {
	normal, err := normalise(name, value)
	if err != nil {
		return err
	}
	s.store(strings.ToLower(name), &normal, local)
	return nil
}

// reset is SET … TO DEFAULT and RESET.
func (s *settings) reset(name string, local bool) error {
	if g := findGUC(name); g == nil && !isCustom(name) {
		return unknownGUC(name)
	} else if g != nil && g.fixed && g.name != "session_authorization" {
		_, err := g.normalise("")
		return err
	}
	lower := strings.ToLower(name)
	if !local {
		s.store(lower, nil, false)
		return nil
	}
	v, ok := s.defaults[lower]
	if g := findGUC(name); !ok && g != nil {
		v = g.otherwise
	}
	s.store(lower, &v, true)
	return nil
}

// resetAll is RESET ALL; the settings of the running transaction stay, as in PostgreSQL.
func (s *settings) resetAll() {
	s.now = values{}
	s.changed++
}

// store replaces a map, never changes one.
func (s *settings) store(lower string, value *string, local bool) {
	s.changed++
	if local {
		s.now.local = with(s.now.local, lower, value)
		return
	}
	s.now.session = with(s.now.session, lower, value)
	s.now.local = with(s.now.local, lower, nil)
}

func with(m map[string]string, name string, value *string) map[string]string {
	out := maps.Clone(m)
	if out == nil {
		out = map[string]string{}
	}
	delete(out, name)
	if value != nil {
		out[name] = *value
	}
	return out
}

// endLocal ends what SET LOCAL did, at COMMIT.
func (s *settings) endLocal() {
	if len(s.now.local) > 0 {
		s.now.local = nil
		s.changed++
	}
}

// restore goes back to a snapshot, at ROLLBACK and ROLLBACK TO.
func (s *settings) restore(v values) {
	s.now = v
	s.changed++
}

// normalise checks any setting; a custom one may have any value.
func normalise(name, value string) (string, error) {
	if g := findGUC(name); g != nil {
		return g.normalise(value)
	}
	if isCustom(name) {
		return value, nil
	}
	return "", unknownGUC(name)
}

// changes gives the reported settings whose values the client doesn't know yet, in the table's order.
func (s *settings) changes() []guc {
	if s.reported == s.changed {
		return nil
	}
	s.reported = s.changed
	var out []guc
	for _, g := range gucs {
		if !g.reported {
			continue
		}
		v := s.value(g.name)
		if old, ok := s.sent[g.name]; !ok || old != v {
			s.sent[g.name] = v
			out = append(out, guc{name: g.name, otherwise: v})
		}
	}
	return out
}

// names lists every setting that SHOW ALL shows.
func (s *settings) names() []string {
	out := make([]string, 0, len(gucs))
	for _, g := range gucs {
		out = append(out, g.name)
	}
	for _, m := range []map[string]string{s.now.session, s.now.local, s.defaults} {
		for name := range m {
			if findGUC(name) == nil && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	slices.SortFunc(out, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	return out
}

// Default takes a setting of the start-up packet. One that holds a text in quotes, as some drivers write client_encoding,
// is taken without them where the setting itself allows it.
func (s *Session) Default(name, value string) error { return s.settings.setDefault(name, value) }
