// Command record runs a driver's program against an irisdev of its own, through a proxy that reads along, and writes what
// the two said as text: one of the files in tests/drivers/recorded. It is run by hand, see the script run next to it.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

func main() {
	out := flag.String("out", "", "the file to write")
	title := flag.String("title", "", "the driver's name and version")
	irisdev := flag.String("irisdev", "", "the irisdev program")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: record --out FILE --title TEXT --irisdev PROGRAM -- COMMAND…\n"+
			"  COMMAND finds the address of irisdev in IRISDEV_ADDRESS, and in RECORD_STEPS the one to which it writes the name of each\n"+
			"  step of its work, a line each; it goes on when it has got a byte back.")
		flag.PrintDefaults()
	}
	flag.Parse()
	if *out == "" || *title == "" || *irisdev == "" || flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := record(*out, *title, *irisdev, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "record:", err)
		os.Exit(1)
	}
}

func record(out, title, irisdev string, command []string) error {
	address, stop, err := startIrisdev(irisdev)
	if err != nil {
		return err
	}
	defer stop()
	t, err := listen(address)
	if err != nil {
		return err
	}
	defer t.close()
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(os.Environ(), "IRISDEV_ADDRESS="+t.address(), "RECORD_STEPS="+t.stepAddress())
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", command[0], err)
	}
	t.settle()
	return os.WriteFile(out, t.text(title), 0o644)
}

// startIrisdev runs an irisdev on a new directory and gives its address.
func startIrisdev(program string) (address string, stop func(), err error) {
	dir, err := os.MkdirTemp("", "irisdev-record.")
	if err != nil {
		return "", nil, err
	}
	cmd := exec.Command(program, "serve", "--dir", filepath.Join(dir, "data"), "--port", "0", "--profile", "documented")
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return "", nil, errors.Join(err, os.RemoveAll(dir))
	}
	stop = func() {
		_ = cmd.Process.Signal(syscall.SIGTERM) // it may have ended by itself
		_ = cmd.Wait()
		_ = os.RemoveAll(dir)
	}
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		var ready struct{ Listen string }
		data, err := os.ReadFile(filepath.Join(dir, "data", "irisdev.json"))
		if err == nil && json.Unmarshal(data, &ready) == nil && ready.Listen != "" {
			return ready.Listen, stop, nil
		}
	}
	stop()
	return "", nil, errors.New("irisdev is not ready after 30 s")
}
