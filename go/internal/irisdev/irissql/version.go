// Package irissql reads IRIS SQL as InterSystems documents it for one version, and nothing else: what the documentation
// does not show is answered with IRIS's own SQLCODE. It holds the lexer, the parser and the syntax tree; names and types
// are the business of package bound.
package irissql

import (
	"fmt"
	"strconv"
	"strings"
)

// Version is a release of IRIS: 2025.1 is {2025, 1}.
type Version struct{ Major, Minor int }

// The releases that first document something the parser has to know (IRIS docs, release notes and SQL reference).
var (
	v2024_1 = Version{2024, 1} // WITH before SELECT, vectors, JSON_TABLE
	v2024_3 = Version{2024, 3} // WITH before INSERT, UPDATE and DELETE
	v2025_1 = Version{2025, 1} // LIMIT, OFFSET, FETCH; HNSW; HASHBYTES; APPROX_COUNT_DISTINCT
	v2025_3 = Version{2025, 3} // EXCEPT, INTERSECT, LATERAL
	v2026_1 = Version{2026, 1} // CROSS JOIN LATERAL
)

// AtLeast reports whether v is w or newer.
func (v Version) AtLeast(w Version) bool {
	return v.Major > w.Major || v.Major == w.Major && v.Minor >= w.Minor
}

// String writes the version as 2025.1.
func (v Version) String() string { return fmt.Sprintf("%d.%d", v.Major, v.Minor) }

// ParseVersion reads 2025.1.
func ParseVersion(s string) (Version, error) {
	major, minor, ok := strings.Cut(s, ".")
	a, err1 := strconv.Atoi(major)
	b, err2 := strconv.Atoi(minor)
	if !ok || err1 != nil || err2 != nil || a < 2000 || b < 1 {
		return Version{}, fmt.Errorf("version %q is not of the form 2025.1", s)
	}
	return Version{a, b}, nil
}
