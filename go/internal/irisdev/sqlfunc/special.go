package sqlfunc

import (
	"strconv"
	"strings"
	"time"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// specials are the ObjectScript special variables that SQL may name (IRIS docs, "ObjectScript special variables").
var specials = map[string]compileFunc{
	"$HOROLOG":    fromEnv(anyText, func(e Env) value.Value { return value.Text(horolog(e.Now())) }),
	"$ZTIMESTAMP": fromEnv(anyText, func(e Env) value.Value { return value.Text(horologFraction(e.Now().UTC())) }),
	"$JOB":        fromEnv(bigInteger, func(e Env) value.Value { return value.Int(e.Job()) }),
	"$NAMESPACE":  fromEnv(anyText, func(e Env) value.Value { return value.Text(e.Namespace()) }),
	"$USERNAME":   fromEnv(anyText, func(e Env) value.Value { return value.Text(e.User()) }),
	"$TLEVEL":     fromEnv(integer, func(e Env) value.Value { return value.Int(int64(e.TransactionLevel())) }),
	"$ZVERSION":   fromEnv(anyText, func(e Env) value.Value { return value.Text(e.ServerVersion()) }),
	"$ZTIMEZONE":  fromEnv(integer, func(e Env) value.Value { return value.Int(minutesWest(e.Now())) }),
	"$ZPI": fromEnv(sqltype.Type{Kind: sqltype.Numeric, Precision: 19, Scale: 18},
		func(Env) value.Value { return value.Decimal(3141592653589793238, -18) }),
}

// Special compiles a special variable by its name in upper case; ok is false for one that this server does not have.
func Special(name string) (call Call, ok bool) {
	f, ok := specials[name]
	if !ok {
		return Call{}, false
	}
	call, _ = f(Context{}, nil)
	return call, true
}

// horolog is $HOROLOG: days and seconds of the day.
func horolog(now time.Time) string {
	m := wall(now)
	return strconv.FormatInt(dayNumber(m), 10) + "," + strconv.Itoa(m.Hour()*3600+m.Minute()*60+m.Second())
}

// horologFraction is $ZTIMESTAMP: with milliseconds.
func horologFraction(now time.Time) string {
	m := wall(now)
	if ms := m.Nanosecond() / 1e6; ms > 0 {
		return horolog(now) + "." + strings.TrimRight(zeroPad(ms, 3), "0")
	}
	return horolog(now)
}

// minutesWest is $ZTIMEZONE: the offset from Greenwich in minutes, positive to the west.
func minutesWest(now time.Time) int64 {
	_, offset := now.Zone()
	return int64(-offset / 60)
}

// wall is the clock's reading as a moment, without its zone.
func wall(t time.Time) moment {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

func zeroPad(n, width int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(0, width-len(s))) + s
}

// TimeLiteral compiles {d x}, {t x} and {ts x}; kind is "D", "T" or "TS". They are the logical date, time or timestamp
// of an ODBC text; one that cannot be is -146 or -147 (IRIS docs, "Date and Time Constructs").
func TimeLiteral(kind string, x Arg) Call {
	t := map[string]sqltype.Type{"D": dateType, "T": timeType, "TS": stampType}[kind]
	return Call{Type: t, Run: one(func(v value.Value) (value.Value, error) {
		if v.Kind() != value.String {
			return value.Value{}, sqlerr.New(timeCode(kind), "Unable to convert '%.50s' to a valid logical value", v.Text())
		}
		return FromClient(v, t)
	})}
}

func timeCode(kind string) int {
	if kind == "T" {
		return -147
	}
	return -146
}
