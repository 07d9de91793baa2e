package main

import (
	"fmt"
	"net"

	"github.com/spf13/cobra"
)

func probeCommand() *cobra.Command {
	var listen string
	cmd := &cobra.Command{
		Use:   "probe --listen HOST:PORT",
		Short: "Find out whether the port can be opened",
		Long:  "Opens the port as serve does, and closes it at once. The package's installer runs it before it changes anything. Exit code 4: the port is in use.",
		Args:  cobra.NoArgs,
		RunE:  command(func(*cobra.Command, []string) error { return probe(listen) }),
	}
	cmd.Flags().StringVar(&listen, "listen", "", "the address, as in config.json")
	_ = cmd.MarkFlagRequired("listen") // fails only for a flag that does not exist
	return cmd
}

func probe(listen string) error {
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return &failure{listenCode(err), fmt.Errorf("listen on %s: %w", listen, err)}
	}
	return listener.Close()
}
