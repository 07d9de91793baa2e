package recording

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// Same tells whether a body is the recorded one, masked parts aside: in their place any list element will do.
func (f Frame) Same(body []byte) error {
	at := 0
	for i, p := range f.Parts {
		n := len(p.Bytes)
		if p.Masked {
			n = elementSize(body[at:])
		}
		if n == 0 || at+n > len(body) {
			return fmt.Errorf("line %d: part %d is missing: % .100x", f.Line, i+1, body[at:])
		}
		if got := body[at : at+n]; !p.Masked && !bytes.Equal(got, p.Bytes) {
			return fmt.Errorf("line %d: part %d is % .100x, recorded % .100x", f.Line, i+1, got, p.Bytes)
		}
		at += n
	}
	if at != len(body) {
		return fmt.Errorf("line %d: more than recorded: % .100x", f.Line, body[at:])
	}
	return nil
}

// elementSize gives the length of the first list element; 0 if there is none.
func elementSize(b []byte) int {
	switch {
	case len(b) > 0 && b[0] > 0:
		return int(b[0])
	case len(b) >= 4 && b[1]|b[2] != 0:
		return 3 + int(binary.LittleEndian.Uint16(b[1:]))
	case len(b) >= 8:
		return 7 + int(binary.LittleEndian.Uint32(b[3:]))
	}
	return 0
}
