package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	var c checker
	flag.StringVar(&c.irisdev, "irisdev", "", "the development IRIS")
	flag.StringVar(&c.clones, "clones", "", "the folder of clones")
	flag.StringVar(&c.work, "work", "", "an empty folder to work in")
	flag.Parse()
	if err := c.run(flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run checks packages by both lines and prints a line for each way.
func (c *checker) run(packages []string) error {
	c.known = map[string]string{}
	clones, err := os.ReadDir(c.clones)
	if err != nil {
		return err
	}
	for _, e := range clones {
		dir := filepath.Join(c.clones, e.Name())
		if m, err := readModule(dir); err == nil { // what has no module.xml is nobody's dependency
			c.known[strings.ToLower(m.name)] = dir
		}
	}
	for _, name := range packages {
		m, err := readModule(filepath.Join(c.clones, name))
		if err != nil {
			fmt.Printf("%s: %v\n", name, err)
			continue
		}
		fmt.Printf("%s: %s\n", name, strings.Join(m.elements, ", "))
		for _, line := range []string{"0.7", "0.10"} {
			loaded, installed, err := c.check(name, line)
			if err != nil {
				return err
			}
			fmt.Printf("  %-5s %v\n  %-5s %v\n", line, loaded, "", installed)
		}
	}
	return nil
}
