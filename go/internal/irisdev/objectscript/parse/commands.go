package parse

import "strings"

// kind says how the arguments of a command are read.
type kind int

const (
	kSet kind = iota
	kDo
	kQuit
	kReturn
	kIf
	kElse
	kFor
	kWhile
	kContinue
	kTry
	kThrow
	kNew
	kKill
	kMerge
	kLock
	kWrite
	kRead
	kDevice
	kXecute
	kGoto
	kSimple   // no argument
	kOptional // perhaps one value
	kValue    // one value
	kHalt     // H: HALT without a value, HANG with one
	kJob
	kZWrite
	kUnbuilt // a command of IRIS that is refused here
	kView    // VIEW, which is refused when it runs
	kMisplaced
)

// spec describes a command.
type spec struct {
	name string
	kind kind
	bare bool // it may stand without an argument
	post bool // it may have a postconditional
}

// commands are the commands by full name and abbreviation in upper case (IRIS docs, "ObjectScript Commands").
var commands = commandTable([]struct {
	names string
	kind  kind
	bare  bool
	post  bool
}{
	{"SET S", kSet, false, true},
	{"DO D", kDo, true, true},
	{"QUIT Q", kQuit, true, true},
	{"RETURN RET", kReturn, true, true},
	{"IF I", kIf, true, false},
	{"ELSE E", kElse, true, false},
	{"ELSEIF", kMisplaced, false, false},
	{"CATCH", kMisplaced, false, false},
	{"FOR F", kFor, true, false},
	{"WHILE", kWhile, false, false},
	{"CONTINUE", kContinue, true, true},
	{"TRY", kTry, true, false},
	{"THROW", kThrow, true, true},
	{"NEW N", kNew, true, true},
	{"KILL K", kKill, true, true},
	{"ZKILL ZK", kKill, false, true},
	{"MERGE M", kMerge, false, true},
	{"LOCK L", kLock, true, true},
	{"WRITE W", kWrite, true, true},
	{"READ R", kRead, false, true},
	{"OPEN O", kDevice, false, true},
	{"USE U", kDevice, false, true},
	{"CLOSE C", kDevice, false, true},
	{"XECUTE X", kXecute, false, true},
	{"GOTO G", kGoto, false, true},
	{"HALT H", kHalt, true, true},
	{"HANG", kValue, false, true},
	{"JOB J", kJob, false, true},
	{"BREAK B", kOptional, true, true},
	{"TSTART TS", kSimple, true, true},
	{"TCOMMIT TC", kSimple, true, true},
	{"TROLLBACK TRO", kOptional, true, true},
	{"ZWRITE ZW", kZWrite, true, true},
	{"ZZDUMP", kValue, false, true},
	{"ZNSPACE ZN", kValue, false, true},
	{"ZTRAP ZT", kOptional, true, true},
	{"ZBREAK ZB", kUnbuilt, true, true},
	{"ZINSERT ZI", kUnbuilt, false, true},
	{"ZLOAD ZL", kUnbuilt, true, true},
	{"ZPRINT ZP PRINT P", kUnbuilt, true, true},
	{"ZQUIT ZQ", kUnbuilt, true, true},
	{"ZREMOVE ZR", kUnbuilt, true, true},
	{"ZSAVE ZS", kUnbuilt, true, true},
	{"ZSU", kUnbuilt, true, true},
	{"ZZPRINT", kUnbuilt, true, true},
	{"VIEW V", kView, false, true},
})

// commandTable spreads the names of each command; the first one is its full name.
func commandTable(rows []struct {
	names string
	kind  kind
	bare  bool
	post  bool
}) map[string]spec {
	t := make(map[string]spec, 2*len(rows))
	for _, r := range rows {
		words := strings.Fields(r.names)
		for _, w := range words {
			t[w] = spec{name: words[0], kind: r.kind, bare: r.bare, post: r.post}
		}
	}
	return t
}
