package bound

import (
	"errors"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/sqlerr"
)

// refusal is a statement with the SQLCODE that the documentation gives for it.
type refusal struct {
	text string
	code int
}

// postgres are statements that PostgreSQL takes and that pass IRIS's grammar, or nearly so, but not its checks.
var postgres = []refusal{
	// Functions of PostgreSQL.
	{`SELECT LENGTH(Name), STRPOS(Name, 'a') FROM Person`, -359},
	{`SELECT INITCAP(Name) FROM Person`, -359},
	{`SELECT SPLIT_PART(Name, ',', 1) FROM Person`, -359},
	{`SELECT REGEXP_REPLACE(Name, 'a', 'b') FROM Person`, -359},
	{`SELECT CONCAT_WS(',', Name, Code) FROM Person`, -359},
	{`SELECT FORMAT('%s', Name) FROM Person`, -359},
	{`SELECT MD5(Name) FROM Person`, -359},
	{`SELECT STRING_AGG(Name, ',') FROM Person`, -359},
	{`SELECT ARRAY_AGG(Name) FROM Person`, -359},
	{`SELECT BOOL_AND(Active) FROM Person`, -359},
	{`SELECT JSON_AGG(Name) FROM Person`, -359},
	{`SELECT JSONB_BUILD_OBJECT('a', Name) FROM Person`, -359},
	{`SELECT TO_JSON(Name) FROM Person`, -359},
	{`SELECT ROW_TO_JSON(Name) FROM Person`, -359},
	{`SELECT GENERATE_SERIES(1, 3)`, -359},
	{`SELECT GEN_RANDOM_UUID()`, -359},
	{`SELECT NEXTVAL('s')`, -359},
	{`SELECT PG_BACKEND_PID()`, -359},
	{`SELECT VERSION()`, -359},
	{`SELECT CURRENT_SCHEMA()`, -359},
	{`SELECT AGE(Seen, Seen) FROM Person`, -359},
	{`SELECT DATE_PART('year', Seen) FROM Person`, -359},
	{`SELECT MAKE_DATE(2020, 1, 1)`, -359},
	{`SELECT RANDOM()`, -359},
	{`SELECT pg_catalog.STRPOS(Name, 'a') FROM Person`, -359},
	{`SELECT INT4(Name) FROM Person`, -359},
	{`SELECT CHR(65)`, -359},
	{`SELECT BTRIM(Name) FROM Person`, -359},
	{`SELECT TRUNC(Pay, 1) FROM Person`, -359},
	{`SELECT CEIL(Pay) FROM Person`, -359},
	{`SELECT COUNT(DISTINCT Name, Code) FROM Person`, -1},
	{`SELECT UNNEST(Name) FROM Person`, -359},
	{`SELECT CONCAT(Name, Code, 'x') FROM Person`, -381},
	// Documented only as {fn …}.
	{`SELECT LEFT(Name, 1) FROM Person`, -359},
	{`SELECT RIGHT(Name, 1) FROM Person`, -359},
	{`SELECT EXP(Ratio) FROM Person`, -359},
	{`SELECT PI()`, -359},
	{`SELECT {fn UPPER_CASE(Name)} FROM Person`, -359},
	// CAST targets of PostgreSQL.
	{`SELECT CAST(Name AS TEXT) FROM Person`, -376},
	{`SELECT CAST(Name AS BOOLEAN) FROM Person`, -376},
	{`SELECT CAST(Name AS UUID) FROM Person`, -376},
	{`SELECT CAST(Name AS JSONB) FROM Person`, -376},
	{`SELECT CAST(Name AS BYTEA) FROM Person`, -376},
	{`SELECT CAST(Name AS INT8) FROM Person`, -376},
	{`SELECT CAST(Name AS REAL) FROM Person`, -376},
	{`SELECT CAST(Name AS VECTOR(3)) FROM Person`, -376},
	// Types that PostgreSQL brings together.
	{`SELECT 1 FROM Person WHERE Born < Seen`, -483},
	{`SELECT COALESCE(Age, Pay, 0) FROM Person`, -378},
	{`SELECT COALESCE(Born, '2020-01-01') FROM Person`, -378},
	{`SELECT COALESCE(Age, Name) FROM Person`, -378},
	{`SELECT COALESCE(Age, 'x', ?) FROM Person`, -378},
	{`SELECT CASE WHEN Age = 1 THEN Born ELSE Age END FROM Person`, -378},
	{`SELECT Born FROM Person UNION SELECT Age FROM Person`, -9},
	{`SELECT Face FROM Person WHERE Face = Face`, -400},
	{`SELECT Name FROM Person ORDER BY Face`, -400},
	// Names.
	{`SELECT xmin FROM Person`, -29},
	{`SELECT ctid FROM Person`, -29},
	{`SELECT public.Person.Name FROM Person`, -12},
	{`SELECT app.Person.Name FROM Person`, -23},
	{`SELECT Person.Name FROM Person p`, -23},
	{`SELECT * FROM pg_catalog.pg_class`, -30},
	{`SELECT * FROM pg_class`, -30},
	{`SELECT * FROM generate_series(1, 3)`, -428},
	{`SELECT p FROM Person p`, -29},
	{`SELECT Name AS n FROM Person WHERE n = 'x'`, -29},
	{`SELECT Name AS n FROM Person GROUP BY n`, -29},
	{`SELECT Name AS n, COUNT(*) AS c FROM Person GROUP BY Name HAVING c > 1`, -29},
	{`SELECT q FROM Person p, (SELECT p.Age AS q) b`, -23},
	{`SELECT Name, COUNT(*) FROM Person GROUP BY Name ORDER BY COUNT(*)`, -73},
	{`SELECT Name, COUNT(*) FROM Person GROUP BY Name ORDER BY COUNT(*) + 1`, -73},
	{`SELECT Name FROM Person UNION SELECT Code FROM Person ORDER BY UPPER(Name)`, -6},
	{`SELECT DISTINCT Name FROM Person ORDER BY Age`, -6},
	// Writing.
	{`INSERT INTO Numbered (Num, Title) VALUES (1, 'a')`, -111},
	{`INSERT INTO Numbered VALUES (1, 'a')`, -111},
	{`INSERT INTO Orders (Person, Title) VALUES (1)`, -62},
	{`INSERT INTO Orders VALUES (1)`, -62},
	{`INSERT INTO Adults (Who) VALUES ('x')`, -35},
	{`UPDATE Adults SET Who = 'x'`, -35},
	{`DELETE FROM Adults`, -35},
}

