package pgfunc

import (
	"strings"
	"unicode/utf8"

	"iris-pgwire/internal/pgerr"
)

// numberPatterns are the patterns of numbers (PostgreSQL docs, table "Template Patterns for Numeric Formatting").
var numberPatterns = strings.Fields(`
, . 0 9 B C D EEEE FM G L MI PL PR RN SG SP S TH V b c d eeee fm g l mi pl pr rn sg sp s th v
`)

// Where the sign of S stands.
const (
	signNone = iota
	signBefore
	signBehind
)

// numberTemplate is a template for numbers, with what its patterns say together.
type numberTemplate struct {
	nodes []node
	// pre and post are the digits before and behind the point, multi those behind V.
	pre, post, multi int
	// zeroStart is the first 0 among the digits, from 1; zeroEnd the last.
	zeroStart, zeroEnd int
	sign, signAt       int
	decimal, zero      bool
	fill, roman, sci   bool
	minus, plus        bool
	bracket, shifted   bool
}

func templateError(format string, args ...any) error {
	return pgerr.New(pgerr.SyntaxError, format, args...)
}

// parseNumberTemplate reads a template and checks that its patterns go together.
func parseNumberTemplate(s string) (*numberTemplate, error) {
	t := &numberTemplate{}
	for len(s) > 0 {
		p := prefixOfAny(s, numberPatterns)
		if p == "" {
			var n node
			n.text, n.quoted, s = literalOf(s)
			t.nodes = append(t.nodes, n)
			continue
		}
		s = s[len(p):]
		upper := strings.ToUpper(p)
		if err := t.add(upper); err != nil {
			return nil, err
		}
		if upper == "FM" || upper == "SP" {
			continue
		}
		n := node{pattern: upper}
		if upper == "TH" || upper == "RN" {
			n.pattern = p // their case shows
		}
		t.nodes = append(t.nodes, n)
	}
	return t, nil
}

func (t *numberTemplate) add(p string) error {
	if t.sci && p != "E" {
		return templateError("\"EEEE\" must be the last pattern used")
	}
	switch p {
	case "9", "0":
		return t.digit(p)
	case "D", ".":
		switch {
		case t.decimal:
			return templateError("multiple decimal points")
		case t.shifted:
			return templateError("cannot use \"V\" and decimal point together")
		}
		t.decimal = true
	case "FM":
		t.fill = true
	case "S", "MI", "PL", "SG", "PR":
		return t.signPattern(p)
	case "RN":
		t.roman = true
	case "V":
		if t.decimal {
			return templateError("cannot use \"V\" and decimal point together")
		}
		t.shifted = true
	case "EEEE":
		if t.fill || t.sign != signNone || t.bracket || t.minus || t.plus || t.roman || t.shifted {
			return pgerr.As(templateError("\"EEEE\" is incompatible with other formats")).
				WithDetail("\"EEEE\" may only be used together with digit and decimal point patterns.")
		}
		t.sci = true
	}
	return nil
}

func (t *numberTemplate) digit(p string) error {
	if t.bracket {
		return templateError("\"%s\" must be ahead of \"PR\"", p)
	}
	if p == "0" {
		if !t.zero && !t.decimal {
			t.zero, t.zeroStart = true, t.pre+1
		}
	} else if t.shifted {
		t.multi++
		return nil
	}
	if t.decimal {
		t.post++
	} else {
		t.pre++
	}
	if p == "0" {
		t.zeroEnd = t.pre + t.post
	}
	return nil
}

func (t *numberTemplate) signPattern(p string) error {
	if p == "S" {
		switch {
		case t.sign != signNone:
			return templateError("cannot use \"S\" twice")
		case t.plus || t.minus || t.bracket:
			return templateError("cannot use \"S\" and \"PL\"/\"MI\"/\"SG\"/\"PR\" together")
		}
		t.sign, t.signAt = signBefore, t.pre
		if t.decimal {
			t.sign = signBehind
		}
		return nil
	}
	if t.sign != signNone {
		return templateError("cannot use \"S\" and \"%s\" together", p)
	}
	switch p {
	case "MI":
		t.minus = true
	case "PL":
		t.plus = true
	case "SG":
		t.minus, t.plus = true, true
	case "PR":
		if t.plus || t.minus {
			return templateError("cannot use \"PR\" and \"S\"/\"PL\"/\"MI\"/\"SG\" together")
		}
		t.bracket = true
	}
	return nil
}

func runeCount(s string) int { return utf8.RuneCountInString(s) }
