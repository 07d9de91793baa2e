package superserver

import (
	"fmt"
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/recording"
)

// streams are the contents of the stream columns, by their first byte.
var streams = map[string]string{"\xd0": "Ж" + strings.Repeat("x", 1_100_000), "\x00": strings.Repeat("\x00\xff", 550_000)}

// many are the rows of Rec.Many from one id to another.
func many(from, to int) string {
	var out []string
	for id := from; id <= to; id++ {
		out = append(out, fmt.Sprintf("%d|x*3000; ", id))
	}
	return strings.Join(out, "")
}

// times is an outcome that comes n times.
func times(n int, outcome string) string {
	return strings.TrimSuffix(strings.Repeat(outcome+"; ", n), "; ")
}

// The buffers of Rec.Many: 48 KiB, and only whole rows.
var (
	firstBuffer = many(1, 16) + "buffer of 16, status 0"
	lastBuffer  = many(17, 20) + "buffer of 4, status 100"
)

// outcomes are what the replies to each step of the scenario must say, whoever asked.
var outcomes = map[string]string{
	"refused login": fmt.Sprintf("protocol 69 capabilities 3 Unicode; refused for reason %d", iris.RefusedPassword),
	"connect":       "protocol 69 capabilities 3 Unicode; IRIS 2025.1 delimited 1 levels 3 job 1",
	"select 1":      "1; buffer of 1, status 100",
	"create":        times(3, "counts [0]"),
	"insert":        "counts [1]",
	"insert again":  "counts [1]",
	"query": "1|-32768|9007199254740993|1|12345.67|0.1|héllo|漢 😀|\x00ÿA|2024-02-29|13:14:15|2024-02-29 13:14:15.123; " +
		"2|NULL|NULL|NULL|NULL|NULL||NULL|NULL|NULL|NULL|NULL; buffer of 2, status 100",
	"batch":               "counts [" + strings.TrimSpace(strings.Repeat("1 ", 20)) + "]",
	"fetch":               firstBuffer + "; " + lastBuffer,
	"abandon":             firstBuffer,
	"no table":            "status 30; error -30 Table or view not found",
	"duplicate key":       "status 119; error -119 UNIQUE or PRIMARY KEY constraint failed on INSERT",
	"commit":              "counts [1]",
	"rollback":            "counts [1]",
	"write streams":       "counts [1]",
	"read streams":        readStreams(1, "stream of 1100002 bytes: Жxxx; stream of 1100000 bytes: \x00\xff\x00\xff"),
	"native set":          "",
	"native get":          "é; 42; native error 1009",
	"native data":         "10",
	"native increment":    "3",
	"native lock":         "",
	"native class method": "2025.1.0.1.0",
	"native error":        "native error 5002 <CLASS DOES NOT EXIST> *No.Such.Class",
	"native kill":         "",
	"disconnect":          "",
}

// readStreams is a row of two handles, numbered from first, and what was read of them.
func readStreams(first int, read string) string {
	return fmt.Sprintf("%d@%%Stream.GlobalCharacter|%d@%%Stream.GlobalBinary; buffer of 1, status 100; %s", first, first+1, read)
}

// withSizes is what those read who ask for the size of a stream first.
const withSizes = "SS 1100001; stream of 1100002 bytes: Жxxx; SS 1100000; stream of 1100000 bytes: \x00\xff\x00\xff"

// otherOutcomes are those of one driver's ways.
var otherOutcomes = map[string]map[string]string{
	"irispython": { // asks for the next buffer before it needs it, sends streams in one piece, and asks for their size
		"abandon":       firstBuffer + "; " + lastBuffer,
		"write streams": "SM 1@%Stream.GlobalCharacter; SB 2@%Stream.GlobalBinary; counts [1]",
		"read streams":  readStreams(3, withSizes),
	},
	"irispython-pure": { // offers an older protocol
		"refused login": fmt.Sprintf("protocol 65 capabilities 3 Unicode; refused for reason %d", iris.RefusedPassword),
		"connect":       "protocol 65 capabilities 3 Unicode; IRIS 2025.1 delimited 1 levels 3 job 1",
	},
	"jdbc": { // the same
		"abandon":       firstBuffer + "; " + lastBuffer,
		"write streams": "SM 1@%Stream.GlobalCharacter; SB 2@%Stream.GlobalBinary; counts [1]",
		"read streams":  readStreams(3, withSizes),
	},
	"go-irisnative": { // has UTF-8 for 8-bit texts, no batches and no streams, begins transactions by SQL, fetches behind the end
		"query": "1|-32768|9007199254740993|1|12345.67|0.1|hÃ©llo|漢 |\x00ÿA|2024-02-29|13:14:15|2024-02-29 13:14:15.123; " +
			"2|NULL|NULL|NULL|NULL|NULL||NULL|NULL|NULL|NULL|NULL; buffer of 2, status 100",
		"batch":        times(20, "counts [1]"),
		"fetch":        firstBuffer + "; " + lastBuffer + "; buffer of 0, status 100",
		"commit":       "counts [0]; counts [1]",
		"rollback":     "counts [0]; counts [1]",
		"read streams": strings.TrimSuffix(readStreams(1, ""), "; "),
		"native get":   "Ã©; 42; native error 1009",
	},
	recording.Node: { // offers a protocol between the others'
		"refused login": fmt.Sprintf("protocol 67 capabilities 3 Unicode; refused for reason %d", iris.RefusedPassword),
		"connect":       "protocol 67 capabilities 3 Unicode; IRIS 2025.1 delimited 1 levels 3 job 1",
	},
	recording.Ours: { // asks which isolation level it has got, begins transactions by SQL, sends streams in pieces
		"connect":       "protocol 69 capabilities 3 Unicode; IRIS 2025.1 delimited 1 levels 3 job 1; IL 2",
		"commit":        "counts [0]; counts [1]",
		"rollback":      "counts [0]; counts [1]",
		"write streams": times(17, "SM 1@%Stream.GlobalCharacter") + "; " + times(17, "SB 2@%Stream.GlobalBinary") + "; counts [1]",
		"read streams":  readStreams(3, "stream of 1100002 bytes: Жxxx; stream of 1100000 bytes: \x00\xff\x00\xff"),
	},
}

// leftOut are steps that a driver has no calls for.
var leftOut = map[string][]string{
	"go-irisnative": {"native increment", "native lock"},
	recording.Node: {"select 1", "create", "insert", "insert again", "query", "batch", "fetch", "abandon", "no table", "duplicate key",
		"commit", "rollback", "write streams", "read streams"},
}

// kindColumns are the columns of Rec.Kinds: names, types, lengths and NULLs as declared (ODBC numbers: facts, superserver
// protocol, 7.1); a length of 0 is not declared.
var kindColumns = []iris.Column{
	{Name: "Id", Type: 4}, {Name: "KSmall", Type: 5, Nullable: true}, {Name: "KBig", Type: -5, Nullable: true},
	{Name: "KBit", Type: -7, Nullable: true}, {Name: "KNumeric", Type: 2, Precision: 10, Scale: 2, Nullable: true},
	{Name: "KDouble", Type: 8, Nullable: true}, {Name: "KText", Type: 12, Precision: 50, Nullable: true},
	{Name: "KUnicode", Type: 12, Precision: 50, Nullable: true}, {Name: "KBinary", Type: -3, Precision: 50, Nullable: true},
	{Name: "KDate", Type: 91, Nullable: true}, {Name: "KTime", Type: 92, Nullable: true}, {Name: "KStamp", Type: 93, Nullable: true},
}
