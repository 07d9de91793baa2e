package eval_test

import (
	"encoding/hex"
	"strconv"
	"strings"
	"testing"

	"iris-pgwire/internal/pgtypes"
)

// TestRecordedTypesAnswerAsPostgreSQLDoes runs the expressions that were recorded for package pgtypes, on PostgreSQL 15
// with pgvector: type, modifier, text and binary form.
func TestRecordedTypesAnswerAsPostgreSQLDoes(t *testing.T) {
	for _, file := range []string{"types-golden.tsv", "pgvector-golden.tsv"} {
		ran := 0
		for _, line := range lines(t, "../../pgtypes/testdata/"+file) {
			fields := strings.Split(line, "\t")
			if len(fields) < 7 || unknownHere(fields[2]) {
				continue
			}
			e, v, err := value(fields[0], pgtypes.Style{})
			if failure(err).text == "!0A000" || failure(err).text == "!42704" || failure(err).text == "!42883" {
				continue // refused, or with a type of pgvector that is not here
			}
			if err != nil {
				t.Errorf("%s: %v", fields[0], err)
				continue
			}
			ran++
			if got := strconv.Itoa(int(e.Type().OID)) + " " + strconv.Itoa(int(e.Type().Mod)); got != fields[2]+" "+fields[3] {
				t.Errorf("%s: type and modifier %s, want %s %s", fields[0], got, fields[2], fields[3])
			}
			if v.IsNull() != (fields[5] == "NULL") {
				t.Errorf("%s: NULL is %v, want %s", fields[0], v.IsNull(), fields[5])
			}
			if v.IsNull() {
				continue
			}
			text, err1 := pgtypes.AppendText(nil, e.Type(), v, pgtypes.Style{})
			binary, err2 := pgtypes.AppendBinary(nil, e.Type(), v)
			nan := fields[5] == "NaN" // its sign is the processor's
			if err1 != nil || err2 != nil || string(text) != fields[5] || hex.EncodeToString(binary) != fields[6] && fields[6] != "err" && !nan {
				t.Errorf("%s: %s %x (%v %v), want %s %s", fields[0], text, binary, err1, err2, fields[5], fields[6])
			}
		}
		t.Logf("%s: %d expressions ran", file, ran)
		if ran < 30 {
			t.Errorf("%s: only %d expressions ran", file, ran)
		}
	}
}

// unknownHere are types whose text is the catalog's business, or that the gateway does not have.
func unknownHere(oid string) bool {
	n, _ := strconv.Atoi(oid)
	switch pgtypes.OID(n) {
	case pgtypes.Regclass, pgtypes.Regtype, pgtypes.Regproc, pgtypes.Record:
		return true
	}
	_, known := pgtypes.Lookup(pgtypes.OID(n))
	return !known
}