// mistakes are wrong whoever writes them.
var mistakes = []refusal{
	{`SELECT Gone FROM Person`, -29},
	{`SELECT p.Gone FROM Person p`, -29},
	{`SELECT x.Name FROM Person`, -23},
	{`SELECT x.* FROM Person`, -23},
	{`SELECT *`, -26},
	{`SELECT Name`, -29},
	{`SELECT * FROM Gone`, -30},
	{`SELECT * FROM Other.Person`, -30},
	{`SELECT * FROM Broken`, -29},
	{`SELECT Age FROM Person, Orders`, -27},
	{`SELECT Title FROM Orders a, Orders b`, -27},
	{`SELECT a FROM (SELECT 1 AS a, 2 AS a) x`, -27},
	{`SELECT 1 FROM Person, Person`, -20},
	{`SELECT 1 FROM Person x, Orders x`, -20},
	{`SELECT %ID FROM Adults`, -29},
	{`SELECT %VID FROM Person`, -29},
	{`SELECT 1 FROM Person p JOIN Orders o ON q.Name = 'x'`, -23},
	{`SELECT 1 FROM Numbered n, Person p JOIN Orders o ON n.Title = o.Title`, -23},
	{`SELECT Orders.Title FROM Numbered NATURAL JOIN Orders`, -77},
	{`SELECT 1 FROM Person JOIN Orders USING (Gone)`, -29},
	{`SELECT 1 FROM (Person JOIN Orders USING (Age)) LEFT JOIN Numbered USING (Title)`, -94},
	{`SELECT 1 FROM Person WHERE COUNT(*) > 1`, -19},
	{`SELECT 1 FROM Person GROUP BY MAX(Age)`, -19},
	{`SELECT SUM(COUNT(*)) FROM Person`, -19},
	{`SELECT 1 FROM Person p JOIN Orders o ON MAX(o.Age) = 1`, -19},
	{`SELECT (SELECT MAX(p.Age) FROM Orders) FROM Person p`, -19},
	{`SELECT 1 FROM Person WHERE ROW_NUMBER() OVER (ORDER BY Age) = 1`, -19},
	{`UPDATE Orders SET Age = MAX(Age)`, -19},
	{`SELECT Name FROM Person ORDER BY MAX(Age)`, -73},
	{`SELECT Name FROM Person ORDER BY 2`, -5},
	{`SELECT Name FROM Person ORDER BY 1.5`, -5},
	{`SELECT Name AS a, Code AS a FROM Person ORDER BY a`, -24},
	{`SELECT (SELECT Name, Age FROM Person)`, -10},
	{`SELECT 1 FROM Person WHERE Age IN (SELECT * FROM Orders)`, -10},
	{`SELECT 1 UNION SELECT 1, 2`, -9},
	{`SELECT Notes FROM Person WHERE Notes = 'x'`, -313},
	{`SELECT Name FROM Person WHERE Notes LIKE 'x%'`, -313},
	{`SELECT DISTINCT Notes FROM Person`, -313},
	{`SELECT UPPER(Notes) FROM Person`, -37},
	{`SELECT MAX(Notes) FROM Person`, -37},
	{`SELECT Notes || 'x' FROM Person`, -37},
	{`SELECT Face + 1 FROM Person`, -400},
	{`SELECT SUBSTRING(Name) FROM Person`, -380},
	{`SELECT UPPER(Name, 1) FROM Person`, -381},
	{`SELECT NTILE() OVER (ORDER BY Age) FROM Person`, -380},
	{`SELECT TO_VECTOR('1,2', DOUBLE, 0)`, -65},
	{`SELECT %TRUNCATE(Name) FROM Person`, -380},
	{`SELECT COALESCE()`, -380},
	{`INSERT INTO Gone VALUES (1)`, -30},
	{`INSERT INTO Orders (Gone) VALUES (1)`, -29},
	{`INSERT INTO Orders (Age, Age) VALUES (1, 2)`, -377},
	{`INSERT INTO Orders (Age) VALUES (1, 2)`, -116},
	{`INSERT INTO Orders (Age) VALUES (Person)`, -29},
	{`INSERT INTO Orders (Age) SELECT Age, 1 FROM Person`, -64},
	{`INSERT INTO Person (Version) VALUES (1)`, -138},
	{`INSERT INTO Orders (Title) SELECT Notes FROM Person`, -303},
	{`INSERT INTO INFORMATION_SCHEMA.TABLES (TABLE_NAME) VALUES ('x')`, -115},
	{`UPDATE Person SET ID = 3`, -107},
	{`UPDATE Numbered SET Num = 3`, -107},
	{`UPDATE Person SET Serial = 3`, -105},
	{`UPDATE Person SET Version = 3`, -138},
	{`UPDATE Person SET Age = 1, AGE = 2`, -377},
	{`UPDATE Person SET Gone = 1`, -29},
	{`DELETE FROM INFORMATION_SCHEMA.TABLES`, -115},
	{`TRUNCATE TABLE Adults`, -35},
	{`CREATE VIEW V2 AS SELECT Gone FROM Person`, -29},
	{`EXPLAIN SELECT Gone FROM Person`, -29},
}

