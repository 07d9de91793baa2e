package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// explanation is the head of each file.
const explanation = `# What %s and irisdev said to each other in the fixed scenario of tests/drivers/record; made by
# tests/drivers/record/run, read by tests of both sides. README.md next to it has the form and the scenario.
# Masked, and marked so, is what differs from machine to machine: in the login (CN) the operating system's user, the machine's name, the
# client's address, the path of the program, the operating system and the virtual machine, twelve uninitialised bytes; in its reply
# the job number.
# User name (_SYSTEM) and password (SYS, or "wrong") are irisdev's own and stand as the driver obfuscates them.
# Frames are in the order of the requests, each followed by its replies.
`

// text writes all that was recorded.
func (t *tap) text(title string) []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out bytes.Buffer
	fmt.Fprintf(&out, explanation, title)
	step, connection := "", 0
	var request [2]byte
	for _, f := range ordered(t.frames) {
		if f.step != step {
			step = f.step
			fmt.Fprintf(&out, "\n== %s\n", step)
		}
		if f.connection != connection {
			connection = f.connection
			fmt.Fprintf(&out, "-- connection %d\n", connection)
		}
		if f.client {
			request = f.code
		}
		writeFrame(&out, f, request)
	}
	return out.Bytes()
}

func writeFrame(out *bytes.Buffer, f frame, request [2]byte) {
	if f.client {
		code := string(f.code[:])
		if f.code[1] > 'Z' {
			code = fmt.Sprintf("%x", code)
		}
		fmt.Fprintf(out, "C %s number %d statement %d\n", code, f.number, f.statement)
	} else {
		fmt.Fprintf(out, "S %d number %d statement %d", binary.LittleEndian.Uint16(f.code[:]), f.number, f.statement)
		if f.more {
			out.WriteString(" more")
		}
		out.WriteByte('\n')
	}
	for _, it := range split(f, request) {
		note := it.describe()
		if it.masked {
			note = "masked " + note
		}
		writeBytes(out, it, note)
	}
}

// writeBytes writes an item's bytes, on several lines if they are many, with what they mean behind the last.
func writeBytes(out *bytes.Buffer, it item, note string) {
	const width = 100
	line := "  "
	tokens := squeeze(it.raw)
	if !it.bare && len(it.raw) > 1 {
		tokens = append([]string{fmt.Sprintf("%x", it.raw[:it.head()])}, squeeze(it.raw[it.head():])...)
	}
	for i, token := range tokens {
		if len(line) > 2 && len(line)+len(token) > width {
			out.WriteString(line + "\n")
			line = "  "
		}
		if len(line) > 2 {
			line += " "
		}
		line += token
		if i == len(tokens)-1 {
			fmt.Fprintf(out, "%-30s ; %s\n", line, note)
		}
	}
}

// squeeze writes bytes in hexadecimal, in words of up to 16 bytes; a run of the same one or two bytes is written as
// the bytes, * and how often.
func squeeze(b []byte) []string {
	const least = 24 // a shorter run is not worth it
	var out []string
	from := 0
	flush := func(end int) {
		for ; from < end; from += min(16, end-from) {
			out = append(out, fmt.Sprintf("%x", b[from:min(from+16, end)]))
		}
	}
	for at := 0; at < len(b); {
		period, times := run(b[at:])
		if period*times < least {
			at++
			continue
		}
		flush(at)
		out = append(out, fmt.Sprintf("%x*%d", b[at:at+period], times))
		at += period * times
		from = at
	}
	flush(len(b))
	return out
}

// run finds how often the first byte, or the first two, are repeated at the beginning.
func run(b []byte) (period, times int) {
	times = 1
	for period = 1; period <= 2; period++ {
		word := b[:min(period, len(b))]
		for times = 1; len(b) >= (times+1)*period && bytes.Equal(b[times*period:(times+1)*period], word); {
			times++
		}
		if times*period >= 24 {
			return period, times
		}
	}
	return 1, 1
}
