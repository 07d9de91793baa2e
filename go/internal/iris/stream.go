package iris

import (
	"context"
	"io"
)

// LongRows are Rows that can give the long values of LONGVARCHAR and LONGVARBINARY columns in pieces, so that their size
// needs no memory. Without KeepLong such values come whole.
type LongRows interface {
	Rows
	// KeepLong leaves the long values in IRIS: in their place Next gives a value that says no more than whether it is
	// NULL. It is called before the first Next.
	KeepLong()
	// CopyLong copies the long value of column i of the present row to w, UTF-8 text of a LONGVARCHAR and the bytes of a
	// LONGVARBINARY, and tells how many bytes IRIS sent. A failure of w is given back and leaves the connection usable.
	CopyLong(ctx context.Context, i int, w io.Writer) (int64, error)
}

// ODBC type numbers of the columns that hold long values: IRIS keeps them as streams (facts: superserver protocol §9).
const (
	TypeLongVarChar   = -1
	TypeLongVarBinary = -4
)

// IsLong reports a column or parameter of long values.
func IsLong(odbcType int) bool { return odbcType == TypeLongVarChar || odbcType == TypeLongVarBinary }
