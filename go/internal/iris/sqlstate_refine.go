package iris

import (
	"fmt"
	"strings"

	"iris-pgwire/internal/pgerr"
)

// BeyondYears is the text of the date that a statement asks IRIS to read when what it has computed is beyond its years: IRIS
// fails, and shows the text.
const BeyondYears = "outside of 0001-9999"

// refinements read IRIS's %msg where it decides the SQLSTATE or names what PostgreSQL's message names. The texts are
// localized and differ between versions: what is not found in them is left out, never guessed.
var refinements = map[int]func(*Error, *pgerr.Error){
	-23: undefinedTable, -30: undefinedTable, -29: undefinedColumn,
	-104: badValue, -105: badValue,
	-108: missingValue, -304: missingValue, -305: missingValue,
	-119: duplicateKey, -120: duplicateKey, -125: duplicateIndexKey,
	-121: noParent, -122: noParent, -127: noParent, -123: stillReferenced, -124: stillReferenced,
	-99: noPrivilege, -201: existingTable, -320: dependedOn, -475: notEmpty, -482: notEmpty,
	-149: fatal, -400: fatal, -415: fatal,
}

func undefinedTable(e *Error, out *pgerr.Error) {
	if name := quoted(e.Message, "table"); name != "" {
		out.Message = fmt.Sprintf("relation %q does not exist", lastPart(name))
	}
}

func undefinedColumn(e *Error, out *pgerr.Error) {
	if name := quoted(e.Message, "field"); name != "" {
		out.Message = fmt.Sprintf("column %q does not exist", lastPart(name))
	}
}

// setTable sets the table of a message that names one.
func setTable(e *Error, out *pgerr.Error) {
	name := quoted(e.Message, "table")
	if schema, table, ok := strings.Cut(name, "."); ok {
		out.Schema, out.Table = schema, table
	} else {
		out.Table = name
	}
}

// badValue is a value that the field's data type refuses. The gateway checks before it sends, so that this is a rule of
// the class that it doesn't know: a list of values, a pattern, a range.
func badValue(e *Error, out *pgerr.Error) {
	of := ""
	if field := quoted(e.Message, "field"); field != "" {
		parts := strings.Split(field, ".")
		out.Column = parts[len(parts)-1]
		if len(parts) > 2 {
			out.Schema, out.Table = parts[len(parts)-3], parts[len(parts)-2]
		}
		of = fmt.Sprintf(" for column %q", out.Column)
		out.Message = "value" + of + " is not valid for its data type in IRIS"
	}
	lower := strings.ToLower(e.Message)
	for _, w := range valueWords {
		if strings.Contains(lower, w.word) {
			out.Code = w.state
			return
		}
	}
	guessValue(e.Message, of, out)
}

// guessValue tells a number, which is out of range, from a text, which is too long: values of any other kind are checked
// before they are sent. The value stands in brackets behind a word, whose language is not known.
func guessValue(message, of string, out *pgerr.Error) {
	_, rest, found := strings.Cut(message, "(")
	end := strings.LastIndexByte(rest, ')')
	if !found || end < 0 {
		return
	}
	_, value, _ := strings.Cut(rest[:end], " ")
	value = strings.Trim(value, "'\"<> ")
	switch {
	case value == "" || value == "NULL":
	case strings.Trim(value, "0123456789.+-eE") == "":
		out.Code, out.Message = pgerr.NumericValueOutOfRange, "value out of range"+of
	default:
		out.Code, out.Message = pgerr.StringDataRightTruncation, "value too long"+of
	}
}

// valueWords tell from the class's own status text what is wrong with a value (ObjectScript errors 7201 … 7207).
var valueWords = []struct{ word, state string }{
	{"maxlen", pgerr.StringDataRightTruncation}, {"length longer", pgerr.StringDataRightTruncation}, {"#7201", pgerr.StringDataRightTruncation},
	{"greater than maxval", pgerr.NumericValueOutOfRange}, {"less than minval", pgerr.NumericValueOutOfRange},
	{"#7203", pgerr.NumericValueOutOfRange}, {"#7204", pgerr.NumericValueOutOfRange},
}

func missingValue(e *Error, out *pgerr.Error) {
	column := quoted(e.Message, "field")
	if column == "" {
		column = quoted(e.Message, "")
	}
	column = lastPart(column)
	setTable(e, out)
	if column == "" {
		out.Message = "null value violates not-null constraint"
		return
	}
	out.Column = column
	switch {
	case e.Code == -305:
		out.Message = fmt.Sprintf("column %q of relation %q contains null values", column, out.Table)
	case out.Table == "":
		out.Message = fmt.Sprintf("null value in column %q violates not-null constraint", column)
	default:
		out.Message = fmt.Sprintf("null value in column %q of relation %q violates not-null constraint", column, out.Table)
	}
}

