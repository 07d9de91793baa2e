package superserver

import (
	"testing"

	"iris-pgwire/internal/irisdev/value"
)

// storedRows gives one row as it is stored.
type storedRows struct {
	places []int
	list   string
}

func (r *storedRows) Places() []int                { return r.places }
func (r *storedRows) Next() ([]value.Value, error) { return nil, nil }
func (r *storedRows) Close()                       {}

func (r *storedRows) NextStored() (id int64, list string, ok bool, err error) {
	return 7, r.list, true, nil
}

// The stored row has the places 0 to 3: a number, a text, a date, a number; the row's own number is 7.
func TestStoredRowsAreCopiedWhereTheirFormIsTheClients(t *testing.T) {
	list := value.BuildList(value.Int(1), value.Text("two"), value.Int(3), value.Int(4)).Raw()
	for name, c := range map[string]struct {
		places, types []int
		want          string
	}{
		"all in order":         {[]int{0, 1, 2, 3}, []int{4, 12, 91, 4}, "1,two,1841-01-03,4"},
		"side by side":         {[]int{0, 1}, []int{4, 12}, "1,two"},
		"from the middle":      {[]int{1, 2, 3}, []int{12, 4, 4}, "two,3,4"},
		"turned around":        {[]int{3, 2, 1, 0}, []int{4, 4, 12, 4}, "4,3,two,1"},
		"twice":                {[]int{1, 1, 2, 2}, []int{12, 12, 4, 4}, "two,two,3,3"},
		"with a gap":           {[]int{0, 3}, []int{4, 4}, "1,4"},
		"the row's number":     {[]int{-1, 0, -1}, []int{4, 4, 4}, "7,1,7"},
		"beyond the end":       {[]int{3, 4, 0}, []int{4, 4, 4}, "4,,1"},
		"a number as a text":   {[]int{0, 1, 3}, []int{12, 12, 4}, "1,two,4"},
		"another form between": {[]int{1, 2, 3}, []int{12, 91, 4}, "two,1841-01-03,4"},
	} {
		t.Run(name, func(t *testing.T) {
			conn := &conn{srv: &Server{}}
			st := &statement{stored: &storedRows{c.places, list}}
			for _, odbcType := range c.types {
				st.forms = append(st.forms, conn.formOf(odbcType))
			}
			row, ok, err := conn.storedRow(nil, st)
			if got := unpack(t, row); err != nil || !ok || got != c.want {
				t.Errorf("%q, %v, %v; want %q", got, ok, err, c.want)
			}
		})
	}
}
