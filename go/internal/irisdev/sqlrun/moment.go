package sqlrun

import (
	"strings"
	"time"
)

// canonicalTimestamp checks a %TimeStamp's text and drops trailing zeros of the fraction.
func canonicalTimestamp(s string) (string, bool) {
	whole, fraction, has := strings.Cut(s, ".")
	if len(whole) == len("2006-01-02") && !has {
		whole += " 00:00:00"
	}
	if _, err := time.Parse("2006-01-02 15:04:05", whole); err != nil || len(fraction) > 9 {
		return s, false
	}
	for _, r := range fraction {
		if r < '0' || r > '9' {
			return s, false
		}
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		whole += "." + fraction
	}
	return whole, true
}
