package sqlfunc

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// piecesFunctions are ObjectScript's string functions, and those that justify text (IRIS docs, "$PIECE", "STR" …).
var piecesFunctions = []Function{
	{Name: "$LENGTH", Min: 1, Max: 2, Compile: always(integer, dollarLength)},
	{Name: "$EXTRACT", Min: 1, Max: 3, Params: types(unknown, integer), Compile: result(anyText, extract)},
	{Name: "$PIECE", Min: 2, Max: 4, Params: types(unknown, unknown, integer), Compile: result(anyText, piece)},
	{Name: "$JUSTIFY", Min: 2, Max: 3, Params: types(unknown, integer), Compile: result(anyText, justify)},
	{Name: "STR", Min: 1, Max: 3, Params: types(longDecimal, integer), Compile: result(anyText, str)},
}

// dollarLength is $LENGTH: characters, 0 for NULL, or pieces between delimiters.
func dollarLength(a []value.Value) (value.Value, error) {
	s := a[0].Text()
	if len(a) == 1 {
		return value.Int(int64(value.Length(s))), nil
	}
	d := a[1].Text()
	if d == "" {
		return value.Int(0), nil
	}
	return value.Int(int64(strings.Count(s, d) + 1)), nil
}

// extract is $EXTRACT(s, from, to): one character without to, the first one without from.
func extract(a []value.Value) (value.Value, error) {
	from := optional(a, 1, 1)
	return value.Text(Substring(a[0].Text(), from-1, optional(a, 2, from))), nil
}

// piece is $PIECE(s, delimiter, from, to); a piece that is not there is the empty string.
func piece(a []value.Value) (value.Value, error) {
	s, d := a[0].Text(), a[1].Text()
	from := optional(a, 2, 1)
	to := optional(a, 3, from)
	if d == "" {
		return value.Text(""), nil
	}
	list := strings.Split(s, d)
	from, to = max(from, 1), min(to, len(list))
	if from > to {
		return value.Text(""), nil
	}
	return value.Text(strings.Join(list[from-1:to], d)), nil
}

// justify is $JUSTIFY: right-justified in a width, numbers rounded to a number of decimals.
func justify(a []value.Value) (value.Value, error) {
	s := a[0].Text()
	if len(a) > 2 {
		s = fixedDecimals(a[0], whole(a[2]))
	}
	return rightIn(s, whole(a[1]))
}

// rightIn fills up with blanks on the left; a longer text stays.
func rightIn(s string, width int) (value.Value, error) {
	if width > sqltype.MaxString {
		return maxString()
	}
	return text(strings.Repeat(" ", max(0, width-value.Length(s))) + s)
}

// fixedDecimals writes a number with exactly n decimals and a digit before the point.
func fixedDecimals(v value.Value, n int) string {
	n = max(0, min(n, 30))
	x := round(v, n, false)
	if x.Kind() == value.Double {
		x = x.Decimal()
	}
	s := x.Text()
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	head, tail, _ := strings.Cut(s, ".")
	if head == "" {
		head = "0"
	}
	if n == 0 {
		return sign + head
	}
	return sign + head + "." + tail + strings.Repeat("0", max(0, n-len(tail)))
}

// str is STR(number, length, decimals): right-justified in 10 places by default, without decimals; a number whose whole
// part does not fit is shown as asterisks.
func str(a []value.Value) (value.Value, error) {
	width, decimals := optional(a, 1, 10), optional(a, 2, 0)
	s := fixedDecimals(a[0], decimals)
	if over := len(s) - width; over > 0 && decimals > 0 {
		s = fixedDecimals(a[0], max(0, decimals-over))
	}
	if len(s) > width {
		return value.Text(strings.Repeat("*", max(0, min(width, 100)))), nil
	}
	return rightIn(s, width)
}
