package pgfunc

import (
	"strings"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// zone is a time zone: a place, or a fixed offset in microseconds east of UTC.
type zone struct {
	place  *time.Location
	offset int64
}

func zoneOf(place *time.Location) zone { return zone{place: place} }

func (z zone) local(utc int64) int64 {
	if z.place == nil {
		return utc + z.offset
	}
	return utc + int64(pgtypes.OffsetAt(z.place, utc))*microsPerSecond
}

func (z zone) utc(local int64) int64 {
	if z.place == nil {
		return local - z.offset
	}
	return pgtypes.ToUTC(z.place, local)
}

// namedZone finds a zone by abbreviation or name; POSIX specifications are not known here.
func namedZone(name string) (zone, error) {
	if seconds, ok := pgtypes.ZoneAbbreviation(strings.ToLower(name)); ok {
		return zone{offset: int64(seconds) * microsPerSecond}, nil
	}
	if place, err := pgtypes.LoadZone(name); err == nil {
		return zoneOf(place), nil
	}
	if !strings.Contains(name, "/") && strings.ContainsAny(name, "0123456789") {
		return zone{}, pgerr.NotBuilt(0, "the time zone \""+name+"\"")
	}
	return zone{}, invalidParameter("time zone \"%s\" not recognized", name)
}

func intervalZone(v iris.Value) (zone, error) {
	s, err := spanOf(v)
	if err == nil && (s.months != 0 || s.days != 0) {
		err = invalidParameter("interval time zone \"%s\" must not include months or days", v.String())
	}
	return zone{offset: s.micros / microsPerSecond * microsPerSecond}, err
}

// atZone has timezone(), which AT TIME ZONE stands for (PostgreSQL docs, 9.9.4).
func atZone(t table) {
	for kind, find := range map[string]func(iris.Value) (zone, error){
		"text": func(v iris.Value) (zone, error) { return namedZone(textArg(v)) }, "interval": intervalZone,
	} {
		for of, turn := range map[string]func(zone, int64) int64{"timestamp": zone.utc, "timestamptz": zone.local} {
			t.strict("timezone("+kind+","+of+")", func(_ *Context, a []iris.Value) (iris.Value, error) {
				z, err := find(a[0])
				if err != nil {
					return iris.Null(), err
				}
				micros, err := pgtypes.StampOf(a[1])
				if err != nil || endless(micros) {
					return a[1], err
				}
				return pgtypes.StampValue(turn(z, micros))
			})
		}
	}
}
