package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"iris-pgwire/internal/irisdev/control"
	"iris-pgwire/internal/irisdev/instance"
)

func zpmCommand() *cobra.Command {
	var o instance.Options
	var line, registry string
	r := control.Request{Command: control.Zpm}
	cmd := &cobra.Command{
		Use: "zpm --dir DIR 'COMMAND'", Short: "Run a command of the package manager (IPM)",
		Long: "Does what the InterSystems Package Manager does for load PATH, install NAME [VERSION], uninstall NAME, list and NAME PHASE.\n" +
			"install finds packages in the folder --registry. The instance remembers --ipm and --registry. Exit code 1 if the command fails." + own,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			folder := registry
			if folder != "" {
				abs, err := filepath.Abs(folder)
				if err != nil {
					return fmt.Errorf("find %s: %w", folder, err)
				}
				folder = abs
			}
			r.Args = []string{args[0], line, folder}
			return here(o, r)
		},
	}
	attachFlags(cmd, &o)
	flags := cmd.Flags()
	flags.StringVar(&r.Namespace, "namespace", instance.Namespace, "the namespace to work in")
	flags.StringVar(&r.User, "user", instance.DefaultUser.Name, "the user of the process")
	flags.StringVar(&line, "ipm", "", "the line of IPM whose rules hold: 0.7 or 0.10 (default the instance's, at first 0.10)")
	flags.StringVar(&registry, "registry", "", "a folder of packages (.tgz)")
	return cmd
}
