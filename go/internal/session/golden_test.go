package session_test

import (
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"

	"iris-pgwire/internal/session/sessiontest"
)

// differences are the steps of the recorded sessions that are answered otherwise, by section and step, with the reason.
// A step that occurs several times is named with its number.
var differences = map[string]struct{ answer, reason string }{
	"simple query, tags/Q listen ch": {
		`E(ERROR 0A000 "LISTEN is not supported by iris-pgwire" P=1) Z(I)`, "not built"},
	"simple query, tags/Q checkpoint": {
		`E(ERROR 0A000 "CHECKPOINT is not supported by iris-pgwire" P=1) Z(I)`, "not built"},
	"simple query, tags/Q reset all": {
		`C(RESET) S(DateStyle=ISO, MDY) S(TimeZone=UTC) Z(I)`, "the default zone is UTC, not the recorded machine's"},
	"simple query, tags/Q set client_encoding to 'latin1'": {
		`E(ERROR 0A000 "client encoding \"latin1\" is not supported by iris-pgwire" H=The only client encoding is UTF8.) Z(I)`, "texts are never converted"},
	"simple query, tags/Q reset client_encoding": {
		`C(RESET) Z(I)`, "it was not changed"},
	"simple query, tags/Q set standard_conforming_strings=off": {
		`E(ERROR 0A000 "the setting \"off\" is not supported by iris-pgwire" H=The only value is "on".) Z(I)`, "not built"},
	"simple query, tags/Q set standard_conforming_strings=on": {
		`C(SET) Z(I)`, "it was not changed"},
	"transactions/Q start transaction isolation level serializable, read only, deferrable": {
		`N(NOTICE 00000 "isolation level SERIALIZABLE runs as READ COMMITTED" H=IRIS has no stricter level.) C(START TRANSACTION) Z(T)`, "IRIS has no stricter level"},
	"transactions/Q rollback 4": {
		`C(ROLLBACK) S(application_name=) S(TimeZone=UTC) Z(I)`, "the default zone is UTC"},
	"extended/COMMIT via extended in failed tx": {
		`1 2 C(BEGIN) 1 2 E(ERROR 22012 "division by zero") Z(E) 1 2 n C(ROLLBACK) Z(I)`, "constants are computed by IRIS, at Execute"},
	"extended/pipeline: two inserts, error, all before one Sync roll back": {
		`1 2 C(INSERT 0 1) 1 2 E(ERROR 22012 "division by zero") Z(I)`, "constants are computed by IRIS, at Execute"},
	"extended/bad binary length": {
		`1 E(ERROR 22P03 "incorrect binary data format for type integer") Z(I)`, "a value that is too short and one that is too long are one error"},
	"extended/unknown oid": {
		`E(ERROR 42704 "parameter $1 has a type (OID 999999) that iris-pgwire does not know") Z(I)`, "PostgreSQL's is an internal error"},
}

// The requests behind the steps that are named in words.
func prepare(name, text string, oids ...uint32) *pgproto3.Parse {
	return &pgproto3.Parse{Name: name, Query: text, ParameterOIDs: oids}
}

func bind(portal, statement string, values ...string) *pgproto3.Bind {
	b := &pgproto3.Bind{DestinationPortal: portal, PreparedStatement: statement}
	for _, v := range values {
		b.Parameters = append(b.Parameters, []byte(v))
	}
	return b
}

func describe(kind byte, name string) *pgproto3.Describe {
	return &pgproto3.Describe{ObjectType: kind, Name: name}
}

func execute(portal string, rows uint32) *pgproto3.Execute {
	return &pgproto3.Execute{Portal: portal, MaxRows: rows}
}

var sync = &pgproto3.Sync{}

type messages = []pgproto3.FrontendMessage

