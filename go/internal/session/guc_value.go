package session

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"iris-pgwire/internal/pgerr"
)

// findGUC looks a setting up without regard to case; nil for an unknown one.
func findGUC(name string) *guc {
	for i := range gucs {
		if strings.EqualFold(gucs[i].name, name) {
			return &gucs[i]
		}
	}
	return nil
}

// isCustom reports a setting of the form prefix.name, which anyone may make (PostgreSQL docs, "Customized Options").
func isCustom(name string) bool {
	prefix, rest, ok := strings.Cut(name, ".")
	return ok && prefix != "" && rest != ""
}

func unknownGUC(name string) *pgerr.Error {
	return pgerr.New(pgerr.UndefinedObject, "unrecognized configuration parameter %q", name)
}

func (g *guc) invalid(value string) *pgerr.Error {
	return pgerr.New(pgerr.InvalidParameterValue, "invalid value for parameter \"%s\": \"%s\"", g.name, value)
}

// normalise turns what a client gave into the form that SHOW prints, or refuses it as PostgreSQL does.
func (g *guc) normalise(value string) (string, error) {
	if g.fixed {
		return "", pgerr.New(pgerr.CantChangeRuntimeParam, "parameter %q cannot be changed", g.name)
	}
	var err error
	switch g.kind {
	case gucBool:
		value, err = g.boolean(value)
	case gucInt:
		value, err = g.integer(value)
	case gucReal:
		if _, e := strconv.ParseFloat(strings.TrimSpace(value), 64); e != nil {
			err = g.invalid(value)
		}
	case gucEnum:
		lower := strings.ToLower(value)
		if !slices.Contains(g.words, lower) {
			return "", g.invalid(value).WithHint("Available values: %s.", strings.Join(g.words, ", "))
		}
		value = lower
	}
	if err != nil || g.check == nil {
		return value, err
	}
	return g.check(value)
}

// boolean accepts what PostgreSQL does: on, off, true, false, yes, no, 1, 0 and unambiguous beginnings.
func (g *guc) boolean(value string) (string, error) {
	lower := strings.ToLower(strings.TrimSpace(value))
	switch {
	case lower == "":
	case lower == "on", lower == "1", strings.HasPrefix("true", lower), strings.HasPrefix("yes", lower):
		return "on", nil
	case lower == "0", len(lower) > 1 && strings.HasPrefix("off", lower), strings.HasPrefix("false", lower), strings.HasPrefix("no", lower):
		return "off", nil
	}
	return "", pgerr.New(pgerr.InvalidParameterValue, "parameter %q requires a Boolean value", g.name)
}

// unitScale is a unit's name with its worth in the smallest unit of its family; the larger first.
type unitScale struct {
	name  string
	worth float64
}

var timeUnits = []unitScale{{"d", 86400e3}, {"h", 3600e3}, {"min", 60e3}, {"s", 1e3}, {"ms", 1}, {"us", 1e-3}}
var sizeUnits = []unitScale{{"TB", 1 << 30}, {"GB", 1 << 20}, {"MB", 1 << 10}, {"kB", 1}, {"B", 1.0 / 1024}}

// family gives the units that a setting may be written in, and how much one of its own is worth.
func (u gucUnit) family() (units []unitScale, own float64) {
	switch u {
	case unitMs:
		return timeUnits, 1
	case unitSec:
		return timeUnits, 1e3
	case unitMin:
		return timeUnits, 60e3
	case unitKB:
		return sizeUnits, 1
	case unitBlock:
		return sizeUnits, 8
	}
	return nil, 1
}

// integer reads a number with an optional unit and prints it with the largest unit that gives a whole number.
func (g *guc) integer(value string) (string, error) {
	n, err := g.number(value)
	if err != nil {
		return "", err
	}
	if n < g.least || n > g.most {
		return "", pgerr.New(pgerr.InvalidParameterValue, "%d%s is outside the valid range for parameter \"%s\" (%d%s .. %d%s)",
			n, g.ownUnit(), g.name, g.least, g.ownUnit(), g.most, g.ownUnit())
	}
	units, own := g.unit.family()
	if n > 0 {
		for _, u := range units {
			if worth := u.worth / own; worth >= 1 && n%int64(worth) == 0 {
				return strconv.FormatInt(n/int64(worth), 10) + u.name, nil
			}
		}
	}
	return strconv.FormatInt(n, 10), nil
}

// ownUnit is how PostgreSQL names the unit in the message about the range.
func (g *guc) ownUnit() string {
	return map[gucUnit]string{unitMs: " ms", unitSec: " s", unitMin: " min", unitKB: " kB", unitBlock: " 8kB"}[g.unit]
}

// number reads "7", "7s", "1.5 MB" in the setting's own unit, rounded.
func (g *guc) number(value string) (int64, error) {
	text := strings.TrimSpace(value)
	digits := strings.TrimRight(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ ")
	unit := strings.TrimSpace(text[len(digits):])
	f, err := strconv.ParseFloat(digits, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		if n, err := strconv.ParseInt(text, 0, 64); err == nil { // 0x10
			return n, nil
		}
		return 0, g.invalid(value)
	}
	if unit != "" {
		units, own := g.unit.family()
		at := slices.IndexFunc(units, func(u unitScale) bool { return u.name == unit })
		if at < 0 {
			return 0, g.invalid(value).WithHint("Valid units for this parameter are %s.", unitHint(units))
		}
		f *= units[at].worth / own
	}
	if math.Abs(f) > 1<<62 {
		return 0, g.invalid(value).WithHint("Value exceeds integer range.")
	}
	return int64(math.RoundToEven(f)), nil
}

func unitHint(units []unitScale) string {
	names := make([]string, 0, len(units))
	for i := len(units) - 1; i >= 0; i-- {
		names = append(names, `"`+units[i].name+`"`)
	}
	if len(names) < 2 {
		return "none"
	}
	return strings.Join(names[:len(names)-1], ", ") + ", and " + names[len(names)-1]
}