func checkRefusals(t *testing.T, list []refusal) {
	t.Helper()
	for _, c := range list {
		_, err := bind(t, c.text)
		var e *sqlerr.Error
		switch {
		case err == nil:
			t.Errorf("accepted: %s, want %d", c.text, c.code)
		case !errors.As(err, &e):
			t.Errorf("%s: error is %T", c.text, err)
		case e.Code != c.code:
			t.Errorf("%s: %d (%s), want %d", c.text, e.Code, e.Message, c.code)
		case e.Text == sqlerr.Text(0) && c.code != -400:
			t.Errorf("%s: %d has no text", c.text, e.Code)
		}
	}
}

func TestPostgreSQLIsRefused(t *testing.T) { checkRefusals(t, postgres) }

func TestMistakesAreRefused(t *testing.T) { checkRefusals(t, mistakes) }

func TestMessageShowsTheTextUpToTheField(t *testing.T) {
	_, err := bind(t, "SELECT TOP 5 game, Name FROM Person")
	var e *sqlerr.Error
	if !errors.As(err, &e) || e.Message != "Field 'GAME' not found in the applicable tables^ SELECT TOP ? game ," {
		t.Errorf("error is %v", err)
	}
	_, err = bind(t, "SELECT * FROM Gone")
	if !errors.As(err, &e) || !strings.HasPrefix(e.Message, "Table 'SQLUSER.GONE' not found") {
		t.Errorf("error is %v", err)
	}
}

func TestWithNeedsARecentClient(t *testing.T) {
	parsed, err := irissql.Parse("WITH a AS (SELECT 1 AS x) SELECT x FROM a", v2026)
	if err != nil {
		t.Fatal(err)
	}
	for protocol, code := range map[int]int{0: 0, 69: 0, 61: -385} {
		_, err := Bind(parsed, testCatalog(t), Options{Protocol: protocol})
		var e *sqlerr.Error
		if errors.As(err, &e) != (code != 0) || code != 0 && e.Code != code {
			t.Errorf("protocol %d: %v, want %d", protocol, err, code)
		}
	}
}

func TestFunctionsAreAsNewAsTheServer(t *testing.T) {
	const text = "SELECT HASHBYTES('MD5', 'x')"
	for version, known := range map[irissql.Version]bool{{Major: 2024, Minor: 1}: false, {Major: 2025, Minor: 1}: true} {
		parsed, err := irissql.Parse(text, version)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Bind(parsed, testCatalog(t), Options{}); (err == nil) != known {
			t.Errorf("%s on %s: %v", text, version, err)
		}
	}
}
