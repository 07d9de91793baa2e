package superserver

import (
	"encoding/hex"
	"flag"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/irisdev/variant"
)

var randomRows = flag.Int("rows", 2000, "random rows of the round trip; the full run is 100000")

// sample is a value to write and what must be read: NULL as "NULL".
type sample struct {
	v    iris.Value
	want string
}

// kinds are the column types, the values at their edges and a maker of random ones.
var kinds = []struct {
	name, ddl string
	edges     []sample
	random    func(r *rand.Rand) sample
	read      func(v iris.Value, odbc int) string
}{
	{"Tiny", "TINYINT", ints(-128, -1, 0, 127), randomInt(8), plainText},
	{"Small", "SMALLINT", ints(math.MinInt16, -256, 255, math.MaxInt16), randomInt(16), plainText},
	{"Whole", "INTEGER", ints(math.MinInt32, -65536, -257, 65535, 1<<24, math.MaxInt32), randomInt(32), plainText},
	{"Big", "BIGINT", ints(-math.MaxInt64, -1<<56, 1<<53+1, math.MaxInt64), randomInt(63), plainText},
	{"Flag", "BIT", ints(0, 1), func(r *rand.Rand) sample { return ints(r.Int64N(2))[0] }, plainText},
	{"Num", "NUMERIC(18,4)", decimals("0.0000", "-0.0001", "99999999999999.9999", "-99999999999999.9999", "12.5000"), randomDecimal(14, 4), numberText},
	{"Money", "NUMERIC(18,0)", decimals("0", "-1", "999999999999999999", "-999999999999999999"), randomDecimal(18, 0), numberText},
	{"Float", "DOUBLE", doubles(0, 1.5, 0.1, -math.MaxFloat64, math.SmallestNonzeroFloat64, 1<<53+1, math.Pi, 1e308), randomDouble, bitsText},
	{"Text", "VARCHAR(100000)", texts("", "a", "'", "é\u00ff\u0080", "漢字", "😀😀", " x ", "\t\n\r", "5@%Stream.GlobalCharacter", "\u2028\uffff"), randomText, plainText},
	{"Bin", "VARBINARY(100000)", binaries([]byte{}, []byte{0, 0}, []byte{255}, []byte{128, 0, 1}), randomBinary, binaryText},
	{"Day", "DATE", texts("1840-12-31", "1970-01-01", "2024-02-29", "9999-12-31"), randomMoment("2006-01-02"), dayText},
	{"Clock", "TIME(6)", texts("00:00:00", "23:59:59.999999", "13:14:15.5"), randomMoment("15:04:05.999999"), clockText},
	{"Posix", "POSIXTIME", texts("1970-01-01 00:00:00", "1969-12-31 23:59:59.999999", "2024-02-29 13:14:15.123456", "9999-12-31 23:59:59.999999"), randomMoment("2006-01-02 15:04:05.999999"), posixText},
	{"Guid", "UNIQUEIDENTIFIER", texts("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"), randomGUID, plainText},
	{"Vec", "VECTOR(DOUBLE, 3)", texts("0,0,0", "1.5,-2.25,1e+06"), randomVector, vectorText},
	{"Clob", "LONGVARCHAR", texts("", "x", "漢😀é"), randomText, plainText},
	{"Blob", "LONGVARBINARY", binaries([]byte{}, []byte{0}, []byte{0, 255}), randomBinary, binaryText},
}

func ints(list ...int64) []sample {
	var out []sample
	for _, n := range list {
		out = append(out, sample{iris.Int(n), strconv.FormatInt(n, 10)})
	}
	return out
}

func randomInt(bits int) func(*rand.Rand) sample {
	return func(r *rand.Rand) sample {
		n := r.Int64N(1<<(bits-1)) >> r.IntN(bits)
		return ints(n - 2*n*r.Int64N(2))[0]
	}
}

// decimals writes numbers of fixed scale as decimal items.
func decimals(list ...string) []sample {
	var out []sample
	for _, s := range list {
		digits, scale := strings.Replace(s, ".", "", 1), 0
		if _, fraction, ok := strings.Cut(s, "."); ok {
			scale = len(fraction)
		}
		n, _ := strconv.ParseInt(digits, 10, 64)
		x, _ := new(big.Rat).SetString(s)
		out = append(out, sample{iris.Decimal(n, int8(-scale)), x.RatString()})
	}
	return out
}

