package fn

import "unicode"

// ofClass reports whether a character is of a class that patterns and $ZSTRIP know: A letters, C controls, E everything, L
// small letters, N digits, P punctuation, U capital letters; W (only in $ZSTRIP) white space (IRIS docs, "Pattern Match").
func ofClass(u uint16, class byte) bool {
	r := rune(u)
	switch class {
	case 'E':
		return true
	case 'N':
		return r >= '0' && r <= '9'
	case 'A':
		return unicode.IsLetter(r)
	case 'L':
		return unicode.IsLower(r)
	case 'U':
		return unicode.IsUpper(r)
	case 'C':
		return r < 32 || r >= 127 && r < 160
	case 'P':
		if r < 256 {
			return !ofClass(u, 'C') && !ofClass(u, 'N') && !unicode.IsLetter(r)
		}
		return unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsSpace(r)
	case 'W':
		return r == 9 || r == 32 || r == 160
	}
	return false
}

func ofClasses(u uint16, classes string) bool {
	for i := 0; i < len(classes); i++ {
		if ofClass(u, classes[i]) {
			return true
		}
	}
	return false
}
