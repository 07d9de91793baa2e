package superserver

import (
	"encoding/binary"

	"iris-pgwire/internal/irisdev/value"
)

// reveal undoes what clients do to user name and password: the units are reversed, and the low byte of each is changed.
func reveal(s string) string {
	in := value.Units(s)
	out := make([]uint16, len(in))
	for j, u := range in {
		low := byte(u)
		low = low<<3 | low>>5
		low = (low - byte(j)) ^ 0xA7
		out[len(in)-1-j] = u&0xFF00 | uint16(low)
	}
	return value.FromUnits(out)
}

// firstUint16 reads two raw bytes.
func firstUint16(b []byte) (int, bool) {
	if len(b) < 2 {
		return 0, false
	}
	return int(binary.LittleEndian.Uint16(b)), true
}
