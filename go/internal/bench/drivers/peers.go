package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// client is one of those that are measured.
type client interface {
	name() string
	// run repeats a case until it has taken that long; the time to prepare a round does not count.
	run(c benchCase, limit time.Duration) (units int, spent time.Duration, err error)
}

// peerList is the flag -peer.
type peerList []struct{ name, command string }

// String implements flag.Value.
func (l *peerList) String() string { return "" }

// Set implements flag.Value.
func (l *peerList) Set(s string) error {
	name, command, ok := strings.Cut(s, "=")
	if !ok {
		return errors.New("it is NAME=COMMAND")
	}
	*l = append(*l, struct{ name, command string }{name, command})
	return nil
}

// peer is another client's program. It gets the address and the statements in the environment, and on its standard input
// lines "KEY SECONDS"; it answers each with a line "UNITS SECONDS".
type peer struct {
	title string
	cmd   *exec.Cmd
	in    io.WriteCloser
	out   *bufio.Reader
}

func startPeer(ctx context.Context, name, command, address string) (*peer, error) {
	p := &peer{title: name, cmd: exec.CommandContext(ctx, "sh", "-c", "exec "+command)}
	p.cmd.Stderr = os.Stderr
	p.cmd.Env = append(os.Environ(), "BENCH_ADDRESS="+address, "BENCH_VECTOR="+vectorText(),
		fmt.Sprintf("BENCH_ROWS=%d", readRows), fmt.Sprintf("BENCH_INSERTS=%d", insertRows), fmt.Sprintf("BENCH_BATCH=%d", batchRows))
	for _, c := range benchCases {
		p.cmd.Env = append(p.cmd.Env, "BENCH_SQL_"+c.key+"="+c.sql)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.out = bufio.NewReader(out)
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	return p, p.cmd.Start()
}

// name implements client.
func (p *peer) name() string { return p.title }

// run implements client.
func (p *peer) run(c benchCase, limit time.Duration) (units int, spent time.Duration, err error) {
	if _, err := fmt.Fprintf(p.in, "%s %g\n", c.key, limit.Seconds()); err != nil {
		return 0, 0, err
	}
	line, err := p.out.ReadString('\n')
	if err != nil {
		return 0, 0, err
	}
	var seconds float64
	if _, err := fmt.Sscanf(line, "%d %g\n", &units, &seconds); err != nil || units <= 0 || seconds <= 0 {
		return 0, 0, fmt.Errorf("the line %q is not: units, seconds", line)
	}
	return units, time.Duration(seconds * float64(time.Second)), nil
}

// stop ends the program.
func (p *peer) stop() error { return errors.Join(p.in.Close(), p.cmd.Wait()) }
