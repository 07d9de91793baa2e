package session

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/eval"
	"iris-pgwire/internal/sql/irissql"
	"iris-pgwire/internal/sql/plan"
)

// scriptConn answers statements by their text.
type scriptConn struct {
	iris.Conn
	counts map[string]int64
	errs   map[string]error
	rows   map[string][][]iris.Value
	log    []string
}

type scripted struct {
	iris.Statement
	sql string
}

func (c *scriptConn) Prepare(_ context.Context, sql string) (iris.Statement, error) {
	return scripted{sql: sql}, nil
}

func (c *scriptConn) note(sql string, args []iris.Value) {
	for _, a := range args {
		sql += " " + a.String()
	}
	c.log = append(c.log, sql)
}

func (c *scriptConn) Exec(_ context.Context, st iris.Statement, args []iris.Value) (int64, error) {
	sql := st.(scripted).sql
	c.note(sql, args)
	return c.counts[sql], c.errs[sql]
}

func (c *scriptConn) Query(_ context.Context, st iris.Statement, args []iris.Value) (iris.Rows, error) {
	sql := st.(scripted).sql
	c.note(sql, args)
	return &scriptRows{rows: c.rows[sql]}, c.errs[sql]
}

type scriptRows struct{ rows [][]iris.Value }

func (r *scriptRows) Columns() []iris.Column { return make([]iris.Column, 3) }
func (r *scriptRows) Next(context.Context) ([]iris.Value, error) {
	if len(r.rows) == 0 {
		return nil, io.EOF
	}
	row := r.rows[0]
	r.rows = r.rows[1:]
	return row, nil
}
func (r *scriptRows) Close(context.Context) error { return nil }

func runScript(t *testing.T, c *scriptConn, pl *plan.Statement) (*portal, error) {
	t.Helper()
	p := &portal{st: &statement{plan: pl}, env: &eval.Env{}}
	return p, new(Session).runSteps(context.Background(), c, p, nil)
}

// rowsOf reads a portal's rows as text.
func rowsOf(t *testing.T, p *portal) []string {
	t.Helper()
	var out []string
	for {
		row, err := p.rows.Next(context.Background())
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		words := make([]string, len(row))
		for i, v := range row {
			words[i] = v.String()
		}
		out = append(out, strings.Join(words, ","))
	}
}

var oneColumn = []plan.Column{{Name: "id", Type: pgtypes.Of(pgtypes.Int4)}}

func exec(sql string) plan.Step { return plan.Step{Kind: plan.ExecStep, SQL: sql} }

func query(sql string) plan.Step { return plan.Step{Kind: plan.QueryStep, SQL: sql, Result: true} }

var duplicate = &iris.Error{Code: -119, Message: "Table 'S.t', Constraint 't_pkey', Field(s) id=1; failed unique check"}

func TestRowsOfSeveralInsertsFollowOneAnother(t *testing.T) {
	c := &scriptConn{counts: map[string]int64{"insert 1": 1, "insert 2": 1},
		rows: map[string][][]iris.Value{"read 1": {{iris.Int(1)}}, "read 2": {{iris.Int(2)}}}}
	p, err := runScript(t, c, &plan.Statement{Tag: "INSERT", Columns: oneColumn,
		Steps: []plan.Step{exec("insert 1"), query("read 1"), exec("insert 2"), query("read 2")}})
	if err != nil {
		t.Fatal(err)
	}
	if got := rowsOf(t, p); !slices.Equal(got, []string{"1", "2"}) || p.result.affected != 2 {
		t.Errorf("rows %v, %d affected", got, p.result.affected)
	}
}

