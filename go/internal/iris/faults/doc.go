// Package faults holds only tests: the superserver client and the pool against a development IRIS, with a proxy in between
// that cuts, delays, falls silent and lies.
package faults
