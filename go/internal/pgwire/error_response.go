package pgwire

import (
	"strings"

	"github.com/jackc/pgx/v5/pgproto3"

	"iris-pgwire/internal/pgerr"
)

// SendError appends an ErrorResponse.
func (c *Conn) SendError(e *pgerr.Error) {
	r := response(e, "ERROR")
	c.Send(&r)
}

// SendNotice appends a NoticeResponse.
func (c *Conn) SendNotice(e *pgerr.Error) {
	r := pgproto3.NoticeResponse(response(e, "NOTICE"))
	c.Send(&r)
}

// response gives the fields (PostgreSQL docs, "Error and Notice Message Fields").
func response(e *pgerr.Error, severity string) pgproto3.ErrorResponse {
	if e.Severity != "" {
		severity = e.Severity
	}
	return pgproto3.ErrorResponse{
		Severity:            severity,
		SeverityUnlocalized: severity,
		Code:                e.Code,
		Message:             plain(e.Message),
		Detail:              plain(e.Detail),
		Hint:                plain(e.Hint),
		Position:            int32(e.Position),
		SchemaName:          e.Schema,
		TableName:           e.Table,
		ColumnName:          e.Column,
		DataTypeName:        e.Type,
		ConstraintName:      e.Constraint,
	}
}

// plain takes out NUL bytes, which would end the field: IRIS's texts may hold anything.
func plain(text string) string { return strings.ReplaceAll(text, "\x00", "") }
