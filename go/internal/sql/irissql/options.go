package irissql

import (
	"time"

	"iris-pgwire/internal/pgtypes"
)

// Options is what printing depends on.
type Options struct {
	// Major and Minor are IRIS's version, 2025 and 1; zero means 2025.1.
	Major, Minor int
	// Style has the session's time zone: casts between timestamp and timestamptz are exact in IRIS only where it is UTC.
	Style pgtypes.Style
}

// atLeast reports whether the server is of this release or a newer one.
func (o Options) atLeast(major, minor int) bool {
	if o.Major == 0 {
		o.Major, o.Minor = 2025, 1
	}
	return o.Major > major || o.Major == major && o.Minor >= minor
}

// utc reports whether local time is UTC.
func (o Options) utc() bool { return o.Style.Location == nil || o.Style.Location == time.UTC }
