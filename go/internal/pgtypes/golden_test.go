package pgtypes_test

import (
	"bufio"
	"encoding/hex"
	"os"
	"strconv"
	"strings"
	"testing"

	"iris-pgwire/internal/pgtypes"
)

// golden is one line of what PostgreSQL answered: a value in text and in binary.
type golden struct {
	expression string
	t          pgtypes.Type
	typlen     int
	text       string
	binary     []byte
}

func readGolden(t *testing.T, file string) []golden {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []golden
	for lines := bufio.NewScanner(f); lines.Scan(); {
		fields := strings.Split(lines.Text(), "\t")
		if strings.HasPrefix(lines.Text(), "#") || len(fields) < 7 || fields[5] == "NULL" {
			continue
		}
		oid, _ := strconv.Atoi(fields[2])
		mod, _ := strconv.Atoi(fields[3])
		typlen, _ := strconv.Atoi(fields[4])
		binary, err := hex.DecodeString(fields[6])
		if err != nil {
			continue
		}
		out = append(out, golden{fields[0], pgtypes.Type{OID: pgtypes.OID(oid), Mod: int32(mod)}, typlen, fields[5], binary})
	}
	return out
}

// notHere are types that the gateway does not have, or whose text is the catalog's business.
func notHere(g golden) bool {
	switch g.t.OID {
	case pgtypes.Regclass, pgtypes.Regtype, pgtypes.Regproc, pgtypes.Void, pgtypes.Timetz, pgtypes.Record:
		return true
	}
	if strings.HasPrefix(g.text, "{{") || strings.HasPrefix(g.text, "[0:") {
		return true // arrays with more dimensions or other bounds are refused
	}
	_, known := pgtypes.Lookup(g.t.OID)
	return !known
}

func TestGoldenValuesOfPostgreSQL(t *testing.T) {
	all := append(readGolden(t, "testdata/types-golden.tsv"), readGolden(t, "testdata/pgvector-golden.tsv")...)
	ran := 0
	for _, g := range all {
		if notHere(g) {
			continue
		}
		ran++
		t.Run(g.expression, func(t *testing.T) { checkGolden(t, g) })
	}
	if ran < 100 {
		t.Errorf("only %d golden values were compared", ran)
	}
}

func checkGolden(t *testing.T, g golden) {
	fromText, err := pgtypes.ParseText(g.t, g.text)
	if err != nil {
		t.Fatalf("text in: %v", err)
	}
	fromBinary, err := pgtypes.FromBinary(g.t, g.binary)
	if err != nil {
		t.Fatalf("binary in: %v", err)
	}
	if fromText.String() != fromBinary.String() && g.text != "NaN" {
		t.Errorf("text gives %q, binary %q", fromText.String(), fromBinary.String())
	}
	text, err := pgtypes.AppendText(nil, g.t, fromBinary, pgtypes.Style{})
	if err != nil || string(text) != g.text {
		t.Errorf("text out %q (%v), want %q", text, err, g.text)
	}
	binary, err := pgtypes.AppendBinary(nil, g.t, fromText)
	// The sign of a NaN is the processor's: both are NaN to every client.
	if err != nil || string(binary) != string(g.binary) && g.text != "NaN" {
		t.Errorf("binary out %x (%v), want %x", binary, err, g.binary)
	}
}
