// Package recording reads the files of tests/drivers/recorded: what drivers and irisdev said to each other in a fixed
// scenario. Tests of both sides of the superserver protocol use it; no program does.
package recording

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// Frame is one message.
type Frame struct {
	Step       string // of the scenario
	Connection int    // 1, 2 … in the order in which they were opened
	Client     bool
	Number     uint32
	Statement  uint32
	More       bool   // a reply that goes on in the next frame
	Code       string // of a request: two bytes, such as PQ, or 4B C2 for native call 11
	Status     int    // of a reply
	Parts      []Part
	Line       int // in the file
}

// Part is one list element, or raw bytes, of a body.
type Part struct {
	Bytes  []byte
	Masked bool // stands for something that differs from run to run
}

// Body gives the body as the file has it.
func (f Frame) Body() []byte {
	var b []byte
	for _, p := range f.Parts {
		b = append(b, p.Bytes...)
	}
	return b
}

// Exchange is a request with its replies.
type Exchange struct {
	Request Frame
	Replies []Frame
}

// Ours is the recording of our own client, and Node that of a driver without SQL.
const (
	Ours = "iris-pgwire"
	Node = "node"
)

// Drivers are the recordings, by the names of their files.
var Drivers = []string{"irispython", "irispython-pure", "jdbc", "go-irisnative", Node, Ours}

// Load reads a driver's recording.
func Load(driver string) ([]Exchange, error) {
	f, err := os.Open(path(driver + ".txt"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	p := parser{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		p.line++
		if err := p.take(lines.Text()); err != nil {
			return nil, fmt.Errorf("%s.txt:%d: %w", driver, p.line, err)
		}
	}
	return p.out, lines.Err()
}

// path is that of a file in tests/drivers/recorded.
func path(name string) string {
	_, here, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(here), "../../../tests/drivers/recorded", name)
}

// parser holds the place in a file.
type parser struct {
	line, connection int
	step             string
	out              []Exchange
	current          *Frame
	part             Part // that has not ended yet
}

func (p *parser) take(line string) error {
	switch {
	case line == "" || line[0] == '#':
		return nil
	case strings.HasPrefix(line, "== "):
		p.step = line[3:]
		return nil
	case strings.HasPrefix(line, "-- connection "):
		n, err := strconv.Atoi(line[len("-- connection "):])
		p.connection = n
		return err
	case strings.HasPrefix(line, "  "):
		return p.bytes(line)
	}
	return p.frame(strings.Fields(line))
}

// frame reads the line that begins a frame: C PQ number 5 statement 1, or S 100 number 5 statement 1, perhaps with more.
func (p *parser) frame(words []string) error {
	if len(words) < 6 {
		return fmt.Errorf("not a frame: %q", words)
	}
	number, err := strconv.ParseUint(words[3], 10, 32)
	if err != nil {
		return err
	}
	statement, err := strconv.ParseUint(words[5], 10, 32)
	if err != nil {
		return err
	}
	f := Frame{Step: p.step, Connection: p.connection, Client: words[0] == "C", Number: uint32(number), Statement: uint32(statement),
		More: len(words) > 6, Line: p.line}
	if f.Client {
		if f.Code = words[1]; len(f.Code) == 4 {
			code, err := hex.DecodeString(f.Code)
			if err != nil {
				return err
			}
			f.Code = string(code)
		}
		p.out = append(p.out, Exchange{Request: f})
		p.current = &p.out[len(p.out)-1].Request
		return nil
	}
	if f.Status, err = strconv.Atoi(words[1]); err != nil {
		return err
	}
	if len(p.out) == 0 {
		return fmt.Errorf("a reply without a request")
	}
	last := &p.out[len(p.out)-1]
	last.Replies = append(last.Replies, f)
	p.current = &last.Replies[len(last.Replies)-1]
	return nil
}

// bytes reads a line of a part: words in hexadecimal, word*n for n times the word; behind a semicolon, in the part's last
// line, what it means.
func (p *parser) bytes(line string) error {
	if p.current == nil {
		return fmt.Errorf("bytes outside a frame")
	}
	words, note, last := strings.Cut(line, " ; ")
	for _, word := range strings.Fields(words) {
		word, times, repeated := strings.Cut(word, "*")
		b, err := hex.DecodeString(word)
		if err != nil {
			return err
		}
		n := 1
		if repeated {
			if n, err = strconv.Atoi(times); err != nil {
				return err
			}
		}
		for range n {
			p.part.Bytes = append(p.part.Bytes, b...)
		}
	}
	if last {
		p.part.Masked = strings.HasPrefix(note, "masked ")
		p.current.Parts = append(p.current.Parts, p.part)
		p.part = Part{}
	}
	return nil
}
