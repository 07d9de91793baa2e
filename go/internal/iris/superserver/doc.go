// Package superserver is a client of IRIS's superserver protocol: the SQL messages that InterSystems' JDBC and Python
// drivers send. A message is a frame of fourteen bytes and a body of $LIST items; replies come in the order of requests.
//
// A Conn is one IRIS process and implements iris.Conn. It is used by one goroutine at a time, except Cancel.
package superserver
