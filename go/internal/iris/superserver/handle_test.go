package superserver

import (
	"bytes"
	"testing"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/irisdev/variant"
)

// A content that reads like a handle stays content, whatever form this IRIS gives its handles.
func TestContentIsNeverTakenForAHandle(t *testing.T) {
	for _, profile := range []string{variant.Documented, variant.Contrary} {
		t.Run(profile, func(t *testing.T) {
			d := connectDev(t, startProfile(t, profile))
			d.exec(streamTable)
			d.exec("INSERT INTO Test.Streams VALUES (?, ?, ?)", iris.Int(0), iris.Text("first"), iris.Binary([]byte{1, 2}))
			rows := d.query("SELECT T, B FROM Test.Streams").(iris.LongRows)
			rows.KeepLong()
			held, err := rows.Next(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for i := range held {
				id, content := iris.Int(int64(i+1)), held[i].Clone()
				d.exec("INSERT INTO Test.Streams VALUES (?, ?, ?)", id, content, iris.Binary(content.AppendText(nil)))
				got := d.row("SELECT T, B FROM Test.Streams WHERE Id = ?", id)
				if b, _ := got[1].Bytes(); got[0].String() != content.String() || !bytes.Equal(b, content.AppendText(nil)) {
					t.Errorf("%q came back as %q and %q", content.String(), got[0].String(), b)
				}
			}
			if err := rows.Close(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestHandlesOfAnyFormAreSentBackAsTheyCame(t *testing.T) {
	for name, handle := range map[string]iris.Value{
		"a number": iris.Int(7), "digits": iris.Text("7"), "a global": iris.Text("^Test.T1(7)"), "Unicode": iris.Text("ж7"),
	} {
		t.Run(name, func(t *testing.T) {
			var given []byte // the value of the INSERT
			f := startFake(t, func(r request) []answer {
				switch r.code {
				case "PP":
					return []answer{{body: items(iris.Int(1), iris.Int(iris.TypeLongVarChar), iris.Int(0), iris.Int(0), iris.Int(1), iris.Int(1))}}
				case "SM":
					return []answer{{body: items(handle)}}
				case "PU":
					given = r.body
					return []answer{{body: items(iris.Int(1))}}
				}
				return []answer{{}}
			})
			c := f.connect(t)
			st, err := c.Prepare(t.Context(), "INSERT INTO T VALUES (?)")
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // the second time the form is known to be odd, so that even "short" may be a handle
				for _, content := range []string{"a@%b", "short"} {
					if _, err := c.Exec(t.Context(), st, []iris.Value{iris.Text(content)}); err != nil {
						t.Fatal(err)
					}
					if !bytes.HasSuffix(given, items(handle)) {
						t.Errorf("for %q it sends %q", content, given)
					}
				}
			}
		})
	}
}
