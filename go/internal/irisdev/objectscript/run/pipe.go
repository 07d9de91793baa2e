package run

import (
	"bufio"
	"errors"
	"io"
	"os/exec"
	"strings"
	"sync"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/fault"
)

// pipe is a program that a device reads from or writes to.
type pipe struct {
	cmd    *exec.Cmd
	done   chan struct{}
	status int
	shell  bool
	out    io.Reader // what it writes; nil when it reads
}

// drain reads what the program still writes, so that it can end.
func (p *pipe) drain() { _, _ = io.Copy(io.Discard, p.out) }

// wait waits for the program's end, at most for so long.
func (p *pipe) wait(d time.Duration) {
	select {
	case <-p.done:
	case <-time.After(d):
	}
}

// openPipe starts a program: with /COMMAND or /ARGS itself, otherwise a command line in a shell.
func (p *Process) openPipe(id string, o openOptions) (*device, error) {
	if !p.Allowed("%System_Callout", "USE") {
		return nil, fault.New("PROTECT", "")
	}
	f := &zfFlags{shell: !o.hasArgs}
	argv := append([]string{o.command}, o.args...)
	if strings.HasPrefix(o.mode, "Q") && !strings.HasPrefix(id, "|") { // OPEN command:"Q"
		argv, f.shell = []string{id}, true
	}
	if argv[0] == "" {
		return nil, fault.New("NOTOPEN", "")
	}
	f.noquote = f.shell
	cmd, err := p.program(f, argv)
	if err != nil {
		return nil, err
	}
	d := &device{id: id, lines: true, term: o.term}
	if err := d.setTable(o.table); err != nil {
		return nil, err
	}
	writes := strings.Contains(o.words, "W") || strings.HasPrefix(o.mode, "QW")
	var in io.WriteCloser
	var out io.ReadCloser
	if writes {
		in, err = cmd.StdinPipe()
	} else {
		out, err = cmd.StdoutPipe()
	}
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p.zchild = int64(cmd.Process.Pid)
	d.pipe = &pipe{cmd: cmd, done: make(chan struct{}), shell: f.shell}
	if writes {
		d.out, d.file = bufio.NewWriter(in), in
		go d.pipe.reap(nil)
	} else {
		r := &drained{Reader: out, end: make(chan struct{})}
		d.in, d.file, d.pipe.out = newLineReader(r), out, r
		go d.pipe.reap(r.end)
	}
	return d, nil
}

// drained is the output of a program; its end is told, because the exit status may be asked for only behind it.
type drained struct {
	io.Reader
	end  chan struct{}
	once sync.Once
}

func (r *drained) Read(b []byte) (int, error) {
	n, err := r.Reader.Read(b)
	if err != nil {
		r.once.Do(func() { close(r.end) })
		err = io.EOF // also when the device was closed meanwhile
	}
	return n, err
}

// reap waits for the program, after its output was read to the end.
func (p *pipe) reap(end <-chan struct{}) {
	defer close(p.done)
	if end != nil {
		<-end
	}
	err := p.cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		p.status = exit.ExitCode()
	}
}

// PipeExitCode is the exit status of a pipe's program; false if it still runs, is unknown or ran in a shell.
func (p *Process) PipeExitCode(id string) (int, bool) {
	d := p.devices[id]
	if d == nil || d.pipe == nil || d.pipe.shell {
		return 0, false
	}
	d.pipe.wait(time.Second)
	select {
	case <-d.pipe.done:
		return d.pipe.status, true
	default:
		return 0, false
	}
}