func duplicateKey(e *Error, out *pgerr.Error) {
	setTable(e, out)
	out.Message = "duplicate key value violates unique constraint"
	if out.Constraint = lastPart(quoted(e.Message, "constraint")); out.Constraint != "" {
		out.Message += fmt.Sprintf(" %q", out.Constraint)
	}
}

func duplicateIndexKey(e *Error, out *pgerr.Error) {
	duplicateKey(e, out)
	if out.Constraint != "" {
		out.Message = fmt.Sprintf("could not create unique index %q", out.Constraint)
	}
}

func noParent(e *Error, out *pgerr.Error) {
	setTable(e, out)
	out.Constraint = lastPart(quoted(e.Message, "constraint"))
	out.Message = fmt.Sprintf("insert or update on table %q violates foreign key constraint %q", out.Table, out.Constraint)
	if out.Table == "" || out.Constraint == "" {
		out.Message = "insert or update violates a foreign key constraint"
	}
}

func stillReferenced(e *Error, out *pgerr.Error) {
	out.Constraint = lastPart(quoted(e.Message, "constraint"))
	out.Message = "update or delete violates a foreign key constraint"
	if out.Constraint == "" {
		return
	}
	referencing := lastPart(quoted(e.Message, "in table"))
	referenced := lastPart(quoted(e.Message, "of table"))
	if referencing == "" || referenced == "" {
		out.Message += fmt.Sprintf(" %q", out.Constraint)
		return
	}
	out.Table = referencing
	out.Message = fmt.Sprintf("update or delete on table %q violates foreign key constraint %q on table %q", referenced,
		out.Constraint, referencing)
}

func noPrivilege(e *Error, out *pgerr.Error) {
	if out.Message = plainText(e); !strings.HasPrefix(strings.ToLower(out.Message), "permission denied") {
		out.Message = "permission denied: " + out.Message
	}
}

func existingTable(e *Error, out *pgerr.Error) {
	if name := quoted(e.Message, "name"); name != "" {
		out.Message = fmt.Sprintf("relation %q already exists", lastPart(name))
	}
}

func dependedOn(e *Error, out *pgerr.Error) {
	if name := quoted(e.Message, "table"); name != "" {
		out.Message = fmt.Sprintf("cannot drop table %s because other objects depend on it", lastPart(name))
	}
	out.Hint = "Use DROP ... CASCADE to drop the dependent objects too."
}

func notEmpty(e *Error, out *pgerr.Error) {
	if name := quoted(e.Message, "schema"); name != "" {
		out.Message = fmt.Sprintf("cannot drop schema %s because other objects depend on it", name)
	}
	out.Hint = "Use DROP ... CASCADE to drop the dependent objects too."
}

// fatalWords refine the catch-all by the ObjectScript error that its %msg holds.
var fatalWords = []struct{ word, state, message string }{
	{"<divide>", pgerr.DivisionByZero, "division by zero"},
	{"<maxstring>", pgerr.ProgramLimitExceeded, "a string is longer than IRIS allows"},
	{"<maxnumber>", pgerr.NumericValueOutOfRange, "value out of range"},
	{"<subscript>", pgerr.ProgramLimitExceeded, "index row is longer than IRIS allows"},
	{"<illegal value>", pgerr.InvalidParameterValue, ""},
	{"different datatypes", pgerr.DatatypeMismatch, ""},
	{"dimensions do not match", pgerr.DataException, "different vector dimensions"},
	{"<vector>", pgerr.DataException, ""},
	{"<lock", pgerr.LockNotAvailable, ""},
	{"#5053", pgerr.InvalidName, ""},
	{"error #5", pgerr.SyntaxError, ""},
}

func fatal(e *Error, out *pgerr.Error) {
	if strings.Contains(e.Message, BeyondYears) {
		out.Code, out.Message = pgerr.DatetimeFieldOverflow, "a computed date is outside of the years 1 to 9999 that IRIS holds"
		return
	}
	lower := strings.ToLower(e.Message + " " + e.Text)
	for _, w := range fatalWords {
		if strings.Contains(lower, w.word) {
			out.Code, out.Message = w.state, w.message
			return
		}
	}
}
