package session

import (
	"context"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/parse"
	"iris-pgwire/internal/sql/plan"
)

// shown gives a setting's own spelling and its value. The transaction's are those of the running one.
func (s *Session) shown(name string) (spelling, value string, err error) {
	g := findGUC(name)
	if g == nil {
		v, ok := s.settings.get(name)
		if !ok {
			return "", "", unknownGUC(name)
		}
		return name, v, nil
	}
	switch {
	case s.tx.kind == none:
	case g.name == "transaction_isolation":
		return g.name, s.tx.isolation, nil
	case g.name == "transaction_read_only":
		return g.name, onOffWord(s.tx.readOnly), nil
	case g.name == "transaction_deferrable":
		return g.name, onOffWord(s.tx.deferrable), nil
	}
	return g.name, s.settings.value(g.name), nil
}

func textColumn(name string, index int) plan.Column {
	return plan.Column{Name: name, Type: pgtypes.Of(pgtypes.Text), Source: index}
}

// showColumns tells the columns of SHOW.
func showColumns(s *Session, st *statement) ([]plan.Column, error) {
	n := st.parsed.Node.(*parse.Show)
	if n.Name == "all" {
		return []plan.Column{textColumn("name", 0), textColumn("setting", 1), textColumn("description", 2)}, nil
	}
	spelling, _, err := s.shown(n.Name)
	if err != nil {
		return nil, err
	}
	return []plan.Column{textColumn(spelling, 0)}, nil
}

// runShow runs SHOW and SHOW ALL.
func runShow(_ context.Context, s *Session, p *portal) error {
	n := p.st.parsed.Node.(*parse.Show)
	columns, err := showColumns(s, p.st)
	if err != nil {
		return err
	}
	rows := &staticRows{}
	if n.Name == "all" {
		for _, name := range s.settings.names() {
			spelling, value, _ := s.shown(name) // the name comes from the table
			about := ""
			if g := findGUC(name); g != nil {
				about = g.about
			}
			rows.rows = append(rows.rows, []iris.Value{iris.Text(spelling), iris.Text(value), iris.Text(about)})
		}
	} else {
		_, value, err := s.shown(n.Name)
		if err != nil {
			return err
		}
		rows.rows = [][]iris.Value{{iris.Text(value)}}
	}
	p.result = result{columns: columns, tag: "SHOW"}
	p.rows = rows
	return nil
}
