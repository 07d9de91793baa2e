package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"iris-pgwire/internal/irisdev/variant"
)

func variantsCommand() *cobra.Command {
	return &cobra.Command{
		Use: "variants", Short: "Print what is not known of a live IRIS, with the answers of both profiles", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return writeVariants(cmd.OutOrStdout()) },
	}
}

func writeVariants(w io.Writer) error {
	for _, q := range variant.Questions() {
		if _, err := fmt.Fprintf(w, "%s\n  documented: %s\n  contrary:   %s\n  rests on:   %s\n", q.Name, q.Likely, q.Other, q.Source); err != nil {
			return err
		}
	}
	return nil
}
