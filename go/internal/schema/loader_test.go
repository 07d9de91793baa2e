package schema

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
)

// film is a table as IRIS tells it: a hidden RowID, a column of every kind of type, a key, a unique index.
func film() *fakeConn {
	column := func(name, dataType, length, precision, scale, nullable, fallback, identity, counts, primary, description, at string) []string {
		return []string{name, dataType, length, precision, scale, nullable, fallback, identity, counts, primary, description, at}
	}
	return &fakeConn{answers: map[string][][]string{
		`"TABLES"`: {{"SQLUser", "Film", "BASE TABLE", "User.Film"}},
		`"COLUMNS"`: {
			column("ID", "bigint", "-", "19", "0", "NO", "-", "NO", "YES", "NO", "-", "1"),
			column("Title", "varchar", "40", "-", "-", "NO", "-", "NO", "NO", "NO", "-", "2"),
			column("plot", "varchar", "3641144", "-", "-", "YES", "'none'", "NO", "NO", "NO", "-", "3"),
			column("key", "varchar", "36", "-", "-", "YES", "-", "NO", "NO", "NO", "pg:uuid", "4"),
			column("gross", "numeric", "-", "10", "2", "YES", "-", "NO", "NO", "NO", "-", "5"),
			column("seen", "timestamp", "-", "-", "-", "YES", "-", "NO", "NO", "NO", "pg:timestamp with time zone", "6"),
			column("v", "varchar", "-", "-", "-", "YES", "-", "NO", "NO", "NO", "about the film", "7"),
			column("seq", "bigint", "-", "19", "0", "YES", "-", "NO", "YES", "NO", "-", "8"),
			column("on", "bit", "-", "-", "-", "YES", "-", "NO", "NO", "NO", "-", "9"),
			column("ids", "varchar", "3641144", "-", "-", "YES", "-", "NO", "NO", "NO", "pg:integer[]", "10"),
		},
		`"CompiledProperty"`: {
			{"Title", "Title", "%Library.String", "CAPTION,,COLLATION,SQLUPPER,MAXLEN,40"},
			{"-", "plot", "%Library.String", "COLLATION,EXACT,MAXLEN,3641144,VALUELIST,,a,b"},
			{"key", "key", "%Library.String", "\x14\x01\x0b\x01COLLATION\x07\x01EXACT\x0e\x01\x08\x01MAXLEN\x04\x0136"},
			{"gross", "gross", "%Library.Numeric", "SCALE,2"}, {"seen", "seen", "%Library.PosixTime", "-"},
			{"v", "v", "%Library.Vector", "\x0a\x01DATATYPE\x08\x01double\x05\x01LEN\x05\x01384"}, {"seq", "seq", "%Library.Counter", "-"},
			{"on", "on", "%Library.Boolean", "-"}, {"ids", "ids", "%Library.String", "COLLATION,EXACT,MAXLEN,3641144"},
		},
		`"KEY_COLUMN_USAGE"`: {
			{"film_fk", "FOREIGN KEY", "seq", "SQLUser", "Other", "id", "1"},
			{"film_pkey", "PRIMARY KEY", "Title", "-", "-", "-", "1"}, {"film_pkey", "PRIMARY KEY", "gross", "-", "-", "-", "2"},
		},
		`"INDEXES"`: {{"film_key", "key", "0", "1"}, {"FILM_PKEY", "Title", "1", "1"}, {"rowid", "ID", "0", "1"}},
	}}
}

func source(n *Namespace, c iris.Conn) Source {
	return n.As("ann", func(context.Context) (iris.Conn, error) { return c, nil })
}

