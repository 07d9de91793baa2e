package run

// errorNumbers are the codes of system errors as %Exception.SystemException has them, as far as public logs of IRIS show
// them; another one's code is 0.
var errorNumbers = map[string]int64{
	"FUNCTION": 6, "UNDEFINED": 9, "DIVIDE": 18, "METHOD DOES NOT EXIST": 148, "PROPERTY DOES NOT EXIST": 149,
	"CLASS DOES NOT EXIST": 150, "INVALID OREF": 192,
}

func errorNumber(name string) int64 { return errorNumbers[name] }

// ecodes are the standard codes of $ECODE (IRIS docs, "$ECODE"); others are Z and the name.
var ecodes = map[string]string{
	"UNDEFINED": "M6", "DIVIDE": "M9", "NAKED": "M1", "SELECT": "M4", "NOLINE": "M13", "NOROUTINE": "M13", "MAXNUMBER": "M92",
	"ILLEGAL VALUE": "M28", "SUBSCRIPT": "M29",
}

// ecodeOf appends an error to $ECODE.
func ecodeOf(old, name string) string {
	code := ecodes[name]
	if code == "" {
		code = "Z" + name
	}
	if old == "" {
		old = ","
	}
	return old + code + ","
}