func TestAConflictLeadsToTheUpdate(t *testing.T) {
	insert := exec("insert")
	insert.IgnoreKeys = []string{"T_PKEY"}
	update := exec("update")
	update.When = &plan.When{Step: 0, Changed: false}
	there := plan.Step{Kind: plan.QueryStep, SQL: "there", NeedRow: true, When: &plan.When{Step: 1}, Unless: &plan.When{Step: 0, Changed: true}}
	pl := &plan.Statement{Tag: "INSERT", Steps: []plan.Step{insert, update, there}}
	for _, c := range []struct {
		name     string
		conn     scriptConn
		log      string
		affected int64
		code     string
	}{
		{"inserted", scriptConn{counts: map[string]int64{"insert": 1}}, "insert", 1, ""},
		{"updated", scriptConn{errs: map[string]error{"insert": duplicate}, counts: map[string]int64{"update": 1}}, "insert update", 1, ""},
		{"WHERE is false", scriptConn{errs: map[string]error{"insert": duplicate}, rows: map[string][][]iris.Value{"there": {{iris.Int(1)}}}},
			"insert update there", 0, ""},
		{"the row has gone", scriptConn{errs: map[string]error{"insert": duplicate}}, "insert update there", 0, pgerr.SerializationFailure},
		{"in another language", scriptConn{errs: map[string]error{"insert": &iris.Error{Code: -119, Message: `Tabelle "S.t", Bedingung "t_pkey"`}},
			counts: map[string]int64{"update": 1}}, "insert update", 1, ""},
		{"another constraint", scriptConn{errs: map[string]error{"insert": &iris.Error{Code: -119, Message: "Constraint 'other'"}}}, "insert", 0, "iris"},
	} {
		p, err := runScript(t, &c.conn, pl)
		if got := strings.Join(c.conn.log, " "); got != c.log || p.result.affected != c.affected {
			t.Errorf("%s: ran %q, %d affected", c.name, got, p.result.affected)
		}
		switch {
		case c.code == "" && err != nil, c.code != "" && err == nil:
			t.Errorf("%s: %v", c.name, err)
		case c.code == pgerr.SerializationFailure && pgerr.As(err).Code != c.code:
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// changeReturning is the plan of UPDATE … RETURNING.
func changeReturning() *plan.Statement {
	change := exec("change")
	change.Args, change.All = []irissql.Arg{{Kept: true}}, true
	read := query("read")
	read.Args = change.Args
	return &plan.Statement{Tag: "UPDATE", Columns: oneColumn,
		Steps: []plan.Step{{Kind: plan.QueryStep, SQL: "find", Keep: true}, change, read}}
}

func TestRowsAreChangedByTheirKeysAndRead(t *testing.T) {
	c := &scriptConn{counts: map[string]int64{"change": 2},
		rows: map[string][][]iris.Value{"find": {{iris.Int(7)}, {iris.Int(9)}}, "read": {{iris.Int(70)}, {iris.Int(90)}}}}
	p, err := runScript(t, c, changeReturning())
	if err != nil {
		t.Fatal(err)
	}
	if got := rowsOf(t, p); !slices.Equal(got, []string{"70", "90"}) || p.result.affected != 2 {
		t.Errorf("rows %v, %d affected", got, p.result.affected)
	}
	if want := []string{"find", "change 7,9", "read 7,9"}; !slices.Equal(c.log, want) {
		t.Errorf("ran %q, want %q", c.log, want)
	}
}

func TestNothingToChangeGivesNoRows(t *testing.T) {
	c := &scriptConn{}
	p, err := runScript(t, c, changeReturning())
	if err != nil || len(rowsOf(t, p)) != 0 || !slices.Equal(c.log, []string{"find"}) {
		t.Errorf("ran %q: %v", c.log, err)
	}
}

func TestRowsThatAreChangedBetweenTheStepsAreASerializationFailure(t *testing.T) {
	c := &scriptConn{counts: map[string]int64{"change": 1}, rows: map[string][][]iris.Value{"find": {{iris.Int(7)}, {iris.Int(9)}}}}
	if _, err := runScript(t, c, changeReturning()); err == nil || pgerr.As(err).Code != pgerr.SerializationFailure {
		t.Errorf("got %v", err)
	}
}

func TestMoreKeysThanAStringHoldsAreRefused(t *testing.T) {
	keys := make([][]iris.Value, 500_000)
	for i := range keys {
		keys[i] = []iris.Value{iris.Int(int64(10_000_000 + i))}
	}
	c := &scriptConn{rows: map[string][][]iris.Value{"find": keys}}
	if _, err := runScript(t, c, changeReturning()); err == nil || pgerr.As(err).Code != pgerr.ProgramLimitExceeded {
		t.Errorf("got %v", err)
	}
}

func TestLockedRowsAreReadWithoutTheirKeysAndMustBeTheSame(t *testing.T) {
	lock, read := exec("lock"), query("again")
	lock.Args, lock.All, lock.Uncounted = []irissql.Arg{{Kept: true}}, true, true
	read.Same = true
	pl := &plan.Statement{Tag: "SELECT", Columns: oneColumn,
		Steps: []plan.Step{{Kind: plan.QueryStep, SQL: "find", Keep: true}, lock, read}}
	found := [][]iris.Value{{iris.Int(7), iris.Text("x")}}
	c := &scriptConn{counts: map[string]int64{"lock": 1}, rows: map[string][][]iris.Value{"find": found, "again": found}}
	p, err := runScript(t, c, pl)
	if err != nil {
		t.Fatal(err)
	}
	if got := rowsOf(t, p); !slices.Equal(got, []string{"x"}) || p.result.affected != 0 {
		t.Errorf("rows %v, %d affected", got, p.result.affected)
	}
	c.rows["again"] = [][]iris.Value{{iris.Int(8), iris.Text("y")}}
	if _, err := runScript(t, c, pl); err == nil || pgerr.As(err).Code != pgerr.SerializationFailure {
		t.Errorf("other rows: %v", err)
	}
}

func TestRowsAreReadBeforeTheyAreDeleted(t *testing.T) {
	del, read := exec("delete"), query("read")
	del.Args = []irissql.Arg{{Kept: true}}
	c := &scriptConn{counts: map[string]int64{"delete": 1}, rows: map[string][][]iris.Value{"find": {{iris.Int(7)}}, "read": {{iris.Text("x")}}}}
	p, err := runScript(t, c, &plan.Statement{Tag: "DELETE", Columns: oneColumn,
		Steps: []plan.Step{{Kind: plan.QueryStep, SQL: "find", Keep: true}, read, del}})
	if err != nil {
		t.Fatal(err)
	}
	if _, buffered := p.rows.(*staticRows); !buffered || p.result.affected != 1 {
		t.Errorf("rows are %T, %d affected", p.rows, p.result.affected)
	}
}

// Of rows with one key PostgreSQL writes one, and only its WHERE lets another pass.
func TestOneCommandWritesARowOnlyOnce(t *testing.T) {
	type row struct {
		key             iris.Value
		inserts, writes int64 // what the INSERT and the UPDATE change
	}
	one, two, null := iris.Int(1), iris.Int(2), iris.Null()
	decimal := func(s string) iris.Value { return iris.Text(s) }
	for name, c := range map[string]struct {
		rows []row
		typ  pgtypes.OID
		ran  int // steps
		code string
	}{
		"keys differ":                            {[]row{{one, 1, 0}, {two, 1, 0}}, pgtypes.Int4, 2, ""},
		"a new row comes again":                  {[]row{{one, 1, 0}, {two, 1, 0}, {one, 0, 1}}, pgtypes.Int4, 3, pgerr.CardinalityViolation},
		"a row that was there comes twice":       {[]row{{one, 0, 1}, {one, 0, 1}}, pgtypes.Int4, 3, pgerr.CardinalityViolation},
		"the first time WHERE kept it":           {[]row{{one, 0, 0}, {one, 0, 1}}, pgtypes.Int4, 4, ""},
		"a third time":                           {[]row{{one, 0, 0}, {one, 0, 1}, {one, 0, 1}}, pgtypes.Int4, 5, pgerr.CardinalityViolation},
		"NULL is never the same":                 {[]row{{null, 1, 0}, {null, 1, 0}}, pgtypes.Int4, 2, ""},
		"a number is the same with more zeros":   {[]row{{decimal("1.50"), 1, 0}, {decimal("1.5"), 0, 1}}, pgtypes.Numeric, 2, pgerr.CardinalityViolation},
		"a text is not the same with more zeros": {[]row{{decimal("1.50"), 1, 0}, {decimal("1.5"), 1, 0}}, pgtypes.Text, 2, ""},
	} {
		conn := &scriptConn{counts: map[string]int64{}}
		pl := &plan.Statement{Tag: "INSERT"}
		for i, r := range c.rows {
			insert, update := exec(fmt.Sprint("insert ", i)), exec(fmt.Sprint("update ", i))
			insert.Owns = []irissql.Arg{{Const: r.key, Type: pgtypes.Of(c.typ)}}
			update.Owns, update.Once, update.When = insert.Owns, true, &plan.When{Step: 2 * i}
			conn.counts[insert.SQL], conn.counts[update.SQL] = r.inserts, r.writes
			pl.Steps = append(pl.Steps, insert, update)
		}
		_, err := runScript(t, conn, pl)
		code := ""
		if err != nil {
			code = pgerr.As(err).Code
		}
		if code != c.code || len(conn.log) != c.ran {
			t.Errorf("%s: %v after %v", name, err, conn.log)
		}
	}
}

func TestAMissingValueIsToldBeforeAConflict(t *testing.T) {
	missing := pgerr.New(pgerr.NotNullViolation, "null value")
	insert := exec("insert")
	insert.Unless = &plan.When{Step: 0, Changed: true}
	insert.Required = []plan.Required{{Arg: irissql.Arg{Const: iris.Int(1)}, Missing: missing}, {Arg: irissql.Arg{Const: iris.Null()}, Missing: missing}}
	c := &scriptConn{rows: map[string][][]iris.Value{"there": {{iris.Int(1)}}}}
	there := query("there")
	there.Result = false
	_, err := runScript(t, c, &plan.Statement{Tag: "INSERT", Steps: []plan.Step{there, insert}})
	if err == nil || pgerr.As(err).Code != pgerr.NotNullViolation {
		t.Errorf("%v", err)
	}
}

func TestARowThatIsFoundByItsValuesMustBeTheOnlyOne(t *testing.T) {
	last, values := query("last"), query("values")
	values.Single, values.Unless = true, &plan.When{Step: 1, Changed: true}
	pl := &plan.Statement{Tag: "INSERT", Columns: oneColumn, Steps: []plan.Step{exec("insert"), last, values}}
	one := [][]iris.Value{{iris.Int(7)}}
	for _, c := range []struct {
		name string
		rows map[string][][]iris.Value
		log  string
		code string
	}{
		{"IRIS tells it", map[string][][]iris.Value{"last": one}, "insert last", ""},
		{"it is the only one", map[string][][]iris.Value{"values": one}, "insert last values", ""},
		{"there are two", map[string][][]iris.Value{"values": append(one, one...)}, "insert last values", pgerr.FeatureNotSupported},
		{"there is none", nil, "insert last values", pgerr.FeatureNotSupported},
	} {
		conn := &scriptConn{counts: map[string]int64{"insert": 1}, rows: c.rows}
		p, err := runScript(t, conn, pl)
		switch got := strings.Join(conn.log, " "); {
		case got != c.log, c.code != "" && pgerr.As(err).Code != c.code:
			t.Errorf("%s: ran %q, %v", c.name, got, err)
		case c.code == "" && (err != nil || !slices.Equal(rowsOf(t, p), []string{"7"})):
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