// programs are the requests of the steps that are named in words, by step.
var programs = map[string]messages{
	"P,D S,B,D P,E,S select": {prepare("", "select 1 as a"), describe('S', ""), bind("", ""), describe('P', ""), execute("", 0), sync},
	"insert: P,DS,B,DP,E,S": {prepare("", "insert into g(a) values ($1)", 23), describe('S', ""), bind("", "", "1"), describe('P', ""),
		execute("", 0), sync},
	"empty: P,DS,B,DP,E,S":                {prepare("", ""), describe('S', ""), bind("", ""), describe('P', ""), execute("", 0), sync},
	"multi statement in Parse":            {prepare("", "select 1; select 2"), sync},
	"syntax error then B,E skipped":       {prepare("", "selec 1"), bind("", ""), execute("", 0), sync},
	"Bind unknown statement":              {bind("", "nope"), sync},
	"Execute unknown portal":              {execute("nope", 0), sync},
	"Describe unknown statement / portal": {describe('S', "nope"), sync, describe('P', "nope"), sync},
	"Close unknown":                       {&pgproto3.Close{ObjectType: 'S', Name: "nope"}, &pgproto3.Close{ObjectType: 'P', Name: "nope"}, sync},
	"duplicate statement name":            {prepare("d1", "select 1"), prepare("d1", "select 1"), sync},
	"wrong parameter count":               {prepare("", "select $1::int"), bind("", ""), sync},
	"portal suspension max 2 of 3, again, again": {prepare("", "select generate_series(1,3) as g"), bind("po", ""), execute("po", 2),
		execute("po", 2), execute("po", 2), sync},
	"portal after Sync outside a transaction": {execute("po", 0), sync},
	"max rows equal to the row count":         {prepare("", "select generate_series(1,2) as g"), bind("", ""), execute("", 2), execute("", 2), sync},
	"max rows on insert":                      {prepare("", "insert into g(a) values (901),(902)"), bind("", ""), execute("", 1), execute("", 1), sync},
	"pipeline: two inserts, error, all before one Sync roll back": {prepare("", "insert into g(a) values (91)"), bind("", ""), execute("", 0),
		prepare("", "select 1/0"), bind("", ""), execute("", 0), prepare("", "insert into g(a) values (92)"), bind("", ""), execute("", 0), sync},
	"portal over Sync in a transaction": {prepare("", "select generate_series(1,3) as g"), bind("po", ""), execute("po", 1), sync,
		execute("po", 1), sync},
	"duplicate portal":                   {prepare("", "select 1"), bind("q1", ""), bind("q1", ""), sync},
	"bind in failed transaction":         {bind("", "d1"), sync},
	"parse select in failed tx":          {prepare("", "select 1"), sync},
	"describe named stmt in failed tx":   {describe('S', "d1"), sync},
	"ROLLBACK via extended in failed tx": {prepare("", "rollback"), bind("", ""), execute("", 0), sync},
	"COMMIT via extended in failed tx": {prepare("", "begin"), bind("", ""), execute("", 0), prepare("", "select 1/0"), bind("", ""),
		execute("", 0), sync, prepare("", "commit"), bind("", ""), describe('P', ""), execute("", 0), sync},
	"pipeline with begin in it, then Sync": {prepare("", "insert into g(a) values (93)"), bind("", ""), execute("", 0),
		prepare("", "begin"), bind("", ""), execute("", 0), sync},
	"DS select $1":                             {prepare("", "select $1"), describe('S', ""), sync},
	"DS select $1::int":                        {prepare("", "select $1::int"), describe('S', ""), sync},
	"more oids than parameters":                {prepare("", "select $1::int", 23, 25), describe('S', ""), sync},
	"unknown oid":                              {prepare("", "select $1", 999999), sync},
	"bad binary length":                        {prepare("", "select $1::int"), binary(bind("", "", "\x00\x01")), sync},
	"format code 2":                            {prepare("", "select 1"), results(bind("", ""), 2), execute("", 0), sync},
	"3 result formats for 1 column":            {prepare("", "select 1"), results(bind("", ""), 0, 0, 0), sync},
	"1 parameter format, zero parameters":      {prepare("", "select 1"), results(binary(bind("", "")), 1), execute("", 0), sync},
	"invalid utf8 parameter":                   {prepare("", "select $1::text"), bind("", "", "\xff"), sync},
	"zero byte in text parameter":              {prepare("", "select $1::text"), bind("", "", "a\x00"), sync},
	"extended SET reports":                     {prepare("", "set application_name='ext'"), bind("", ""), execute("", 0), sync},
	"extended show DS":                         {prepare("", "show application_name"), describe('S', ""), sync},
	"simple query drops the unnamed statement": {prepare("", "select 1"), sync},
	"bind unnamed afterwards":                  {bind("", ""), sync},
	"deallocate protocol statement by SQL":     {prepare("zz1", "select 1"), sync},
	"SQL PREPAREd statement by Bind":           {bind("", "sqlp"), execute("", 0), sync},
	"sync":                                     {sync},
}

