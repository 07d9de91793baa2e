package value

import "strings"

// ODBC type numbers that have a form of their own in ODBC mode.
const (
	TypeDate       = 9
	TypeTime       = 10
	TypeTimestamp  = 11
	TypeDate91     = 91
	TypeTime92     = 92
	TypeStamp93    = 93
	TypeDayNumber  = 1091
	TypeSeconds    = 1092
	TypePosix      = 1093
	typeBit        = -7
	typeVarbinary  = -3
	typeBinary     = -2
	typeLongBinary = -4
)

// ODBC gives a logical value in the form of ODBC mode for a column of the type: dates, times and time stamps as text, a
// vector and a $LIST as text between commas. What can't be converted stays (IRIS docs, "Data Types", select modes).
func ODBC(v Value, odbcType int) Value {
	if v.kind == Vector {
		return Text(v.vec.Text())
	}
	if v.kind == List {
		if odbcType == typeVarbinary || odbcType == typeBinary || odbcType == typeLongBinary {
			return v
		}
		return Text(listText(v))
	}
	if v.kind != Number && v.kind != Double {
		return v
	}
	s, ok := "", false
	switch odbcType {
	case TypeDate, TypeDate91:
		if day, whole := v.Integer(); whole && day >= MinDay && day <= MaxDay {
			s, ok = FormatDate(int(day))
		}
	case TypeTime, TypeTime92:
		s, ok = FormatTime(v)
	case TypeTimestamp, TypeStamp93:
		if micros, good := Micros(v); good {
			s, ok = FormatTimestamp(micros)
		}
	}
	if !ok {
		return v
	}
	return Text(s)
}

// AppendODBC is AppendItem of ODBC's result.
func AppendODBC(buf []byte, v *Value, odbcType int) []byte {
	switch v.kind {
	case String:
		return appendText(buf, v.s, 0)
	case Number:
		from, ok := len(buf), false
		switch odbcType {
		case TypeDate, TypeDate91:
			if day, whole := v.Integer(); whole && day >= MinDay && day <= MaxDay {
				buf, ok = appendDate(append(buf, 0, itemBytes), int(day))
			}
		case TypeTimestamp, TypeStamp93:
			if micros, good := Micros(*v); good {
				buf, ok = appendTimestamp(append(buf, 0, itemBytes), micros)
			}
		case TypeTime, TypeTime92:
		default:
			return appendDecimal(buf, v.num, v.exp)
		}
		if ok {
			buf[from] = byte(len(buf) - from)
			return buf
		}
		buf = buf[:from]
	}
	return AppendItem(buf, ODBC(*v, odbcType))
}

// Logical gives a value in the form of ODBC mode as the logical value of the type; false if it is none. Numbers are taken
// to be logical already; a TIMESTAMP becomes %PosixTime.
func Logical(v Value, odbcType int) (Value, bool) {
	if v.kind != String {
		return v, true
	}
	s := strings.TrimSpace(v.s)
	switch odbcType {
	case TypeDate, TypeDate91, TypeDayNumber:
		if n, ok := CanonicalNumber(s); ok {
			return n, n.IsInteger()
		}
		day, ok := ParseDate(s)
		return Int(int64(day)), ok
	case TypeTime, TypeTime92, TypeSeconds:
		if n, ok := CanonicalNumber(s); ok {
			return n, true
		}
		return ParseTime(s)
	case TypeTimestamp, TypeStamp93, TypePosix:
		micros, ok := ParseTimestamp(s)
		if !ok {
			return Value{}, false
		}
		return Posix(micros)
	case typeBit:
		if n := v.Number(); n.Approx() != 0 {
			return Int(1), true
		}
		return Int(0), true
	}
	return v, true
}

// listText joins the elements of a list by commas, as drivers get a %List column.
func listText(v Value) string {
	items, err := ListItems(v)
	if err != nil {
		return v.Text()
	}
	texts := make([]string, len(items))
	for i, item := range items {
		texts[i] = item.Text()
	}
	return strings.Join(texts, ",")
}
