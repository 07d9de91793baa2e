// Package status writes what IRIS reads of the sidecar: status.jsonl, a line an event, and status.json, the state as it
// is now, every two seconds. IRIS forwards every line into messages.log, so repeated events are throttled here.
package status
