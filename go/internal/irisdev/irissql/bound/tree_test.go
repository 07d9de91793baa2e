package bound

import (
	"testing"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
)

// selectOf binds a text whose outermost query is one SELECT.
func selectOf(t *testing.T, text string) *Select {
	t.Helper()
	return mustBind(t, text).Query.Body.(*Select)
}

func TestGroupingFollowsTheSelectList(t *testing.T) {
	cases := map[string]Grouping{
		`SELECT Name FROM Person`:                                      Rows,
		`SELECT Name FROM Person HAVING Age > 1`:                       Rows,
		`SELECT COUNT(*), MAX(Age) FROM Person`:                        OneGroup,
		`SELECT COUNT(*) + 1 FROM Person WHERE Age > 1`:                OneGroup,
		`SELECT Name, AVG(Age) FROM Person`:                            EveryRow,
		`SELECT MAX(Age) - Age FROM Person`:                            EveryRow,
		`SELECT Name FROM Person GROUP BY Name`:                        Groups,
		`SELECT 1 FROM Person GROUP BY Name HAVING COUNT(*) > 1`:       Groups,
		`SELECT (SELECT COUNT(*) FROM Orders) FROM Person`:             Rows,
		`SELECT SUM((SELECT MAX(o.Age) FROM Orders o)) FROM Person`:    OneGroup,
		`SELECT COUNT(*) FROM Person HAVING COUNT(*) > 1`:              OneGroup,
		`SELECT ROW_NUMBER() OVER (ORDER BY COUNT(*)) FROM Person p`:   OneGroup,
		`SELECT %TABLENAME, COUNT(*) FROM Person GROUP BY Name, 1, ?`:  Groups,
		`SELECT COUNT(*) FROM Person GROUP BY 1`:                       Groups,
		`SELECT Name, SUM(Age %FOREACH(Name)) FROM Person GROUP BY ID`: Groups,
	}
	for text, want := range cases {
		if got := selectOf(t, text).Grouping; got != want {
			t.Errorf("%s: grouping %d, want %d", text, got, want)
		}
	}
}

func TestConstantsAreNoGroupAndNoSortKeys(t *testing.T) {
	keys := map[string][2]int{ // GROUP BY and ORDER BY keys that are left
		`SELECT Name FROM Person GROUP BY Name, 1, 'x', ?, (SELECT 1)`:                {1, 0},
		`SELECT COUNT(*) FROM Person GROUP BY 1, 2`:                                   {1, 0},
		`SELECT Name FROM Person ORDER BY ?, (SELECT 1), 'x', (1), -1, 1 + 1, Age, 1`: {0, 2},
		`SELECT Name AS n FROM Person ORDER BY N DESC, UPPER(Name), Age`:              {0, 3},
		`SELECT Name FROM Person ORDER BY CURRENT_DATE`:                               {0, 0},
		`SELECT Name FROM Person UNION SELECT Code FROM Person ORDER BY name, 1, ?`:   {0, 2},
	}
	for text, want := range keys {
		q := mustBind(t, text).Query
		groups := 0
		if s, ok := q.Body.(*Select); ok {
			groups = len(s.GroupBy)
		}
		if got := [2]int{groups, len(q.OrderBy)}; got != want {
			t.Errorf("%s: %v keys, want %v", text, got, want)
		}
	}
}

func TestOrderByAliasComesBeforeColumn(t *testing.T) {
	q := mustBind(t, `SELECT Code AS Name FROM Person ORDER BY Name`).Query
	if ref, ok := q.OrderBy[0].X.(*OutputRef); !ok || ref.Index != 0 || q.OrderBy[0].Collation != sqltype.Exact {
		t.Errorf("ORDER BY key is %#v", q.OrderBy[0])
	}
}

