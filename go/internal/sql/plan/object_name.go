package plan

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxName is the longest name that PostgreSQL makes (NAMEDATALEN - 1 bytes).
const maxName = 63

// objectName is the name that PostgreSQL gives to an index or constraint without one: table_column_key, the two first
// parts shortened so that the whole fits (PostgreSQL's ChooseRelationName). taken says which names are in use.
func objectName(table, columns, label string, taken func(string) bool) string {
	for pass := 0; ; pass++ {
		suffix := label
		if pass > 0 {
			suffix = fmt.Sprintf("%s%d", label, pass)
		}
		if name := fitName(table, columns, suffix); !taken(name) {
			return name
		}
	}
}

func fitName(table, columns, label string) string {
	room := maxName - len(label) - 1
	if columns != "" {
		room--
	}
	for len(table)+len(columns) > room {
		if len(table) > len(columns) {
			table = cutLast(table)
		} else {
			columns = cutLast(columns)
		}
	}
	parts := []string{table}
	if columns != "" {
		parts = append(parts, columns)
	}
	return strings.Join(append(parts, label), "_")
}

func cutLast(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[:len(s)-n]
}
