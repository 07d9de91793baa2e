package config

import "fmt"

// Describe lists every key with its default, its rule and its purpose, one a line.
func Describe() []string {
	lines := make([]string, len(keys))
	for i, k := range keys {
		otherwise := k.otherwise
		if otherwise == "" {
			otherwise = "not set"
		}
		lines[i] = fmt.Sprintf("%s (default %s): %s. Must be %s.", k.name, otherwise, k.purpose, k.rule)
	}
	return lines
}
