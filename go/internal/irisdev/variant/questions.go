package variant

// Question is what is not known of a live IRIS and what the gateway depends on.
type Question struct {
	Name Name
	// Likely and Other are the two answers, of the profiles documented and contrary.
	Likely, Other string
	// Source is what the likelier answer rests on.
	Source string
}

// questions is the whole of what the profiles are made of: one line a question, in the order of their names.
var questions = []Question{
	{ChildrenReaped, "a program that $ZF(-100) started with /ASYNC is gone when it ends", "it stays as a dead child until the process that started it ends", "not documented"},
	{ConnectIsolation, "the isolation level of the connect message is in force", "it is ignored until SQL sets it", "JDBC's properties; the Python driver sends a fixed level"},
	{CountOverRuns, "COUNT(x) OVER () counts up row by row", "it is the total", "IRIS docs, \"Overview of Window Functions\""},
	{DateText, "DATE is type 91 and a text", "type 1091 and a day number", "either is in the drivers"},
	{DDLSurvivesRollback, "ROLLBACK leaves tables made in the transaction", "takes them back", "IRIS docs, \"CREATE TABLE\"; IPM relies on the contrary"},
	{ErrorTextLines, "the parts of an error text stand on lines", "behind each other", "texts that drivers show"},
	{ExceptDistinct, "EXCEPT drops duplicates of its left side", "keeps them", "the SQL standard"},
	{FastSelect, "who asks for fast rows gets them", "each statement says that it has plain ones", "both forms are in the drivers"},
	{InterruptByMessage, "EI interrupts another connection's statement", "it is refused, and SQL's CANCEL QUERY does it", "observed of JDBC; CANCEL QUERY is documented"},
	{LastBufferStatus, "the buffer with the last row has status 100", "0, and an empty one follows", "both are read by the drivers"},
	{MaxRowsWhole, "\"max rows\" limits the whole result", "one buffer", "JDBC's setMaxRows; go-irisnative sends a fetch size"},
	{NoRowsStatus, "a change that hits no row has status 0 and count 0", "status 100", "both are read by the drivers; SQLCODE 100 is documented"},
	{NumericDecimal, "NUMERIC is sent as a decimal item", "as a text", "JDBC reads both"},
	{ParameterTypes, "a prepared statement's parameters have the types of their columns", "VARCHAR, but for streams", "JDBC sends numbers where it is told so"},
	{PlainDoubles, "doubles are sent in eight bytes", "without their zero bytes", "capability bit of the handshake"},
	{PositiveStatus, "a reply's status is the absolute SQLCODE", "its low 16 bits", "IRIS docs, \"SQL Error Codes\", of ODBC and JDBC clients"},
	{StartHookLate, "SYSTEM^%ZSTART runs when the superserver answers", "before it does", "the order is not documented"},
	{TimeText, "TIME is type 92 and a text", "type 1092 and seconds", "either is in the drivers"},
	{TimestampText, "TIMESTAMP is type 93 and a text", "type 1093 and an encoded integer", "either is in the drivers"},
}

// Questions gives the open questions in the order of their names.
func Questions() []Question { return append([]Question(nil), questions...) }
