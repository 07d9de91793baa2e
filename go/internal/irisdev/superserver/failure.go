package superserver

import (
	"errors"
	"strings"

	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/variant"
)

// Statuses of replies; any other is the absolute SQLCODE.
const (
	statusOK      = 0
	statusEnd     = 100
	statusDenied  = 402 // login: user or password
	statusUnknown = 404 // the statement id: send the text again
	statusCode    = 409 // the message code
	statusRefused = 417 // login
	statusNative  = 0xCA00
)

// failure is the last error, whose text the client asks for by OE.
type failure struct {
	status uint16
	text   string
}

// asSQL makes an SQL error of any.
func asSQL(err error) *sqlerr.Error {
	var e *sqlerr.Error
	if errors.As(err, &e) {
		return e
	}
	var s *store.Error
	if errors.As(err, &s) {
		return sqlerr.New(-400, "Unexpected error occurred: %s", s.Error())
	}
	return sqlerr.New(-400, "%v", err)
}

// fail answers with the error's SQLCODE and an empty body, and keeps the text. ErrPurged asks for the text again.
func (c *conn) fail(req request, err error) error {
	if errors.Is(err, ErrPurged) {
		c.reply(req, statusUnknown, nil)
		return nil
	}
	c.reply(req, c.keep(err), nil)
	return nil
}

// keep remembers the error for OE and gives its status.
func (c *conn) keep(err error) uint16 {
	e := asSQL(err)
	c.failure.text = c.errorText(e)
	c.failure.status = uint16(max(e.Code, -e.Code))
	if !c.positive {
		c.failure.status = uint16(int16(e.Code))
	}
	return c.failure.status
}

// otherWords put a %msg into another language, with other quotes (variant "message-names").
var otherWords = strings.NewReplacer("'", `"`, "Table", "Tabelle", "table", "Tabelle", "View", "Sicht", "Field", "Feld", "field", "Feld",
	"Constraint", "Bedingung", "constraint", "Bedingung", "Column", "Spalte", "Index", "Verzeichnis", "Schema", "Schemabereich",
	"name", "Bezeichnung", "not found", "nicht gefunden", "failed", "verletzt", "required", "erforderlich", "Row", "Zeile",
	"different", "verschiedene", "lengths", "Längen", "types", "Typen", "validation", "Prüfung")

// errorText is the text of an error as IRIS words it.
func (c *conn) errorText(e *sqlerr.Error) string {
	if !c.srv.Variant.Likely(variant.MessageNames) {
		other := *e
		other.Message = otherWords.Replace(e.Message)
		e = &other
	}
	if c.srv.Variant.Likely(variant.ErrorTextLines) {
		return e.Error()
	}
	return strings.ReplaceAll(e.Error(), "\r\n", " ")
}
