package variant

// Question is what is not known of a live IRIS and what the gateway depends on.
type Question struct {
	Name Name
	// Likely and Other are the two answers, of the profiles documented and contrary.
	Likely, Other string
	// Source is what the likelier answer rests on.
	Source string
}

// questions is the whole of what the profiles are made of: one line a question, in the order of their names. How a live IRIS
// tells which answer holds is in tests/live/README.md, section 9.
var questions = []Question{
	{ChildrenReaped, "a program that $ZF(-100) started with /ASYNC is gone when it ends", "it stays as a dead child until the process that started it ends", "not documented"},
	{ConnectIsolation, "the isolation level of the connect message is in force", "it is ignored until SQL sets it", "JDBC's properties; the Python driver sends a fixed level"},
	{CountOverRuns, "COUNT(x) OVER () counts up row by row", "it is the total", "IRIS docs, \"Overview of Window Functions\""},
	{DateText, "DATE is type 91 and a text", "type 1091 and a day number", "either is in the drivers"},
	{DDLSurvivesRollback, "ROLLBACK leaves tables made in the transaction", "takes them back", "IRIS docs, \"CREATE TABLE\"; IPM relies on the contrary"},
	{ErrorTextLines, "the parts of an error text stand on lines", "behind each other", "texts that drivers show"},
	{ExceptDistinct, "EXCEPT drops duplicates of its left side", "keeps them", "the SQL standard"},
	{FailureKeepsTransaction, "a change that fails leaves its transaction as it was", "it ends a transaction without a savepoint and undoes all of it", "IRIS docs, \"Modifying the Database\", by absence"},
	{FastSelect, "who asks for fast rows gets them", "each statement says that it has plain ones", "both forms are in the drivers"},
	{InterruptByMessage, "EI interrupts another connection's statement", "it is refused, and SQL's CANCEL QUERY does it", "observed of JDBC; CANCEL QUERY is documented"},
	{LastBufferStatus, "the buffer with the last row has status 100", "0, and an empty one follows", "both are read by the drivers"},
	{LastIdentityOfRowID, "LAST_IDENTITY() is the RowID where a table has no IDENTITY column", "it is the empty string there", "IRIS docs, \"LAST_IDENTITY\"; the contrary was measured in Dynamic SQL"},
	{LoginRefusedByText, "a refused login has status 417 and a text", "a wrong password has status 402 and a text", "observed of JDBC, which has a text of its own for 402; the Python drivers can't read a refusal without one"},
	{MaxRowsWhole, "\"max rows\" limits the whole result", "one buffer", "JDBC's setMaxRows; go-irisnative sends a fetch size"},
	{MessageNames, "%msg names tables, columns and constraints in single quotes, in English words", "in double quotes, in words of another language", "IRIS docs, \"SQL Error Messages\"; texts are localized"},
	{NoRowsStatus, "a change that hits no row has status 0 and count 0", "status 100", "both are read by the drivers; SQLCODE 100 is documented"},
	{NumericDecimal, "NUMERIC is sent as a decimal item", "as a text", "JDBC reads both"},
	{ObjectsOutliveCompile, "an object goes on with the class that it was made from when that is compiled anew", "its next method call is <CLASS RECOMPILED>", "not documented; IRIS docs, \"System Error Messages\", have the error"},
	{ParameterTypes, "a prepared statement's parameters have the types of their columns", "VARCHAR, but for streams", "JDBC sends numbers where it is told so"},
	{ParametersText, "the parameters of a property are a text, NAME,value,NAME,value", "a $LIST of pairs", "IRIS docs, select modes; the dictionary keeps lists"},
	{PlainDoubles, "doubles are sent in eight bytes", "without their zero bytes", "capability bit of the handshake"},
	{PositiveStatus, "a reply's status is the absolute SQLCODE", "its low 16 bits", "IRIS docs, \"SQL Error Codes\", of ODBC and JDBC clients"},
	{ReplyInOneFrame, "a reply is one frame", "a long one is several", "bit 31 of the statement id, which JDBC and the pure-Python driver read; InterSystems' native library does not"},
	{SavepointUsedUp, "ROLLBACK TO SAVEPOINT deletes its savepoint", "keeps it, as standard SQL has it", "IRIS docs, \"ROLLBACK\""},
	{StartHookLate, "SYSTEM^%ZSTART runs when the superserver answers", "before it does", "the order is not documented"},
	{StatementsKept, "a prepared statement is known until the client forgets it or its table changes", "it may be unknown (status 404) at any time", "both are read by the drivers"},
	{StreamHandleObject, "a stream's handle is an object reference", "the bytes of a $LIST", "go-irisnative; the drivers treat it as opaque"},
	{TimeText, "TIME is type 92 and a text", "type 1092 and seconds", "either is in the drivers"},
	{TimestampText, "TIMESTAMP is type 93 and a text", "type 1093 and an encoded integer", "either is in the drivers"},
	{VectorCanonical, "a VECTOR is read as numbers in canonical form with commas between", "in brackets, with blanks, leading zeros and exponents", "IRIS docs, \"TO_VECTOR\"; both forms were seen"},
}

// Questions gives the open questions in the order of their names.
func Questions() []Question { return append([]Question(nil), questions...) }
