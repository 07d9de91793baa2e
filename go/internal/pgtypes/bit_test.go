package pgtypes

import "testing"

// TestBitsAreReadAsDigitsOfBothBases follows PostgreSQL docs, 4.1.2.5 "Bit-String Constants".
func TestBitsAreReadAsDigitsOfBothBases(t *testing.T) {
	for text, want := range map[string]string{"101": "101", "b101": "101", "B": "", "x1F": "00011111", "XaB": "10101011", "x": ""} {
		if v, err := ParseText(Of(Varbit), text); err != nil || v.String() != want {
			t.Errorf("%s: %q %v, want %q", text, v.String(), err, want)
		}
	}
	for _, text := range []string{"102", "b1x", "x1G", "y1"} {
		if _, err := ParseText(Of(Varbit), text); err == nil {
			t.Errorf("%s is accepted", text)
		}
	}
}