func TestATableIsReadInPostgreSQLsTerms(t *testing.T) {
	table, err := source(NewNamespace("USER"), film()).Table(context.Background(), "sqluser", "film")
	if err != nil {
		t.Fatal(err)
	}
	if table.Schema != "SQLUser" || table.Name != "Film" || table.View {
		t.Errorf("got %+v", table)
	}
	want := []struct {
		name, typ string
		notNull   bool
		exact     bool
		identity  string
	}{
		{"Title", "character varying(40)", true, false, ""}, {"plot", "text", false, true, ""}, {"key", "uuid", false, true, ""},
		{"gross", "numeric(10,2)", false, false, ""}, {"seen", "timestamp with time zone", false, false, ""},
		{"v", "vector(384)", false, false, ""}, {"seq", "bigint", false, false, "serial"}, {"on", "boolean", false, false, ""},
		{"ids", "integer[]", false, true, ""},
	}
	if len(table.Columns) != len(want) {
		t.Fatalf("%d columns, want %d: the RowID is hidden", len(table.Columns), len(want))
	}
	for i, w := range want {
		c := table.Columns[i]
		if c.Name != w.name || pgtypes.Format(c.Type) != w.typ || c.NotNull != w.notNull || c.Exact != w.exact || c.Identity != w.identity {
			t.Errorf("column %d is %s %s not null %v exact %v %q, want %+v", i, c.Name, pgtypes.Format(c.Type), c.NotNull, c.Exact, c.Identity, w)
		}
	}
	if v := table.Columns[5].Stored; v.Element != "DOUBLE" || v.Length != 384 {
		t.Errorf("vector stored as %+v", v)
	}
	if p := table.Columns[1]; !p.Default || p.DefaultText != "'none'" {
		t.Errorf("default of plot is %q", p.DefaultText)
	}
	if len(table.Keys) != 3 || len(table.PrimaryKey()) != 2 || !table.Keys[2].Index || table.Keys[2].Name != "film_key" {
		t.Errorf("keys are %+v", table.Keys)
	}
}

func TestWithoutTheDictionaryCollationsAreUnknownAndTheRowIDIsHiddenAllTheSame(t *testing.T) {
	c := film()
	c.refuse = map[string]error{"CompiledProperty": &iris.Error{Code: -99}}
	table, err := source(NewNamespace("USER"), c).Table(context.Background(), "SQLUser", "Film")
	if err != nil {
		t.Fatal(err)
	}
	if table.Columns[0].Name != "Title" || table.Columns[1].Exact {
		t.Errorf("got %+v", table.Columns[:2])
	}
}

// INFORMATION_SCHEMA tells of VECTOR as of VARCHAR; the gateway's own columns have a marker.
func TestWithoutTheDictionaryAMarkedVectorIsAVector(t *testing.T) {
	c := film()
	c.refuse = map[string]error{"CompiledProperty": &iris.Error{Code: -99}}
	for _, row := range c.answers[`"COLUMNS"`] {
		if row[0] == "v" {
			row[2], row[10] = "3641144", "pg:vector(384)"
		}
	}
	table, err := source(NewNamespace("USER"), c).Table(context.Background(), "SQLUser", "Film")
	if err != nil {
		t.Fatal(err)
	}
	i, _ := table.Column("v")
	want := StoredType{ODBC: 12, Class: vectorClass, Element: ownElement, Length: 384}
	if got := table.Columns[i]; got.Type != (pgtypes.Type{OID: pgtypes.Vector, Mod: 384}) || got.Stored != want {
		t.Errorf("got %+v", got)
	}
}

func TestATableIsAskedForOnceAndAgainAfterInvalidate(t *testing.T) {
	n, c := NewNamespace("USER"), film()
	before := n.Version()
	var wait sync.WaitGroup
	for range 20 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			if table, err := source(n, c).Table(context.Background(), "SQLUser", "FILM"); table == nil || err != nil {
				t.Error(table, err)
			}
		}()
	}
	wait.Wait()
	if asked := c.asked.Load(); asked != 5 {
		t.Errorf("asked %d questions, want 5", asked)
	}
	n.Invalidate()
	if n.Version() == before {
		t.Error("the version stays after Invalidate")
	}
	_, _ = source(n, c).Table(context.Background(), "SQLUser", "FILM")
	if asked := c.asked.Load(); asked != 10 {
		t.Errorf("asked %d questions, want 10", asked)
	}
}

