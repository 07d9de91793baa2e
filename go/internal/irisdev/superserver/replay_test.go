package superserver_test

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"syscall"
	"testing"
	"time"

	"iris-pgwire/internal/irisdev/instance"
	"iris-pgwire/internal/irisdev/irisdevtest"
	"iris-pgwire/internal/irisdev/variant"
	"iris-pgwire/internal/recording"
)

// Each driver's recorded requests get byte for byte the recorded replies from a new irisdev. After a change of irisdev that
// is meant, tests/drivers/record/run makes the recordings anew, from the same release and profile.
func TestRepliesAreTheRecordedOnes(t *testing.T) {
	for _, driver := range recording.Drivers {
		t.Run(driver, func(t *testing.T) {
			recorded, err := recording.Load(driver)
			if err != nil {
				t.Fatal(err)
			}
			dev := irisdevtest.Start(t, instance.Options{Version: "2025.1", Profile: variant.Documented})
			p := player{t: t, address: dev.Address, open: map[int]net.Conn{}}
			for _, x := range recorded {
				p.exchange(x)
			}
			for id, nc := range p.open {
				rest, err := io.ReadAll(nc)
				if errors.Is(err, syscall.ECONNRESET) {
					err = nil // JDBC says goodbye to who has refused it and is gone
				}
				if len(rest) > 0 || err != nil {
					t.Errorf("connection %d: %d bytes after the last reply, %v", id, len(rest), err)
				}
			}
		})
	}
}

// player sends recorded requests.
type player struct {
	t       *testing.T
	address string
	open    map[int]net.Conn // by the recording's numbers
}

func (p *player) connection(id int) net.Conn {
	if nc := p.open[id]; nc != nil {
		return nc
	}
	nc, err := net.Dial("tcp", p.address)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { nc.Close() })
	if err := nc.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		p.t.Fatal(err)
	}
	p.open[id] = nc
	return nc
}

// exchange sends one request and compares the replies.
func (p *player) exchange(x recording.Exchange) {
	p.t.Helper()
	nc := p.connection(x.Request.Connection)
	body := x.Request.Body()
	out := binary.LittleEndian.AppendUint32(nil, uint32(len(body)))
	out = binary.LittleEndian.AppendUint32(out, x.Request.Number)
	out = binary.LittleEndian.AppendUint32(out, x.Request.Statement)
	if _, err := nc.Write(append(append(out, x.Request.Code...), body...)); err != nil && x.Request.Code != "DC" {
		p.t.Fatal(err)
	}
	for _, want := range x.Replies {
		if err := p.reply(nc, want); err != nil {
			p.t.Fatalf("%s, reply to %q: %v", want.Step, x.Request.Code, err)
		}
	}
}

// moreFrames marks a statement id of a reply that goes on.
const moreFrames = 1 << 31

func (p *player) reply(nc net.Conn, want recording.Frame) error {
	head := make([]byte, 14)
	if _, err := io.ReadFull(nc, head); err != nil {
		return err
	}
	body := make([]byte, binary.LittleEndian.Uint32(head))
	if _, err := io.ReadFull(nc, body); err != nil {
		return err
	}
	statement := want.Statement
	if want.More {
		statement |= moreFrames
	}
	if binary.LittleEndian.Uint32(head[4:]) != want.Number || binary.LittleEndian.Uint32(head[8:]) != statement {
		return errors.New("the reply belongs to another request")
	}
	if status := binary.LittleEndian.Uint16(head[12:]); int(status) != want.Status {
		return want.Same(append([]byte{byte(status), byte(status >> 8)}, body...)) // shows the line, and what came instead
	}
	return want.Same(body)
}
