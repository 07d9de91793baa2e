package run

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/variant"
)

// osError is what $SYSTEM.Process.OSError tells of the last failure of the operating system.
type osError struct {
	number int
	text   string
}

// OSError is the number and the text of the last error of the operating system that the process met.
func (p *Process) OSError() (int, string) { return p.osError.number, p.osError.text }

// doZF is DO $ZF(-100,…): the arguments are evaluated even when the postconditional is false.
func (p *Process) doZF(c *ast.Call, x *ast.Func) error {
	ok, err := p.when(c.Cond)
	if err != nil {
		return err
	}
	list, err := p.zfArgs(x.Args)
	if err != nil || !ok {
		return err
	}
	_, err = p.callOut(list)
	return err
}

func (p *Process) zfFunc(args []ast.Arg) (Value, error) {
	list, err := p.zfArgs(args)
	if err != nil {
		return Value{}, err
	}
	status, err := p.callOut(list)
	return Int(status), err
}

// zfArgs evaluates the arguments. An array by reference, .args, is like args…: its root is the count.
func (p *Process) zfArgs(args []ast.Arg) ([]Actual, error) {
	spread := append([]ast.Arg(nil), args...)
	for i := range spread {
		if spread[i].ByRef {
			spread[i].ByRef, spread[i].Variadic = false, true
		}
	}
	return p.arguments(spread)
}

// callOut is $ZF(-100,flags,program,args…). The other forms are old and not built.
func (p *Process) callOut(list []Actual) (int64, error) {
	if !p.Allowed("%System_Callout", "USE") {
		return 0, fault.New("PROTECT", "")
	}
	switch n, _ := list[0].Value.Integer(); {
	case n == -100:
	case (n == -1 || n == -2) && len(list) >= 2:
		return p.oldCallOut(n == -2, list[1].Value.Text())
	default:
		return 0, fault.New("UNIMPLEMENTED", "*$ZF("+list[0].Value.Text()+")")
	}
	if len(list) < 3 {
		return 0, fault.New("FUNCTION", "")
	}
	flags, err := readFlags(list[1].Value.Text())
	if err != nil {
		return 0, err
	}
	argv := make([]string, 0, len(list)-2)
	for _, a := range list[2:] {
		argv = append(argv, a.Value.Text())
	}
	if argv[0] == "" {
		return 0, fault.New("FUNCTION", "")
	}
	return p.spawn(flags, argv)
}

// oldCallOut is $ZF(-1,command) and $ZF(-2,command): a command line for the shell, waited for or not. $ZCHILD stays.
func (p *Process) oldCallOut(async bool, command string) (int64, error) {
	if command == "" {
		return 0, fault.New("UNIMPLEMENTED", "*$ZF with a shell of its own")
	}
	child := p.zchild
	defer func() { p.zchild = child }()
	return p.spawn(&zfFlags{async: async, shell: true, noquote: true}, []string{command})
}

// spawn starts a program and, unless it is asynchronous, waits for its end. The exit status is that of the program; for
// /ASYNC it is 0.
func (p *Process) spawn(f *zfFlags, argv []string) (int64, error) {
	cmd, err := p.program(f, argv)
	if err != nil {
		return 0, err
	}
	files, err := p.redirect(f, cmd)
	defer func() {
		for _, file := range files {
			_ = file.Close() // the program has its own
		}
	}()
	if err != nil {
		return 0, err
	}
	if f.logcmd {
		for i, a := range argv {
			_ = p.sys.Console(p.Job(), 0, "Utility.Event", logLine(f, i, a, argv)) // the log's failure is not the program's
			if f.shell {
				break
			}
		}
	}
	p.device.flush()
	p.home.flush()
	if err := cmd.Start(); err != nil {
		p.failed(err)
		return 0, fault.New("NOTOPEN", "")
	}
	p.zchild = int64(cmd.Process.Pid)
	status := int64(0)
	if f.async {
		go func() {
			if !p.sys.Variant.Likely(variant.ChildrenReaped) {
				<-p.life.Done()
			}
			_ = cmd.Wait() // so that it does not stay as a dead child; its status is not asked for
		}()
	} else if status, err = p.await(cmd); err != nil {
		return 0, err
	}
	if f.logcmd {
		_ = p.sys.Console(p.Job(), 0, "Utility.Event", "$ZF(-100) ret="+Int(status).Text())
	}
	return status, nil
}

func logLine(f *zfFlags, i int, arg string, argv []string) string {
	s := "$ZF(-100) argv[" + Int(int64(i)).Text() + "]=" + arg
	if f.shell {
		s = "$ZF(-100) cmd=" + strings.Join(argv, " ")
	}
	return s[:min(len(s), 1000)]
}

