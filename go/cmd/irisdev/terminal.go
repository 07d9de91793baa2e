package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"iris-pgwire/internal/irisdev/control"
	"iris-pgwire/internal/irisdev/instance"
	"iris-pgwire/internal/irisdev/variant"
)

// own says what a command does when no instance serves the directory.
const own = "\n\nWorks in the instance that serves DIR. If none does, one runs in DIR, which is made if it is not there, for as long\nas the command takes."

func terminalCommand() *cobra.Command {
	var o instance.Options
	r := control.Request{Command: control.Terminal}
	cmd := &cobra.Command{
		Use: "terminal --dir DIR", Short: "Open an ObjectScript terminal",
		Long: "Runs ObjectScript, one line a command, until halt or the end of the input. Input that does not come from a keyboard gets no\n" +
			"banner, prompt or echo." + own,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			r.Interactive = isKeyboard(os.Stdin)
			return here(o, r)
		},
	}
	attachFlags(cmd, &o)
	cmd.Flags().StringVar(&r.Namespace, "namespace", instance.Namespace, "the namespace to begin in")
	cmd.Flags().StringVar(&r.User, "user", instance.DefaultUser.Name, "the user of the process")
	return cmd
}

func loadCommand() *cobra.Command {
	var o instance.Options
	r := control.Request{Command: control.Load, User: instance.DefaultUser.Name}
	cmd := &cobra.Command{
		Use: "load --dir DIR PATH…", Short: "Import and compile classes, routines and include files",
		Long: "Imports the files .cls, .mac, .int and .inc that are named or lie in the folders named, then compiles them. Exit code 1 and the\n" +
			"errors if something does not compile." + own,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, paths []string) error {
			for _, path := range paths {
				abs, err := filepath.Abs(path)
				if err != nil {
					return fmt.Errorf("find %s: %w", path, err)
				}
				r.Args = append(r.Args, abs)
			}
			return here(o, r)
		},
	}
	attachFlags(cmd, &o)
	cmd.Flags().StringVar(&r.Namespace, "namespace", instance.Namespace, "the namespace to load into")
	return cmd
}

func killCommand() *cobra.Command {
	var o instance.Options
	r := control.Request{Command: control.Kill}
	cmd := &cobra.Command{
		Use: "kill --dir DIR JOB", Short: "End a job hard",
		Long: "Ends a job of the instance: no handler of its code runs, its locks are freed, its transaction is rolled back." + own,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, jobs []string) error {
			r.Args = jobs
			return here(o, r)
		},
	}
	attachFlags(cmd, &o)
	return cmd
}

// attachFlags are those that every command with an instance has; all but dir are for one that runs for the command alone.
func attachFlags(cmd *cobra.Command, o *instance.Options) {
	flags := cmd.Flags()
	flags.StringVar(&o.Dir, "dir", "", "the directory of the instance")
	flags.StringVar(&o.Version, "version", "2025.1", "the release of IRIS to be, if none serves DIR")
	flags.StringVar(&o.Profile, "profile", variant.Documented, "the profile to have, if none serves DIR: documented or contrary")
	_ = cmd.MarkFlagRequired("dir") // fails only for a flag that does not exist
}

// here asks with this process' input, output and working directory.
func here(o instance.Options, r control.Request) error {
	dir, err := os.Getwd()
	if err != nil {
		return fmt.Errorf("find the working directory: %w", err)
	}
	r.Directory = dir
	return attach(o, r, os.Stdin, os.Stdout)
}

// isKeyboard reports that somebody types: a character device that is not the null device.
func isKeyboard(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}
