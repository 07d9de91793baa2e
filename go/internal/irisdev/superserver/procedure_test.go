package superserver

import "testing"

// The bodies are those that the native Python driver 5.4.1 sends for cursor.lastrowid and cursor.callproc.
func TestTheProcedureThatReadsTheLastRowID(t *testing.T) {
	c := login(t, serve(t, Config{Engine: people()}))
	c.call("DU", 1, 1, "INSERT :%qpar(1)", 1, 63, 0, nil, 0, 1, 1, 7)
	c.expect("prepare", 0, "2,1,-5,19,0,1,,7")(c.call("SP", 2, "%SYSTEM.SQL_GetROWID"))
	c.expect("call", 0, "7,0")(c.call("SU", 2, 0, 0, 0, 1, 0))
	c.expect("written in tokens", 0, "2,1,-5,19,0,1,,7")(c.call("SP", 3, "%SYSTEM . SQL_GetROWID"))
	c.expect("too many arguments", 400, "")(c.call("SU", 3, 0, 0, 0, 1, 1, 5))
	c.expect("not found", 428, "")(c.call("SP", 3, "NoSuch"))
	c.expect("the id is free again", 404, "")(c.call("SU", 3, 0, 0, 0, 1, 0))
	c.expect("no query", 404, "")(c.call("PQ", 2, 1, 0, 0, 0))
	c.expect("other use of the id", 0, "0,1,1")(c.call("DU", 2, 1, "INSERT", 0, nil, 0, 1, 0))
	c.expect("not a procedure any more", 404, "")(c.call("SU", 2, 0, 0, 0, 1, 0))
}
