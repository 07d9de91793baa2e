package sqlfunc

import (
	"time"

	"iris-pgwire/internal/irisdev/value"
)

// clockFunctions give date and time of the statement, in the server's time zone unless they say UTC (IRIS docs,
// "CURRENT_TIMESTAMP", "GETDATE", "GETUTCDATE"). Without a precision there is no fraction of a second.
var clockFunctions = []Function{
	{Name: "CURRENT_DATE", Bare: BareOnly, Compile: fromEnv(dateType, today)},
	{Name: "CURDATE", Escape: MayEscape, Compile: fromEnv(dateType, today)},
	{Name: "CURRENT_TIME", Max: 1, Bare: BareOnly, Params: types(integer), Compile: clock(timeOfDay)},
	{Name: "CURTIME", Escape: MayEscape, Compile: clock(timeOfDay)},
	{Name: "CURRENT_TIMESTAMP", Max: 1, Bare: BareOnly, Params: types(integer), Compile: clock(stamp)},
	{Name: "GETDATE", Max: 1, Params: types(integer), Compile: clock(stamp)},
	{Name: "NOW", Escape: MayEscape, Compile: clock(stamp)},
	{Name: "SYSDATE", Bare: BareOnly, Compile: clock(stamp)},
	{Name: "GETUTCDATE", Max: 1, Params: types(integer), Compile: clock(utcStamp)},
	{Name: "UNIX_TIMESTAMP", Max: 1, Compile: unixTimestamp},
}

func today(e Env) value.Value { return value.Int(dayNumber(wall(e.Now()))) }

// reading is a form of the clock's reading.
type reading uint8

const (
	timeOfDay reading = iota
	stamp
	utcStamp
)

// clock compiles a reading with an optional precision of 0 to 9 digits.
func clock(form reading) compileFunc {
	return func(Context, []Arg) (Call, error) {
		call := Call{Type: stampType, NeverNull: true, Run: func(env Env, a []value.Value) (value.Value, error) {
			now := env.Now()
			if form == utcStamp {
				now = now.UTC()
			}
			digits := min(max(optional(a, 0, 0), 0), 9)
			m := wall(now).Truncate(fractions[digits])
			if form == timeOfDay {
				return timeOf(m), nil
			}
			return stampText(m), nil
		}}
		if form == timeOfDay {
			call.Type = timeType
		}
		return call, nil
	}
}

// fractions are the smallest steps of a clock by digits of precision.
var fractions = [10]time.Duration{time.Second, 100 * time.Millisecond, 10 * time.Millisecond, time.Millisecond,
	100 * time.Microsecond, 10 * time.Microsecond, time.Microsecond, 100, 10, 1}

// unixTimestamp is UNIX_TIMESTAMP: seconds since 1970 of the UTC clock, or of a value taken as it is.
func unixTimestamp(_ Context, args []Arg) (Call, error) {
	call := Call{Type: numericOf(18, 6)}
	if len(args) == 0 {
		call.NeverNull = true
		call.Run = func(env Env, _ []value.Value) (value.Value, error) { return unixSeconds(wall(env.Now().UTC())), nil }
		return call, nil
	}
	call.Run = ofMoment(args[0].Type, func(m moment) (value.Value, error) { return unixSeconds(m), nil })
	return call, nil
}

func unixSeconds(m moment) value.Value { return value.Decimal(m.UnixMicro(), -6).Normal() }
