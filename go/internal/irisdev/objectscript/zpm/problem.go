package zpm

import (
	"strconv"
	"strings"
)

// Problem is an error of the package manager, as a status has it.
type Problem struct {
	Code   int
	Text   string
	Params []string // of the code's text in a status
	Cause  *Problem
}

// Error writes it as $SYSTEM.Status.GetErrorText does, its cause on a line of its own.
func (p *Problem) Error() string {
	s := "ERROR #" + strconv.Itoa(p.Code) + ": " + p.Text
	if p.Cause != nil {
		s += "\n  > " + p.Cause.Error()
	}
	return s
}

// because adds the cause.
func (p *Problem) because(cause *Problem) *Problem {
	p.Cause = cause
	return p
}

// texts are those of the codes that are used here, as lib has them.
var texts = map[int]string{
	5001: "%1",
	5012: "File '%1' does not exist",
	5659: "Property '%1::%2(%3,ID=%4)' required",
	5802: "Datatype validation failed on property '%1', with value equal to \"%2\"",
	6237: "Unexpected tag in XML input: %1",
	6301: "SAX XML Parser Error: %1",
	7201: "Datatype value '%1' length longer than MAXLEN allowed of %2",
	7205: "Datatype value '%1' not in VALUELIST '%2'",
}

func problem(code int, params ...string) *Problem {
	return &Problem{Code: code, Text: fill(texts[code], params), Params: params}
}

func fill(form string, params []string) string {
	for i, a := range params {
		form = strings.ReplaceAll(form, "%"+strconv.Itoa(i+1), a)
	}
	return form
}

// general is an error 5001, with %1 … replaced.
func general(form string, args ...string) *Problem { return problem(5001, fill(form, args)) }

// notBuilt is for what IPM does and this stand-in does not.
func notBuilt(what string) *Problem {
	return general("The development IRIS does not have this of IPM: %1", what)
}
