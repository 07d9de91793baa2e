// Command irisdev is the development IRIS: a stand-in for InterSystems IRIS on machines that have none. It is no part of
// the product's path.
package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"iris-pgwire/internal/irisdev/sample"
)

// version is set by the build from module.xml.
var version = "dev"

func main() {
	root := &cobra.Command{
		Use: "irisdev", Short: "A development stand-in for InterSystems IRIS", SilenceUsage: true, SilenceErrors: true,
	}
	root.AddCommand(serveCommand(), terminalCommand(), loadCommand(), killCommand(), zpmCommand(), variantsCommand(), &cobra.Command{
		Use: "sample", Short: "Print the sample data as IRIS SQL, for serve --init", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return sample.WriteSQL(cmd.OutOrStdout()) },
	}, &cobra.Command{
		Use: "version", Short: "Print the version", Args: cobra.NoArgs,
		Run: func(cmd *cobra.Command, _ []string) { fmt.Fprintln(cmd.OutOrStdout(), "irisdev", version) },
	})
	if err := root.Execute(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
