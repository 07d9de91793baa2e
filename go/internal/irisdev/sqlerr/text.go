package sqlerr

// texts are the general texts of the SQLCODEs, in our own words.
var texts = map[int]string{
	100: "No (more) data", -1: "Invalid SQL statement", -2: "Exponent digits missing", -3: "Closing quote missing",
	-4: "A term expected", -5: "ORDER BY column number is not in the select list",
	-6: "ORDER BY column after UNION is not in the select list", -7: "Exponent out of range", -8: "Invalid date part",
	-9: "Incompatible select lists in UNION", -10: "Subquery must select exactly one item",
	-11: "Scalar expression expected, condition found", -12: "A term expected",
	-13: "Expression other than a subquery expected", -14: "Comparison operator required here",
	-15: "Condition expected after NOT", -18: "IS NULL applies only to a field",
	-19: "Aggregate function not allowed here", -20: "Name conflict in the FROM list", -23: "Label is not among the tables",
	-24: "Ambiguous sort column", -25: "Input encountered after end of query", -26: "FROM clause missing",
	-27: "Ambiguous field", -28: "Invalid host variable name", -29: "Field not found in the applicable tables",
	-30: "Table or view not found", -31: "Field not found in table", -33: "Field not found for table",
	-34: "No usable join order", -35: "View is not updateable", -37: "Function not supported on a stream field",
	-39: "No RowID field", -40: "ODBC escape extension not supported", -51: "SQL statement expected",
	-52: "Cursor error", -60: "An action expected", -62: "Additional new values expected", -63: "Invalid escape character",
	-64: "Incompatible select list in INSERT", -65: "Positive integer expected", -66: "Redundant table alias",
	-73: "Aggregate in ORDER BY is not in the select list", -75: "TRIM needs a specification or characters before FROM",
	-76: "Select list and INTO list differ", -77: "Qualified column not allowed in this JOIN",
	-78: "Invalid transaction state", -80: "Integer expected", -86: "Invalid field definition",
	-87: "Invalid table name", -88: "Invalid field name", -89: "Invalid index name", -90: "Invalid view name",
	-91: "Transaction mode given twice", -92: "Isolation level and READ WRITE do not fit", -96: "Unknown isolation level",
	-98: "License violation", -99: "Privilege violation", -104: "Field validation failed in INSERT",
	-105: "Field validation failed in UPDATE", -107: "Cannot update RowID", -108: "Required field missing",
	-110: "Locking conflict in filing", -111: "Cannot insert into a default-only RowID",
	-114: "One or more matching rows is locked by another user", -115: "Table is read-only",
	-116: "Cardinality mismatch between values and columns", -118: "Unknown or non-unique user or role",
	-119: "UNIQUE or PRIMARY KEY constraint failed on INSERT", -120: "UNIQUE or PRIMARY KEY constraint failed on UPDATE",
	-121: "FOREIGN KEY constraint failed on INSERT", -122: "FOREIGN KEY constraint failed on UPDATE",
	-123: "FOREIGN KEY constraint failed on UPDATE of the referenced row",
	-124: "FOREIGN KEY constraint failed on DELETE of the referenced row",
	-125: "UNIQUE or PRIMARY KEY constraint failed on creation", -127: "FOREIGN KEY constraint failed on creation",
	-138: "Cannot insert or update a read-only field", -140: "Invalid length passed to SUBSTRING",
	-141: "Invalid input to CONVERT", -142: "View columns and select list do not fit", -143: "ORDER BY not valid in a view",
	-146: "Date input cannot be converted", -147: "Time input cannot be converted", -148: "Host variable in a view",
	-149: "SQL function met an error", -153: "Invalid JSON in the OPTIONS comment", -201: "Table or view name not unique",
	-257: "Vectors differ in length", -258: "String vector not supported", -259: "Vectors differ in element type",
	-300: "DDL not allowed on this table", -301: "No savepoint name", -302: "Savepoint names starting with SYS are reserved",
	-304: "Field without default added to a table with data", -305: "Field set required while it holds NULL",
	-306: "Column already exists", -307: "Primary key already defined", -308: "Identity column already defined",
	-310: "Foreign key references a table that does not exist", -311: "Foreign key name exists",
	-312: "Invalid schema name", -313: "Condition not supported on a stream field",
	-314: "Foreign key references a key that is not unique", -315: "Constraint or key not found",
	-316: "Foreign key references columns that do not exist", -317: "Constraint is referenced by a foreign key",
	-319: "Referenced table has no primary key", -320: "Table is referenced by a foreign key",
	-321: "View is referenced by other views", -322: "Column is used by an index or constraint",
	-324: "Index name exists", -333: "No such index", -334: "Index name is ambiguous", -356: "SQL function returns nothing",
	-358: "SQL function name not unique", -359: "SQL function not found", -361: "Method or query name not unique",
	-374: "Stream type cannot change on a table with data", -375: "Savepoint is not known; the transaction is rolled back",
	-376: "Unsupported CAST target", -377: "Column named twice", -378: "Data types differ, CAST needed",
	-380: "Missing or invalid argument of a function", -381: "Too many arguments of a function",
	-382: "WITH name given twice", -383: "WITH not allowed before this statement", -386: "More than one row limit",
	-400: "Fatal error occurred", -402: "Invalid username or password", -415: "Fatal error in the SQL filer",
	-417: "Security error", -422: "SELECT may not contain INTO here", -428: "Stored procedure not found",
	-450: "Request timed out", -456: "Query interrupted by the user", -460: "General error", -473: "Schema not found",
	-475: "Schema is not empty", -476: "Schema exists", -478: "Result shape of the query changed",
	-481: "Statement kind not allowed for a plan", -483: "DATE compared with TIMESTAMP",
}

// Text is the general text of a SQLCODE.
func Text(code int) string {
	if t, ok := texts[code]; ok {
		return t
	}
	return "Fatal error occurred"
}
