package lib

import (
	"maps"

	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// Natives gives the methods of IRIS's own classes that are written in Go, by "Class:Method". A class that extends another one
// uses the other's natives.
func Natives() run.Natives {
	all := run.Natives{}
	for _, t := range []run.Natives{objectNatives, statusNatives, datatypeNatives, dynamicNatives, fileNatives, pathNatives,
		fileObjectNatives, streamNatives, fileStreamNatives, processNatives, utilNatives, versionNatives, eventNatives, encryptionNatives,
		securityNatives, objNatives, sqlNatives, systemNatives, namespaceNatives, unitTestNatives, routineNatives, dictionaryNatives, persistNatives, xmlNatives,
		webNatives, httpNatives, deviceNatives, jsonAdaptorNatives} {
		maps.Copy(all, t)
	}
	return all
}

var good = run.Int(1)

// set gives a variable that was passed by reference a value; without one nothing happens.
func set(p *run.Process, c *run.Call, i int, v run.Value) {
	if to := c.Var(i); to != nil {
		p.Assign(to, v)
	}
}

// number gives an argument as a whole number.
func number(c *run.Call, i int) int {
	n, _ := c.Arg(i).Integer()
	return int(n)
}

// bytesOf gives a text as bytes; false if it has characters above 255.
func bytesOf(s string) ([]byte, bool) { return value.Latin1(s) }

// binary makes a text of bytes.
func binary(b []byte) run.Value { return run.Text(value.FromLatin1(b)) }

// list makes a $LIST.
func list(items ...run.Value) run.Value {
	vals := make([]value.Value, len(items))
	for i, it := range items {
		vals[i] = it.Value
	}
	return run.Plain(value.BuildList(vals...))
}
