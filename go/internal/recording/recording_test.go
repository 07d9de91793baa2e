package recording

import (
	"encoding/hex"
	"testing"
)

func TestLinesOfAFile(t *testing.T) {
	p := parser{}
	for _, line := range []string{
		"# a comment", "", "== one step", "-- connection 2",
		"C PP number 5 statement 1", "  0304 01   ; 1", "  0e01 0001*2", "  78*3   ; text over two lines",
		"S 0 number 5 statement 1 more", "  0301 31  ; masked \"1\"",
		"S 100 number 5 statement 1",
		"C 4bc2 number 7 statement 0",
	} {
		p.line++
		if err := p.take(line); err != nil {
			t.Fatal(line, err)
		}
	}
	first := p.out[0]
	if len(p.out) != 2 || len(first.Replies) != 2 || first.Request.Step != "one step" || first.Request.Connection != 2 {
		t.Fatalf("%+v", p.out)
	}
	if got := hex.EncodeToString(first.Request.Body()); got != "030401"+"0e0100010001787878" {
		t.Error("request:", got)
	}
	if r := first.Replies[0]; !r.More || r.Status != 0 || !r.Parts[0].Masked || first.Replies[1].Status != 100 {
		t.Errorf("replies: %+v", first.Replies)
	}
	if p.out[1].Request.Code != "K\xC2" {
		t.Errorf("native call: %q", p.out[1].Request.Code)
	}
	for _, bad := range []string{"C PP number", "S x number 1 statement 1", "  0g", "  01*x", "C PP number x statement 1"} {
		if err := p.take(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

func TestSameLetsMaskedPartsDiffer(t *testing.T) {
	f := Frame{Parts: []Part{{Bytes: []byte{3, 4, 1}}, {Bytes: []byte{3, 1, '1'}, Masked: true}, {Bytes: []byte{2, 4}}}}
	for body, same := range map[string]bool{
		"\x03\x04\x01\x03\x011\x02\x04": true, "\x03\x04\x01\x05\x01123\x02\x04": true, "\x03\x04\x01\x00\x04\x00\x01123\x02\x04": true,
		"\x03\x04\x02\x03\x011\x02\x04": false, "\x03\x04\x01\x03\x011": false, "\x03\x04\x01": false, "": false,
		"\x03\x04\x01\x03\x011\x02\x04\x00": false, "\x03\x04\x01\x09\x011\x02\x04": false,
	} {
		if err := f.Same([]byte(body)); (err == nil) != same {
			t.Errorf("% x: %v", body, err)
		}
	}
}
