package main

import (
	"bytes"
	"strings"
)

// masked is what is not the same on another machine or at another time, and what stands in the file instead. The fields
// of the login are numbered from 0.
var maskedLogin = map[int]string{3: "osuser", 4: "machine", 7: "address"}

// maskedJob is the field of the login's reply that has the job number.
const maskedJob = 4

// mask replaces such items of a login and of its reply.
func mask(items []item, request bool) []item {
	for i := range items {
		switch text, ok := maskedLogin[i]; {
		case !request && i == maskedJob:
			items[i] = item{raw: appendText(nil, "1"), masked: true}
		case !request:
		case i == 7 && bytes.HasPrefix(items[i].data(), []byte("SHM")): // JDBC's wish for shared memory
		case ok:
			items[i] = item{raw: appendText(nil, text), masked: true}
		case i == 5 && strings.ContainsAny(string(items[i].data()), `/\`):
			items[i] = item{raw: appendText(nil, "program"), masked: true}
		case i == 6:
			items[i] = maskMachine(items[i])
		}
	}
	return items
}

// machineSize is how many bytes the Python drivers send about the machine: zeros, or what lies in memory.
const machineSize = 12

// maskMachine replaces the operating system and the virtual machine in JDBC's list about itself, and what is no text.
func maskMachine(it item) item {
	zeros := make([]byte, machineSize)
	if data := it.data(); len(data) == machineSize && bytes.ContainsFunc(data, func(r rune) bool { return r > '~' || r < ' ' }) && !bytes.Equal(data, zeros) {
		return item{raw: append([]byte{machineSize + 2, typeBytes}, zeros...), masked: true}
	}
	inner, rest := splitItems(it.data())
	if len(rest) > 0 || len(inner) != 5 {
		return it
	}
	var list []byte
	for i, element := range inner {
		switch i {
		case 3, 4:
			list = appendText(list, "masked")
		default:
			list = append(list, element.raw...)
		}
	}
	return item{raw: append([]byte{byte(len(list) + 2), typeBytes}, list...), masked: true}
}
