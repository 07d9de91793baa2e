package iris

import (
	"context"
	"io"
)

// Streamer is a Conn that moves the long values of LONGVARCHAR and LONGVARBINARY columns in pieces, so that their size
// needs no memory. Rows gives such values whole unless KeepHandles was called, and Exec takes them whole; this
// interface is for what is too long for that.
type Streamer interface {
	// ReadStream copies the content behind a handle, which a row of Rows with KeepHandles gave, and tells how many bytes
	// it was: UTF-8 text of a LONGVARCHAR, the bytes of a LONGVARBINARY. A failure of w leaves the connection usable.
	ReadStream(ctx context.Context, handle Value, w io.Writer) (int64, error)
	// WriteStream stores what r gives, UTF-8 text or bytes, as a stream object of the connection. The handle is then
	// given to Exec as the value of a column of that kind. A failure of r leaves the connection usable.
	WriteStream(ctx context.Context, r io.Reader, binary bool) (Value, error)
	// CloseStream lets IRIS forget a handle once it has been used; without it that happens when the connection ends.
	CloseStream(handle Value)
}

// StreamRows are Rows that can leave stream columns unread.
type StreamRows interface {
	Rows
	// KeepHandles makes Next give the handles of stream columns in the place of their content. It is called before the
	// first Next.
	KeepHandles()
}

// ODBC type numbers of stream columns.
const (
	TypeLongVarChar   = -1
	TypeLongVarBinary = -4
)
