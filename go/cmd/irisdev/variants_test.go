package main

import (
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/variant"
)

func TestVariantsPrintsEveryQuestion(t *testing.T) {
	var out strings.Builder
	if err := writeVariants(&out); err != nil {
		t.Fatal(err)
	}
	for _, q := range variant.Questions() {
		want := string(q.Name) + "\n  documented: " + q.Likely + "\n  contrary:   " + q.Other + "\n"
		if !strings.Contains(out.String(), want) {
			t.Errorf("missing: %s", want)
		}
	}
}
