package zpm

import "fmt"

// Rules are what differs between the lines of IPM.
type Rules struct {
	Line    string // 0.7 or 0.10
	Version string // the release that the rules are from

	phases       []string // all phases of a lifecycle, in order
	checkPhase   bool     // the Phase of an Invoke must be one of them
	storage      string   // the package of its classes for a module's parts
	processors   string   // the package of its resource processors
	byReturnType bool     // the status of an Invoke counts when the method is declared to return %Status
	initialize   bool     // phase Initialize: preload runs there
	loadIsDev    bool     // load of a directory sets developer mode
}

// Lines are the lines that there are rules for, the newest last.
var Lines = []string{"0.7", "0.10"}

// DefaultLine is the line that an instance has unless it is told.
const DefaultLine = "0.10"

// RulesOf gives the rules of a line. An unknown one is an error.
func RulesOf(line string) (*Rules, error) {
	switch line {
	case "0.7":
		return &Rules{Line: line, Version: "0.7.2", storage: "%ZPM.PackageManager.Developer.",
			processors: "%ZPM.PackageManager.Developer.Processor.", loadIsDev: true,
			phases: []string{"Clean", "Reload", "*", "Validate", "ExportData", "Compile", "Activate", "Document", "MakeDeployed", "Test",
				"Package", "Verify", "Register", "Publish", "Configure", "Unconfigure"}}, nil
	case "0.10":
		return &Rules{Line: line, Version: "0.10.9", storage: "%IPM.Storage.", processors: "%IPM.ResourceProcessor.",
			checkPhase: true, byReturnType: true, initialize: true,
			phases: []string{"Clean", "Initialize", "Reload", "*", "Validate", "ExportData", "Compile", "Activate", "Document",
				"MakeDeployed", "Test", "Package", "Verify", "Publish", "Configure", "Unconfigure", "ApplyUpdateSteps"}}, nil
	}
	return nil, fmt.Errorf("there is no IPM %q: it is 0.7 or 0.10", line)
}

// activation is what load and install run.
func (r *Rules) activation() []string {
	if r.initialize {
		return []string{"Initialize", "Reload", "*", "Validate", "Compile", "Activate"}
	}
	return []string{"Reload", "*", "Validate", "Compile", "Activate"}
}

// complete gives the phases that a command with a phase's name runs: those up to it, or the phase alone.
func (r *Rules) complete(phase string) []string {
	all := r.activation()
	for i, one := range all {
		if one == phase {
			if one == "Reload" {
				i++ // with the module opened anew
			}
			return all[:i+1]
		}
	}
	return []string{phase}
}
