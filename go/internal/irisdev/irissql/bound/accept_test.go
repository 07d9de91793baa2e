package bound

import (
	"strings"
	"testing"
)

// queries are statements with the columns and parameter types that the documentation gives them; ? marks what may be
// NULL.
var queries = []struct{ text, columns, params string }{
	// Names: the spelling of the definition is the label, letter case does not count.
	{`SELECT name, "NAME" n, AGE FROM person`, "Name VARCHAR(30), n VARCHAR(30), Age INTEGER?", ""},
	{`SELECT p.Name, SQLUser.Person.Age FROM Person p, Person`, "Name VARCHAR(30), Age INTEGER?", ""},
	{`SELECT ID, %ID, p.%ID FROM Person p`, "ID BIGINT, ID BIGINT, ID BIGINT", ""},
	{`SELECT %TABLENAME, %CLASSNAME FROM Person`, "%TABLENAME VARCHAR(6), %CLASSNAME VARCHAR(11)", ""},
	{`SELECT * FROM Numbered`, "Num BIGINT, Title VARCHAR(50)?", ""},
	{`SELECT o.*, p.Name FROM Orders o, Person p`, "Person BIGINT?, Age INTEGER?, Title VARCHAR(50)?, Name VARCHAR(30)", ""},
	{`SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES`, "TABLE_NAME VARCHAR(128)?", ""},

	// Columns without a name are numbered by their place.
	{`SELECT 1, 'ab', NULL, ?, 1+1, (SELECT 1), COUNT(*), ROW_NUMBER() OVER (ORDER BY Age) FROM Person`,
		"Literal_1 INTEGER, Literal_2 VARCHAR(2), Literal_3 VARCHAR?, HostVar_4 VARCHAR?, Expression_5 BIGINT, " +
			"Subquery_6 INTEGER?, Aggregate_7 BIGINT, Window_8 BIGINT", "VARCHAR"},

	// Literals.
	{`SELECT 123456789, 1234567890, 1.50, 1e3, -5, ''`,
		"Literal_1 INTEGER, Literal_2 BIGINT, Literal_3 NUMERIC(2,1), Literal_4 DOUBLE, Expression_5 INTEGER, Literal_6 VARCHAR(1)", ""},
	{`SELECT {d '2020-01-01'}, {t '10:00:00'}, {ts '2020-01-01 10:00:00'}`, "Expression_1 DATE, Expression_2 TIME, Expression_3 TIMESTAMP", ""},

	// A parameter has the type of the other side, of the column it is stored in, or of a function's parameter.
	{`SELECT 1 FROM Person WHERE Age > ? AND Born = ? AND Seen < ? AND Name = ? AND Pay BETWEEN ? AND ? AND ? = Ratio AND Code IN (?, 'x')`,
		"Literal_1 INTEGER", "INTEGER, DATE, POSIXTIME, VARCHAR(30), NUMERIC(10,2), NUMERIC(10,2), DOUBLE, VARCHAR(10)"},
	{`SELECT 1 FROM Person WHERE ? IN (SELECT Born FROM Person) AND ? = ALL (SELECT Age FROM Person)`, "Literal_1 INTEGER", "DATE, INTEGER"},
	{`SELECT CASE Age WHEN ? THEN ? END FROM Person`, "Expression_1 VARCHAR?", "INTEGER, VARCHAR"},
	{`SELECT Age + ? FROM Person`, "Expression_1 NUMERIC(20,9)?", "VARCHAR"},
	{`SELECT Name || ? FROM Person`, "Expression_1 VARCHAR?", "VARCHAR"},
	{`SELECT TOP ? Name FROM Person`, "Name VARCHAR(30)", "INTEGER"},
	{`SELECT Name FROM Person LIMIT ? OFFSET ?`, "Name VARCHAR(30)", "INTEGER, INTEGER"},
	{`SELECT Name FROM Person WHERE Name LIKE ? ESCAPE ? AND Code %STARTSWITH ?`, "Name VARCHAR(30)", "VARCHAR, VARCHAR, VARCHAR"},
	{`SELECT 1 FROM Person WHERE Age %INLIST $LISTFROMSTRING(?, ',')`, "Literal_1 INTEGER", "VARCHAR"},
	{`SELECT TO_VECTOR(?, DOUBLE, 3), TO_VECTOR(?, FLOAT, ?), TO_VECTOR('1,2')`,
		"Expression_1 VECTOR(DOUBLE)?, Expression_2 VECTOR(FLOAT)?, Expression_3 VECTOR(FLOAT)", "VARCHAR, VARCHAR, INTEGER"},

	// Types of expressions.
	{`SELECT Age + 1, Age * 2, Pay * 2, Age / 2, Ratio + 1, Age \ 2 FROM Person`,
		"Expression_1 BIGINT?, Expression_2 NUMERIC(21,0)?, Expression_3 NUMERIC(21,2)?, Expression_4 NUMERIC(21,11)?, Expression_5 DOUBLE?, Expression_6 BIGINT?", ""},
	{`SELECT Name || Code, CAST(Age AS VARCHAR), CAST(Name AS CHAR), CAST(Pay AS INTEGER), CONVERT(DATE, Name) FROM Person`,
		"Expression_1 VARCHAR(40)?, Expression_2 VARCHAR(30)?, Expression_3 VARCHAR(1), Expression_4 INTEGER?, Expression_5 DATE", ""},
	{`SELECT CASE WHEN Age > 1 THEN 1 ELSE 2.5 END, CASE WHEN Age > 1 THEN Age ELSE 'x' END, CASE WHEN Age > 1 THEN Born END FROM Person`,
		"Expression_1 NUMERIC(11,1), Expression_2 VARCHAR?, Expression_3 DATE?", ""},
	{`SELECT COALESCE(Age, 0), COALESCE(Age, ?), COALESCE(Name, 'x', Code), COALESCE(Born, NULL), COALESCE(Age, Pay) FROM Person`,
		"Expression_1 INTEGER, Expression_2 INTEGER?, Expression_3 VARCHAR(30), Expression_4 DATE?, Expression_5 NUMERIC(12,2)?", "INTEGER"},
	{`SELECT COUNT(*), COUNT(Name), SUM(Age), SUM(Pay), AVG(Ratio), MIN(Born), MAX(Name) FROM Person`,
		"Aggregate_1 BIGINT, Aggregate_2 BIGINT, Aggregate_3 BIGINT?, Aggregate_4 NUMERIC(36,2)?, Aggregate_5 DOUBLE?, Aggregate_6 DATE?, Aggregate_7 VARCHAR(30)?", ""},
	{`SELECT DATEDIFF(hour, Seen, ?), {fn LEFT(Name, 1)}, CURRENT_DATE, USER FROM Person`,
		"Expression_1 INTEGER?, Expression_2 VARCHAR?, Expression_3 DATE, Expression_4 VARCHAR", "VARCHAR"},
	{`SELECT VECTOR_COSINE(Face, TO_VECTOR(?, DOUBLE, 3)) AS score FROM Person ORDER BY score DESC`, "score DOUBLE?", "VARCHAR"},
	{`SELECT JSON_OBJECT('a':Age, 'b':JSON_ARRAY(Name)), TRIM(BOTH 'x' FROM Name), %EXACT(Name), $JOB FROM Person`,
		"Expression_1 VARCHAR, Expression_2 VARCHAR, Expression_3 VARCHAR(30), Expression_4 BIGINT", ""},
	{`SELECT LAG(Name, 1, 'x') OVER (ORDER BY Age), SUM(Pay) OVER (PARTITION BY Age), NTILE(4) OVER (ORDER BY Age) FROM Person`,
		"Window_1 VARCHAR(30)?, Window_2 NUMERIC(36,2)?, Window_3 INTEGER?", ""},

	// Sources.
	{`SELECT Who, %VID FROM Adults`, "Who VARCHAR(30), %VID INTEGER", ""},
	{`SELECT * FROM Old o WHERE o.Who = ?`, "Who VARCHAR(30)", "VARCHAR(30)"},
	{`SELECT n, x.c FROM (SELECT Name AS n, COUNT(*) AS c FROM Person GROUP BY Name) x`, "n VARCHAR(30), c BIGINT", ""},
	{`SELECT q FROM (SELECT 1 AS q)`, "q INTEGER", ""},
	{`WITH a AS (SELECT Name FROM Person), b AS (SELECT Name AS m FROM a) SELECT b.m, a.Name FROM b JOIN a ON a.Name = b.m`, "m VARCHAR(30), Name VARCHAR(30)", ""},
	{`SELECT p.Name, o.Title, o.%ID FROM Person p LEFT JOIN Orders o ON o.Person = p.%ID`, "Name VARCHAR(30), Title VARCHAR(50)?, ID BIGINT?", ""},
	{`SELECT p.Name, o.Age FROM Person p RIGHT JOIN Orders o ON o.Person = p.%ID`, "Name VARCHAR(30)?, Age INTEGER?", ""},
	{`SELECT * FROM Numbered NATURAL JOIN Orders`, "Title VARCHAR(50)?, Num BIGINT, Person BIGINT?, Age INTEGER?", ""},
	{`SELECT Title, Num FROM Numbered FULL JOIN Orders USING (Title)`, "Title VARCHAR(50)?, Num BIGINT?", ""},
	{`SELECT x, n FROM Person p, JSON_TABLE(p.Name, '$' COLUMNS (x VARCHAR(10) PATH '$.x', n FOR ORDINALITY)) j`, "x VARCHAR(10)?, n INTEGER", ""},
	{`SELECT q FROM Person p, LATERAL (SELECT p.Age + 1 AS q) b`, "q BIGINT?", ""},

	// Set operations: VARCHAR before DOUBLE before NUMERIC before the whole numbers.
	{`SELECT Age FROM Person UNION SELECT Pay FROM Person`, "Age NUMERIC(12,2)?", ""},
	{`SELECT 1 AS a UNION ALL SELECT 'x' UNION ALL SELECT NULL`, "a VARCHAR?", ""},
	{`SELECT Born FROM Person EXCEPT SELECT NULL`, "Born DATE?", ""},

	{`CREATE TABLE T2 AS SELECT Name, Age + 1 AS Later FROM Person`, "Name VARCHAR(30), Later BIGINT?", ""},
	{`INSERT INTO Person (Name, Born, Age, Face, Photo) VALUES (?, ?, ?, ?, ?)`, "", "VARCHAR(30), DATE, INTEGER, VECTOR(DOUBLE), VARBINARY"},
	{`INSERT INTO Orders SET Person = ?, Title = ?`, "", "BIGINT, VARCHAR(50)"},
	{`INSERT OR UPDATE INTO Other.Plain (Num, Title) VALUES (?, 'a')`, "", "BIGINT"},
	{`INSERT INTO Numbered VALUES (NULL, ?)`, "", "VARCHAR(50)"},
	{`INSERT INTO Orders (Person, Title) SELECT %ID, Name FROM Person WHERE Age = ?`, "", "INTEGER"},
	{`INSERT INTO Orders DEFAULT VALUES`, "", ""},
	{`UPDATE Person SET Born = ?, Age = 1 WHERE %ID = ?`, "", "DATE, BIGINT"},
	{`UPDATE Person p SET Name = o.Title FROM Orders o WHERE o.Person = p.%ID AND o.Title = ?`, "", "VARCHAR(50)"},
	{`DELETE FROM Person p FROM Orders o WHERE o.Person = p.%ID AND p.Age = ?`, "", "INTEGER"},
	{`TRUNCATE TABLE Orders`, "", ""},
	{`CALL %SYSTEM.CancelQuery(?)`, "", "VARCHAR"},
}

func TestColumnsAndParametersHaveDocumentedTypes(t *testing.T) {
	for _, c := range queries {
		st, err := bind(t, c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if got := columnText(st.Query); got != c.columns {
			t.Errorf("%s\n gives %s\n want  %s", c.text, got, c.columns)
		}
		if got := paramText(st); got != c.params {
			t.Errorf("%s\n has parameters %s\n want           %s", c.text, got, c.params)
		}
	}
}

func columnText(q *Query) string {
	if q == nil {
		return ""
	}
	var list []string
	for _, c := range q.Columns {
		s := c.Label + " " + typeText(c.Type)
		if c.Nullable {
			s += "?"
		}
		list = append(list, s)
	}
	return strings.Join(list, ", ")
}

func paramText(st *Statement) string {
	var list []string
	for _, p := range st.Params {
		list = append(list, typeText(p.Type))
	}
	return strings.Join(list, ", ")
}
