// Command iris-pgwire is the sidecar: a PostgreSQL server in front of InterSystems IRIS.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
)

// version is set by the build from module.xml.
var version = "dev"

// The exit codes. IRIS's supervisor turns each into one clear line of messages.log.
const (
	exitFailed      = 1
	exitUsage       = 2
	exitConfig      = 3  // config.json is missing or wrong
	exitPort        = 4  // the port is taken
	exitUnreachable = 5  // IRIS does not answer
	exitLogin       = 6  // IRIS refused the login
	exitTooOld      = 7  // IRIS is older than 2024.1
	exitDirectory   = 8  // the directory can't be written
	exitTaken       = 9  // another sidecar of the same start is still there
	exitOrphaned    = 10 // IRIS was away for too long
	exitVersion     = 11 // this program is not of the version that IRIS expects
)

// failure is an error with the exit code that it ends the program with.
type failure struct {
	code int
	err  error
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run runs the command line and gives the exit code.
func run(args []string, out, errOut io.Writer) int {
	root := &cobra.Command{
		Use:           "iris-pgwire",
		Short:         "A PostgreSQL server in front of InterSystems IRIS",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(serveCommand(), checkCommand(), probeCommand(), translateCommand(), versionCommand())
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errOut)
	err := root.ExecuteContext(context.Background())
	if err == nil {
		return 0
	}
	fmt.Fprintln(errOut, err)
	var f *failure
	if errors.As(err, &f) {
		return f.code
	}
	return exitUsage // what went wrong before a command began
}

// command makes f's errors those of a command that has begun.
func command(f func(cmd *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		err := f(cmd, args)
		var known *failure
		if err == nil || errors.As(err, &known) {
			return err
		}
		return &failure{exitFailed, err}
	}
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: cobra.NoArgs,
		Run: func(cmd *cobra.Command, _ []string) { fmt.Fprintln(cmd.OutOrStdout(), "iris-pgwire", version) },
	}
}