func binary(b *pgproto3.Bind) *pgproto3.Bind { b.ParameterFormatCodes = []int16{1}; return b }

func results(b *pgproto3.Bind, formats ...int16) *pgproto3.Bind {
	b.ResultFormatCodes = formats
	return b
}

// raw are steps of bytes that no client library sends.
var raw = map[string]string{
	"unknown message type '!'":       "!\x00\x00\x00\x04",
	"length < 4":                     "Q\x00\x00\x00\x03",
	"Query without terminator":       "Q\x00\x00\x00\x0cselect 1",
	"password message after startup": "p\x00\x00\x00\x07pw\x00",
}

// player plays one section over one connection, and over a new one where the recorded one was closed.
type player struct {
	t       *testing.T
	section string
	client  *sessiontest.Client
	seen    map[string]int
}

func TestRecordedSessionsOfPostgreSQL(t *testing.T) {
	text, err := os.ReadFile("testdata/protocol-golden-15.txt")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, section := range strings.Split(string(text), "\n== ")[1:] {
		name, steps, _ := strings.Cut(section, "\n")
		t.Run(name, func(t *testing.T) {
			p := &player{t: t, section: name, seen: map[string]int{}}
			lines := strings.Split(strings.TrimRight(steps, "\n"), "\n    -> ")
			step := lines[0]
			for _, rest := range lines[1:] {
				answer, next, _ := strings.Cut(rest, "\n")
				p.play(step, answer, used)
				step = next
			}
		})
	}
	for key := range differences {
		if !used[key] {
			t.Errorf("no step shows the difference %q", key)
		}
	}
}

// play sends one step and compares the answer.
func (p *player) play(step, want string, used map[string]bool) {
	p.t.Helper()
	if p.client == nil {
		p.client, _ = sessiontest.Start(p.t, sessiontest.Shared(p.t, &sessiontest.Backend{}))
	}
	key := p.section + "/" + step
	p.seen[step]++
	if n := p.seen[step]; n > 1 && differences[key].answer == "" {
		key += " " + string(rune('0'+n))
	}
	if d, ok := differences[key]; ok {
		want, used[key] = d.answer, true
	}
	if step == "flush gives answers without Z" { // what it gives is read with the next step
		p.client.Send(prepare("", "select 1"), &pgproto3.Flush{})
		return
	}
	got := p.answer(step, strings.Count(want, "Z("))
	if got != want {
		p.t.Errorf("%s\n got %s\nwant %s", key, got, want)
	}
	if strings.HasSuffix(got, sessiontest.Closed) {
		p.client = nil
	}
}

func (p *player) answer(step string, syncs int) string {
	if text, ok := strings.CutPrefix(step, "Q "); ok {
		return p.client.Query(text)
	}
	if bytes, ok := raw[step]; ok {
		p.client.SendBytes([]byte(bytes))
		return p.client.Answer(1)
	}
	program, ok := programs[strings.TrimSpace(step)]
	if !ok {
		p.t.Fatalf("no program for the step %q", step)
	}
	p.client.Send(program...)
	return p.client.Answer(max(syncs, 1))
}