// program makes the command. A bare name is looked for as the operating system does.
func (p *Process) program(f *zfFlags, argv []string) (*exec.Cmd, error) {
	var cmd *exec.Cmd
	if f.shell {
		cmd = exec.Command("/bin/sh", "-c", shellLine(f, argv)) // not bound to a context: the program outlives the process
	} else {
		path := argv[0]
		if strings.ContainsRune(path, '/') {
			if !filepath.IsAbs(path) {
				path = filepath.Join(p.dir, path)
			}
		} else if found, err := exec.LookPath(path); err == nil {
			path = found
		} else {
			p.failed(err)
			return nil, fault.New("NOTOPEN", "")
		}
		cmd = &exec.Cmd{Path: path, Args: argv}
	}
	cmd.Dir = p.dir
	cmd.SysProcAttr = ownGroup()
	env := os.Environ()
	env = append(env, f.env...)
	if f.envArray != "" {
		more, err := p.environmentOf(f.envArray)
		if err != nil {
			return nil, err
		}
		env = append(env, more...)
	}
	cmd.Env = env
	return cmd, nil
}

// environmentOf reads the array of /ENV=arr...: arr("NAME")=value.
func (p *Process) environmentOf(name string) ([]string, error) {
	v := p.lookup(name)
	if v == nil {
		return nil, nil
	}
	var out []string
	for sub, n, ok := v.Next(tidy(Text("").Value), false); ok; sub, n, ok = v.Next(sub, false) {
		if n.Set {
			out = append(out, sub.Text()+"="+n.Value.Text())
		}
	}
	return out, nil
}

// shellLine is the command line for /SHELL: values with blanks in double quotes, unless /NOQUOTE.
func shellLine(f *zfFlags, argv []string) string {
	if f.noquote {
		return strings.Join(argv, " ")
	}
	out := make([]string, len(argv))
	for i, a := range argv {
		if out[i] = a; a == "" || strings.ContainsAny(a, " \t\"") {
			out[i] = `"` + strings.ReplaceAll(a, `"`, `\"`) + `"`
		}
	}
	return strings.Join(out, " ")
}

// redirect opens what the program reads and writes. What is not redirected is the null device with /ASYNC, and without it
// the process' own principal device.
func (p *Process) redirect(f *zfFlags, cmd *exec.Cmd) ([]*os.File, error) {
	var files []*os.File
	open := func(name string, mode int) (*os.File, error) {
		if !filepath.IsAbs(name) {
			name = filepath.Join(p.dir, name)
		}
		file, err := os.OpenFile(name, mode, 0o666)
		if err != nil {
			p.failed(err)
			return nil, fault.New("NOTOPEN", "")
		}
		files = append(files, file)
		return file, nil
	}
	write := func(r redirection) (*os.File, error) {
		if r.add {
			return open(r.name, os.O_CREATE|os.O_WRONLY|os.O_APPEND)
		}
		return open(r.name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC)
	}
	if f.stdin.name != "" {
		file, err := open(f.stdin.name, os.O_RDONLY)
		if err != nil {
			return files, err
		}
		cmd.Stdin = file
	}
	if f.stdout.name != "" {
		file, err := write(f.stdout)
		if err != nil {
			return files, err
		}
		cmd.Stdout = file
	}
	switch {
	case f.stderr.name != "" && f.stderr.name == f.stdout.name:
		if f.stderr.add != f.stdout.add {
			return files, fault.New("ILLEGAL VALUE", "")
		}
		cmd.Stderr = cmd.Stdout
	case f.stderr.name != "":
		file, err := write(f.stderr)
		if err != nil {
			return files, err
		}
		cmd.Stderr = file
	}
	if !f.async {
		r := relay{p.ctx.Done(), make(chan []byte)}
		if cmd.Stdout == nil {
			cmd.Stdout, p.relayed = r, r.data
		}
		if cmd.Stderr == nil {
			cmd.Stderr, p.relayed = r, r.data
		}
	}
	return files, nil
}

// relay hands what a program writes to the process that waits for it.
type relay struct {
	gone <-chan struct{}
	data chan []byte
}

func (r relay) Write(b []byte) (int, error) {
	select {
	case r.data <- append([]byte(nil), b...):
	case <-r.gone:
	}
	return len(b), nil
}

// await waits for the program; the end of the process leaves it behind.
func (p *Process) await(cmd *exec.Cmd) (int64, error) {
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	var failed error
	output := p.relayed
	p.relayed = nil
	err := p.busy("ZF", func() error {
		for {
			select {
			case b := <-output:
				_, _ = p.home.out.Write(b) // the writer keeps its error
			case failed = <-done:
				return nil
			case <-p.ctx.Done():
				return nil
			}
		}
	})
	if err != nil {
		return 0, err
	}
	var exit *exec.ExitError
	if errors.As(failed, &exit) {
		if ws, ok := exit.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
			return int64(ws.Signal()) + 128, nil
		}
		return int64(exit.ExitCode()), nil
	}
	return 0, nil
}

// failed keeps the operating system's error.
func (p *Process) failed(err error) {
	var no syscall.Errno
	p.osError = osError{text: err.Error()}
	switch {
	case errors.As(err, &no):
		p.osError = osError{int(no), no.Error()}
	case errors.Is(err, exec.ErrNotFound):
		p.osError = osError{int(syscall.ENOENT), syscall.ENOENT.Error()}
	}
}

// Failed keeps an error of the operating system for $SYSTEM.Process.OSError.
func (p *Process) Failed(err error) { p.failed(err) }