func TestAnAbsentTableIsBelievedForAShortTime(t *testing.T) {
	n, c := NewNamespace("USER"), film()
	now := time.Unix(0, 0)
	n.now = func() time.Time { return now }
	for _, step := range []struct {
		after time.Duration
		asked int32
	}{{0, 1}, {absentFor / 2, 1}, {absentFor, 2}} {
		now = now.Add(step.after)
		if table, err := source(n, c).Table(context.Background(), "SQLUser", "nope"); table != nil || err != nil {
			t.Fatal(table, err)
		}
		if asked := c.asked.Load(); asked != step.asked {
			t.Errorf("after %v: %d questions, want %d", step.after, asked, step.asked)
		}
	}
}

func TestAFailureIsNotKept(t *testing.T) {
	n, c := NewNamespace("USER"), film()
	broken := n.As("ann", func(context.Context) (iris.Conn, error) { return nil, errors.New("no connection") })
	if _, err := broken.Table(context.Background(), "SQLUser", "Film"); err == nil {
		t.Fatal("no error")
	}
	if table, err := source(n, c).Table(context.Background(), "SQLUser", "Film"); table == nil || err != nil {
		t.Error(table, err)
	}
}

func TestMarkersReadBackWhatTheyTell(t *testing.T) {
	for _, typ := range []pgtypes.Type{
		pgtypes.Of(pgtypes.UUID), pgtypes.Of(pgtypes.JSONB), pgtypes.Of(pgtypes.Timestamptz), {OID: pgtypes.Timestamp, Mod: 3},
		{OID: pgtypes.Time, Mod: 0}, {OID: pgtypes.Bpchar, Mod: pgtypes.VarcharMod(5)}, pgtypes.Of(pgtypes.Varchar), pgtypes.Of(pgtypes.Int4Array),
		{OID: pgtypes.Numeric, Mod: pgtypes.NumericMod(30, 10)}, {OID: pgtypes.Numeric, Mod: pgtypes.NumericMod(5, -2)}, {OID: pgtypes.Bit, Mod: 8},
		pgtypes.Of(pgtypes.Char), pgtypes.Of(pgtypes.Float4), pgtypes.Of(pgtypes.Interval),
	} {
		if got, ok := ReadMarker(Marker(typ)); !ok || got != typ {
			t.Errorf("%s reads back as %v %v", Marker(typ), got, ok)
		}
	}
	for _, text := range []string{"", "a film", "pg:", "pg:nonsense", "pg:numeric(x)", "pg:numeric(1", "pg:varchar(0)", "pg:int4(3)"} {
		if got, ok := ReadMarker(text); ok {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}

func TestOIDsAreTheSameForNamesThatIRISTakesForTheSame(t *testing.T) {
	a, b := OID("USER", "table", "SQLUser", "Film"), OID("user", "table", "SQLUSER", "FILM")
	if a != b || a < firstOID || a > 1<<31-1 {
		t.Errorf("%d and %d", a, b)
	}
	if OID("USER", "table", "a", "bc") == OID("USER", "table", "ab", "c") {
		t.Error("parts of a name run together")
	}
}

func FuzzReadMarker(f *testing.F) {
	f.Add("pg:numeric(10,2)")
	f.Fuzz(func(t *testing.T, s string) {
		if typ, ok := ReadMarker(s); ok {
			if again, ok := ReadMarker(Marker(typ)); !ok || again != typ {
				t.Errorf("%q: %v and %v", s, typ, again)
			}
		}
	})
}

func FuzzReadParameters(f *testing.F) {
	f.Add([]byte("COLLATION,EXACT"))
	f.Fuzz(func(_ *testing.T, b []byte) { readParameters(iris.Latin1(b)) })
}