func randomDecimal(whole, scale int) func(*rand.Rand) sample {
	return func(r *rand.Rand) sample {
		n := r.Int64N(int64(math.Pow10(r.IntN(whole+scale) + 1)))
		n -= 2 * n * r.Int64N(2)
		x := big.NewRat(n, int64(math.Pow10(scale)))
		return sample{iris.Decimal(n, int8(-scale)), x.RatString()}
	}
}

func doubles(list ...float64) []sample {
	var out []sample
	for _, f := range list {
		out = append(out, sample{iris.Double(f), fmt.Sprintf("%x", math.Float64bits(f))})
	}
	return out
}

func randomDouble(r *rand.Rand) sample {
	for {
		f := math.Float64frombits(r.Uint64())
		if !math.IsNaN(f) && !math.IsInf(f, 0) {
			return doubles(f)[0]
		}
	}
}

func texts(list ...string) []sample {
	var out []sample
	for _, s := range list {
		out = append(out, sample{iris.Text(s), s})
	}
	return out
}

// randomText has characters of one kind or of all, and lengths around the changes of the length form.
func randomText(r *rand.Rand) sample {
	limits := []rune{0x80, 0x100, 0x800, 0xD800, 0x20000}
	limit := limits[r.IntN(len(limits))]
	n := []int{1, 5, 40, 126, 127, 253, 254, 300}[r.IntN(8)]
	if r.IntN(200) == 0 {
		n = 32766 + r.IntN(3)
	}
	var b strings.Builder
	for range n {
		c := 1 + r.Int32N(limit-1)
		if c >= 0xD800 && c < 0xE000 {
			c += 0x2000
		}
		b.WriteRune(c)
	}
	if n == 1 && b.String() == "\x00" {
		return texts("x")[0]
	}
	return texts(b.String())[0]
}

func binaries(list ...[]byte) []sample {
	var out []sample
	for _, b := range list {
		out = append(out, sample{iris.Binary(b), hex.EncodeToString(b)})
	}
	return out
}

func randomBinary(r *rand.Rand) sample {
	n := []int{2, 3, 253, 254, 500}[r.IntN(5)]
	if r.IntN(200) == 0 {
		n = 65533 + r.IntN(4)
	}
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return binaries(b)[0]
}

func randomMoment(layout string) func(*rand.Rand) sample {
	first := time.Date(1841, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro()
	last := time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC).UnixMicro()
	return func(r *rand.Rand) sample {
		return texts(time.UnixMicro(first + r.Int64N(last-first)).UTC().Format(layout))[0]
	}
}

