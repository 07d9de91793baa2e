package session

import (
	"strconv"
	"strings"
	"time"

	"iris-pgwire/internal/pgerr"
)

// onlyValue refuses every value but one: the setting exists so that clients may confirm it.
func onlyValue(only string) func(string) (string, error) {
	return func(value string) (string, error) {
		if !strings.EqualFold(value, only) {
			return "", pgerr.New(pgerr.FeatureNotSupported, "the setting %q is not supported by iris-pgwire", value).
				WithHint("The only value is %q.", only)
		}
		return only, nil
	}
}

// checkApplicationName keeps printable ASCII, 63 bytes of it, as PostgreSQL 15 does.
func checkApplicationName(value string) (string, error) {
	out := make([]byte, 0, len(value))
	for i := range len(value) {
		b := value[i]
		if b < 32 || b > 126 {
			b = '?'
		}
		out = append(out, b)
	}
	return string(out[:min(len(out), 63)]), nil
}

// checkEncoding accepts the spellings of UTF-8; values are never converted.
func checkEncoding(value string) (string, error) {
	plain := strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == '\'' || r == ' ' {
			return -1
		}
		return r
	}, strings.ToLower(value))
	switch plain {
	case "utf8", "unicode":
		return "UTF8", nil
	case "":
		return "", pgerr.New(pgerr.InvalidParameterValue, "invalid value for parameter \"client_encoding\": \"%s\"", value)
	}
	return "", pgerr.New(pgerr.FeatureNotSupported, "client encoding %q is not supported by iris-pgwire", value).
		WithHint("The only client encoding is UTF8.")
}

// checkDateStyle reads the style and the order, in any sequence; what is not named stays as the default has it.
func checkDateStyle(value string) (string, error) {
	style, order := "ISO", ""
	for _, word := range strings.Split(value, ",") {
		switch lower := strings.ToLower(strings.TrimSpace(word)); lower {
		case "iso":
			style = "ISO"
		case "sql":
			style = "SQL"
		case "postgres":
			style = "Postgres"
		case "german":
			style = "German"
			if order == "" {
				order = "DMY"
			}
		case "mdy", "us", "noneuro", "noneuropean":
			order = "MDY"
		case "dmy", "euro", "european":
			order = "DMY"
		case "ymd":
			order = "YMD"
		case "default":
		default:
			return "", pgerr.New(pgerr.InvalidParameterValue, "invalid value for parameter \"DateStyle\": \"%s\"", value).
				WithDetail("Unrecognized key word: %q.", lower)
		}
	}
	if order == "" {
		order = "MDY"
	}
	return style + ", " + order, nil
}

// checkTimeZone accepts a name of the IANA data base in its own spelling, or a number of hours east of Greenwich.
func checkTimeZone(value string) (string, error) {
	if _, err := loadZone(value); err != nil {
		return "", pgerr.New(pgerr.InvalidParameterValue, "invalid value for parameter \"TimeZone\": \"%s\"", value)
	}
	if strings.EqualFold(value, "utc") || strings.EqualFold(value, "gmt") {
		return strings.ToUpper(value), nil
	}
	return value, nil
}

// loadZone finds a zone. The form <+02>-02 is what SHOW prints of a number of hours (PostgreSQL docs, "SET").
func loadZone(value string) (*time.Location, error) {
	if offset, ok := zoneOffset(value); ok {
		return time.FixedZone(value, offset), nil
	}
	switch strings.ToLower(value) {
	case "utc", "gmt", "zulu", "z", "etc/utc":
		return time.UTC, nil
	case "", "local": // LoadLocation would give this machine's
		return nil, pgerr.New(pgerr.InvalidParameterValue, "no time zone %q", value)
	}
	return time.LoadLocation(value)
}

// zoneOffset reads <+02>-02 and <-03:30>+03:30; the name in the brackets holds the seconds east of Greenwich.
func zoneOffset(value string) (seconds int, ok bool) {
	name, _, ok := strings.Cut(strings.TrimPrefix(value, "<"), ">")
	if !ok || !strings.HasPrefix(value, "<") || name == "" {
		return 0, false
	}
	sign := 1
	if name[0] == '-' {
		sign = -1
	}
	for i, part := range strings.Split(name[1:], ":") {
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 || i > 2 {
			return 0, false
		}
		seconds += n * [3]int{3600, 60, 1}[i]
	}
	return sign * seconds, seconds < 168*3600
}