func TestUpperCasedColumnsOfDistinctAndGroupBy(t *testing.T) {
	cases := map[string]bool{
		`SELECT DISTINCT Name FROM Person`:                          true,
		`SELECT DISTINCT Code FROM Person`:                          false, // EXACT
		`SELECT DISTINCT %EXACT(Name) FROM Person`:                  false,
		`SELECT Name FROM Person GROUP BY Name`:                     true,
		`SELECT Name FROM Person GROUP BY Age`:                      false,
		`SELECT %EXACT(Name) FROM Person GROUP BY Name`:             false,
		`SELECT Name FROM Person`:                                   false,
		`SELECT DISTINCT MAX(Name) FROM Person GROUP BY Name`:       false,
		`SELECT DISTINCT BY (Name) Name FROM Person`:                true,
		`SELECT DISTINCT Who FROM Adults`:                           true,
		`SELECT DISTINCT Age FROM Person`:                           false,
		`SELECT Name || '' FROM Person GROUP BY Name`:               false,
		`SELECT DISTINCT Name FROM (SELECT Name FROM Person) x`:     true,
		`SELECT DISTINCT x.c FROM (SELECT Code AS c FROM Person) x`: false,
	}
	for text, want := range cases {
		if got := selectOf(t, text).Fold[0]; got != want {
			t.Errorf("%s: folded %v, want %v", text, got, want)
		}
	}
	op := mustBind(t, `SELECT Name FROM Person UNION SELECT Title FROM Orders`).Query.Body.(*SetOp)
	if op.LeftConvert[0] == nil || op.RightConvert[0] == nil || op.Keys[0] != sqltype.SQLUpper {
		t.Errorf("UNION without ALL does not fold: %#v", op)
	}
	op = mustBind(t, `SELECT Name FROM Person UNION ALL SELECT Title FROM Orders`).Query.Body.(*SetOp)
	if op.LeftConvert[0] != nil {
		t.Error("UNION ALL folds")
	}
}

func TestDistinctIsNotAppliedToAggregatesOfGroups(t *testing.T) {
	if selectOf(t, `SELECT DISTINCT COUNT(*) FROM Person GROUP BY Name`).Distinct {
		t.Error("DISTINCT is applied")
	}
	if !selectOf(t, `SELECT DISTINCT Name FROM Person GROUP BY Name`).Distinct {
		t.Error("DISTINCT is dropped")
	}
}

func TestSubqueriesAreCorrelatedWhenTheyLookOut(t *testing.T) {
	cases := map[string]bool{
		`SELECT 1 FROM Person p WHERE EXISTS (SELECT 1 FROM Orders o)`:                                             false,
		`SELECT 1 FROM Person p WHERE EXISTS (SELECT 1 FROM Orders o WHERE o.Person = p.ID)`:                       true,
		`SELECT 1 FROM Person p WHERE EXISTS (SELECT 1 FROM Orders WHERE Title = Name)`:                            true,
		`SELECT 1 FROM Person p WHERE EXISTS (SELECT 1 FROM Orders o WHERE Age = 1)`:                               false, // Orders has an Age
		`SELECT 1 FROM Person p WHERE EXISTS (SELECT 1 UNION SELECT p.Age)`:                                        true,
		`SELECT 1 FROM Person p WHERE EXISTS (SELECT 1 FROM Orders o WHERE EXISTS (SELECT 1 WHERE o.Age = 1))`:     false,
		`SELECT 1 FROM Person p WHERE EXISTS (SELECT 1 FROM Orders o WHERE EXISTS (SELECT 1 WHERE o.Age = p.Age))`: true,
	}
	for text, want := range cases {
		if got := selectOf(t, text).Where.(*Exists).Query.Correlated; got != want {
			t.Errorf("%s: correlated %v, want %v", text, got, want)
		}
	}
}

func TestDepthCountsTheQueriesBetween(t *testing.T) {
	sel := selectOf(t, `SELECT 1 FROM Person p WHERE EXISTS (SELECT 1 FROM Orders o WHERE EXISTS (SELECT 1 WHERE o.Age = p.Age))`)
	inner := sel.Where.(*Exists).Query.Body.(*Select).Where.(*Exists).Query.Body.(*Select)
	c := inner.Where.(*Compare)
	if l, r := c.L.(*ColumnRef), c.R.(*ColumnRef); l.Depth != 1 || r.Depth != 2 {
		t.Errorf("depths %d and %d, want 1 and 2", l.Depth, r.Depth)
	}
}