func randomGUID(r *rand.Rand) sample {
	return texts(fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", r.Uint32(), r.Uint32N(1<<16), r.Uint32N(1<<16), r.Uint32N(1<<16), r.Uint64N(1<<48)))[0]
}

func randomVector(r *rand.Rand) sample {
	return texts(fmt.Sprintf("%d,%d.5,-%d", r.IntN(1000), r.IntN(1000), r.IntN(1000)+1))[0]
}

func plainText(v iris.Value, _ int) string { return v.String() }

func numberText(v iris.Value, _ int) string {
	x, ok := new(big.Rat).SetString(v.String())
	if !ok {
		return "not a number: " + v.String()
	}
	return x.RatString()
}

func bitsText(v iris.Value, _ int) string {
	f, ok := v.Float64()
	if !ok {
		return "not a double: " + v.String()
	}
	return fmt.Sprintf("%x", math.Float64bits(f))
}

func binaryText(v iris.Value, _ int) string {
	b, ok := v.Bytes()
	if !ok {
		return "not bytes: " + v.String()
	}
	return hex.EncodeToString(b)
}

// vectorText reads the elements as numbers: IRIS writes .5 for 0.5, and maybe brackets.
func vectorText(v iris.Value, _ int) string {
	parts := strings.Split(strings.Trim(v.String(), "[]"), ",")
	for i, p := range parts {
		f, err := strconv.ParseFloat(strings.TrimSpace(p), 64)
		if err != nil {
			return "not a vector: " + v.String()
		}
		parts[i] = strconv.FormatFloat(f, 'g', -1, 64)
	}
	return strings.Join(parts, ",")
}

// The next three read the integers of types 1091 to 1093 (IRIS docs, "Data Types": days since 1840-12-31, seconds,
// microseconds since 1970 with the marks of %PosixTime).
func dayText(v iris.Value, odbc int) string {
	if odbc != 1091 {
		return v.String()
	}
	days, _ := v.Int64()
	return time.Date(1840, 12, 31+int(days), 0, 0, 0, 0, time.UTC).Format("2006-01-02")
}

func clockText(v iris.Value, odbc int) string {
	if odbc != 1092 {
		return v.String()
	}
	x, _ := new(big.Rat).SetString(v.String())
	micros := new(big.Rat).Mul(x, big.NewRat(1_000_000, 1))
	return time.UnixMicro(micros.Num().Int64()).UTC().Format("15:04:05.999999")
}

func posixText(v iris.Value, odbc int) string {
	if odbc != 1093 {
		return v.String()
	}
	n, _ := v.Int64()
	if n > 0 {
		n ^= 1 << 60
	} else {
		n |= 0x6000000000000000
	}
	return time.UnixMicro(n).UTC().Format("2006-01-02 15:04:05.999999")
}

// Random rows of all types, NULLs among them, written in batches and read again, under both profiles.
func TestEveryValueComesBackExactly(t *testing.T) {
	for _, profile := range []string{variant.Documented, variant.Contrary} {
		t.Run(profile, func(t *testing.T) {
			d := connectDev(t, startProfile(t, profile))
			ddl, marks, names := "CREATE TABLE Test.Kinds (Id INTEGER PRIMARY KEY", "?", "Id"
			for _, k := range kinds {
				ddl += ", " + k.name + "_x " + k.ddl
				marks += ", ?"
				names += ", " + k.name + "_x"
			}
			d.exec(ddl + ")")
			insert := "INSERT INTO Test.Kinds (" + names + ") VALUES (" + marks + ")"
			written := writeRandom(t, d, insert, *randomRows)
			readRandom(t, d, "SELECT "+names+" FROM Test.Kinds ORDER BY Id", written)
		})
	}
}

func writeRandom(t *testing.T, d dev, insert string, n int) [][]string {
	r := rand.New(rand.NewPCG(5, 1))
	st, err := d.Prepare(t.Context(), insert)
	if err != nil {
		t.Fatal(err)
	}
	var written [][]string
	var sets [][]iris.Value
	for id := range n {
		set, want := []iris.Value{iris.Int(int64(id))}, []string{strconv.Itoa(id)}
		for _, k := range kinds {
			s := sample{iris.Null(), "NULL"}
			switch {
			case id < len(k.edges):
				s = k.edges[id]
			case r.IntN(10) > 0:
				s = k.random(r)
			}
			set, want = append(set, s.v), append(want, s.want)
		}
		sets, written = append(sets, set), append(written, want)
		if len(sets) < 250 && id+1 < n {
			continue
		}
		counts, err := d.ExecBatch(t.Context(), st, sets)
		if err != nil || len(counts) != len(sets) {
			t.Fatalf("batch up to row %d: %d counts, %v", id, len(counts), err)
		}
		sets = sets[:0]
	}
	return written
}

func readRandom(t *testing.T, d dev, query string, want [][]string) {
	rows := d.query(query)
	columns := rows.Columns()
	bad := 0
	for i := 0; i < len(want) && bad < 20; i++ {
		got, err := rows.Next(t.Context())
		if err != nil {
			t.Fatalf("row %d: %v", i, err)
		}
		for j, v := range got {
			text := "NULL"
			switch {
			case v.IsNull():
			case j == 0:
				text = v.String()
			default:
				text = kinds[j-1].read(v, columns[j].Type)
			}
			if text != want[i][j] {
				bad++
				t.Errorf("row %d, %s (type %d): %.120q, want %.120q", i, columns[j].Name, columns[j].Type, text, want[i][j])
			}
		}
	}
}

// Strings from one character to IRIS's longest come back; one more is an error and leaves the connection usable.
func TestStringsUpToTheLimitOfIRIS(t *testing.T) {
	d := connectDev(t, startIris(t))
	for _, c := range []struct {
		letter string
		width  int
	}{{"x", 1}, {"é", 1}, {"漢", 1}, {"😀", 2}} {
		for _, n := range []int{1, 126, 127, 253, 254, 32767, 32768, 65534, 65535, 1 << 20, maxString / c.width} {
			s := strings.Repeat(c.letter, n)
			if got := d.row("SELECT CAST(? AS VARCHAR(3641144))", iris.Text(s)); got[0].String() != s {
				t.Errorf("%d × %s came back as %d bytes", n, c.letter, len(got[0].String()))
			}
		}
		st, err := d.Prepare(t.Context(), "SELECT CAST(? AS VARCHAR(3641144))")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Query(t.Context(), st, []iris.Value{iris.Text(strings.Repeat(c.letter, maxString/c.width+1))}); err == nil || d.Broken() {
			t.Errorf("%s beyond the limit: %v, broken %v", c.letter, err, d.Broken())
		}
	}
}
