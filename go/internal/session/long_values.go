package session

import (
	"bytes"
	"context"
	"errors"
	"io"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/plan"
)

// longValues are the long columns of a portal's rows, whose values stay in IRIS until they are sent.
type longValues struct {
	rows    iris.LongRows
	sources []iris.Column
	spools  []spool // by result column
}

// keepLong leaves the long values of a query that streams in IRIS, if all that is done with them is to send them; nil if
// there are none or more is to be done. A computed column may read any of the row's values.
func (s *Session) keepLong(rows iris.Rows, columns []plan.Column) *longValues {
	can, ok := rows.(iris.LongRows)
	sources := rows.Columns()
	if !ok {
		return nil
	}
	found := false
	for _, c := range columns {
		if c.Finish != nil {
			return nil
		}
		switch sources[c.Source].Type {
		case iris.TypeLongVarChar:
			ok = c.Type.OID == pgtypes.Text || c.Type.OID == pgtypes.Varchar
		case iris.TypeLongVarBinary:
			ok = c.Type.OID == pgtypes.Bytea
		default:
			continue
		}
		if !ok {
			return nil
		}
		found = true
	}
	if !found {
		return nil
	}
	can.KeepLong()
	l := &longValues{rows: can, sources: sources, spools: make([]spool, len(columns))}
	for i := range l.spools {
		l.spools[i].dir = s.Dir
	}
	return l
}

// fetch puts the long values of the present row aside in the form in which they are sent. Whatever can go wrong with
// them goes wrong here, before a byte of the row is on its way.
func (l *longValues) fetch(ctx context.Context, p *portal, row []iris.Value, style pgtypes.Style) error {
	for i, c := range p.result.columns {
		if !l.holds(c.Source) || row[c.Source].IsNull() {
			continue
		}
		var into io.Writer = &l.spools[i]
		if l.sources[c.Source].Type == iris.TypeLongVarBinary && p.format(i) == 0 {
			into = &byteaText{to: into, style: style}
		}
		if _, err := l.rows.CopyLong(ctx, c.Source, into); err != nil {
			return err
		}
		if hex, ok := into.(*byteaText); ok {
			if err := hex.end(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l *longValues) holds(source int) bool { return iris.IsLong(l.sources[source].Type) }

// reset forgets the values of a row.
func (l *longValues) reset() error {
	var errs error
	for i := range l.spools {
		errs = errors.Join(errs, l.spools[i].reset())
	}
	return errs
}

// byteaText writes bytes in bytea's text form while they arrive.
type byteaText struct {
	to    io.Writer
	style pgtypes.Style
	begun bool
	buf   []byte
}

// Write implements io.Writer.
func (b *byteaText) Write(p []byte) (int, error) {
	text, err := pgtypes.AppendText(b.buf[:0], pgtypes.Type{OID: pgtypes.Bytea}, iris.Binary(p), b.style)
	if err != nil {
		return 0, err
	}
	b.buf = text
	if b.begun {
		text = bytes.TrimPrefix(text, b.prefix())
	}
	b.begun = true
	_, err = b.to.Write(text)
	return len(p), err
}

// end writes what stands before no byte at all.
func (b *byteaText) end() error {
	if b.begun {
		return nil
	}
	_, err := b.Write(nil)
	return err
}

// prefix is what the hexadecimal form begins with.
func (b *byteaText) prefix() []byte {
	if b.style.ByteaEscape {
		return nil
	}
	return []byte(`\x`)
}