func TestRightJoinIsALeftJoinTheOtherWayRound(t *testing.T) {
	st := mustBind(t, `SELECT * FROM Numbered n RIGHT JOIN Orders o ON n.Title = o.Title`)
	sel := st.Query.Body.(*Select)
	j := sel.From.(*Join)
	if j.Kind != irissql.LeftJoin || sel.Sources[0].Alias != "o" || j.Left.(*Scan).Source != 0 {
		t.Errorf("join is %#v over %s", j, sel.Sources[0].Alias)
	}
	if st.Query.Columns[0].Label != "Num" || !st.Query.Columns[0].Nullable {
		t.Errorf("columns are %s", columnText(st.Query))
	}
}

func TestMergedColumnOfAFullJoinIsTheOneThatIsThere(t *testing.T) {
	sel := selectOf(t, `SELECT Title FROM Numbered FULL JOIN Orders USING (Title)`)
	if c, ok := sel.Items[0].(*Coalesce); !ok || len(c.Args) != 2 {
		t.Errorf("item is %#v", sel.Items[0])
	}
}

func TestOnlyUsedColumnsAreMarked(t *testing.T) {
	src := selectOf(t, `SELECT Name FROM Person p WHERE Age = 1 AND EXISTS (SELECT 1 FROM Orders WHERE Title = Code)`).Sources[0]
	var used []string
	for i, is := range src.Used {
		if is {
			used = append(used, src.Columns[i].Name)
		}
	}
	if len(used) != 3 || used[0] != "Name" || used[1] != "Code" || used[2] != "Age" {
		t.Errorf("used columns are %v", used)
	}
}

func TestUsesAndTables(t *testing.T) {
	cases := []struct {
		text   string
		uses   []string
		tables int
	}{
		{`SELECT Name FROM Person, Orders`, []string{"SELECT Person", "SELECT Orders"}, 2},
		{`SELECT Who FROM Old`, []string{"SELECT Old"}, 3}, // Adults and Person stand behind the view
		{`INSERT OR UPDATE INTO Orders (Title) SELECT Name FROM Person`, []string{"INSERT Orders", "UPDATE Orders", "SELECT Person"}, 2},
		{`UPDATE Orders SET Age = 1`, []string{"UPDATE Orders"}, 1},
		{`UPDATE Orders SET Age = 1 WHERE Age = 2`, []string{"UPDATE Orders", "SELECT Orders"}, 1},
		{`DELETE FROM Orders WHERE Age = 2`, []string{"DELETE Orders", "SELECT Orders"}, 1},
		{`TRUNCATE TABLE Orders`, []string{"DELETE Orders"}, 1},
		{`EXPLAIN SELECT Name FROM Person`, []string{"SELECT Person"}, 1},
	}
	for _, c := range cases {
		st := mustBind(t, c.text)
		var uses []string
		for _, u := range st.Uses {
			uses = append(uses, u.Action+" "+u.Table.Name)
		}
		if len(uses) != len(c.uses) || len(st.Tables) != c.tables {
			t.Errorf("%s: uses %v of %d tables, want %v of %d", c.text, uses, len(st.Tables), c.uses, c.tables)
			continue
		}
		for i := range uses {
			if uses[i] != c.uses[i] {
				t.Errorf("%s: uses %v, want %v", c.text, uses, c.uses)
			}
		}
	}
}

func TestOriginOfColumns(t *testing.T) {
	q := mustBind(t, `SELECT p.Name AS n, p.%ID, n.Num, p.Serial, p.Age + 1, w.Who FROM Person p, Numbered n, Adults w`).Query
	want := []Output{
		{Name: "Name", Table: "Person", Schema: "SQLUser", Label: "n", Aliased: true},
		{Name: "ID", Table: "Person", Schema: "SQLUser", Label: "ID", Identity: true, RowID: true, ReadOnly: true},
		{Name: "Num", Table: "Numbered", Schema: "SQLUser", Label: "Num", Identity: true, RowID: true, ReadOnly: true},
		{Name: "Serial", Table: "Person", Schema: "SQLUser", Label: "Serial", Counter: true},
		{Label: "Expression_5"},
		{Name: "Who", Table: "Adults", Schema: "SQLUser", Label: "Who"},
	}
	for i, w := range want {
		got := q.Columns[i]
		got.Info = Info{}
		if got != w {
			t.Errorf("column %d is %+v, want %+v", i+1, got, w)
		}
	}
}
