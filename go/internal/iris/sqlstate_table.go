package iris

import "iris-pgwire/internal/pgerr"

// SQLSTATEs that only IRIS's errors need (PostgreSQL docs, Appendix A).
const (
	stateNoData               = "02000"
	stateServerRejected       = "08004"
	stateInvalidGrant         = "0LP01"
	stateEscapeCharacter      = "22019"
	stateGeneratedAlways      = "428C9" // generated_always
	stateInvalidForeignKey    = "42830"
	stateInvalidFunction      = "42P13"
	stateInvalidObject        = "42P17"
	stateAmbiguousAlias       = "42P09"
	stateDuplicateSchema      = "42P06"
	stateDuplicateDatabase    = "42P04"
	stateDuplicateFunction    = "42723"
	stateReservedName         = "42939"
	stateObjectInUse          = "55006"
	stateForeignData          = "HV000"
	stateExternalRoutine      = "38000"
	stateStringLengthMismatch = "22026"
)

// meanings follows IRIS docs, "SQL Error Messages". What the gateway prints is right IRIS SQL, so that most codes of the
// parser can only mean a defect of it; they keep the SQLSTATE of the same mistake in PostgreSQL.
var meanings = merge(syntaxMeanings, nameMeanings, dataMeanings, definitionMeanings, serverMeanings)

func merge(tables ...map[int]meaning) map[int]meaning {
	all := map[int]meaning{}
	for _, t := range tables {
		for code, m := range t {
			all[code] = m
		}
	}
	return all
}

// each gives several codes one meaning.
func each(table map[int]meaning, state string, codes ...int) {
	for _, c := range codes {
		table[c] = meaning{state: state}
	}
}

var syntaxMeanings = func() map[int]meaning {
	t := map[int]meaning{
		-7:  {pgerr.NumericValueOutOfRange, ""},
		-8:  {pgerr.InvalidParameterValue, ""},
		-9:  {pgerr.DatatypeMismatch, ""},
		-21: {pgerr.FeatureNotSupported, ""},
		-37: {pgerr.UndefinedFunction, ""},
		-40: {pgerr.FeatureNotSupported, ""},
		-63: {stateEscapeCharacter, "invalid escape character"},
		-96: {pgerr.FeatureNotSupported, ""},
	}
	each(t, pgerr.SyntaxError, -1, -2, -3, -4, -10, -11, -12, -13, -14, -15, -16, -17, -18, -25, -26, -28, -32, -41, -42, -51, -53, -54,
		-59, -60, -62, -65, -75, -76, -80, -81, -82, -83, -84, -85, -86, -87, -88, -91, -93, -116, -142, -143, -148, -153, -301, -326,
		-327, -386, -422)
	each(t, pgerr.InvalidColumnReference, -5, -6, -22)
	each(t, pgerr.GroupingError, -19, -73)
	each(t, pgerr.FeatureNotSupported, -67, -68, -69, -70, -71, -72, -94, -92, -95, -117, -144, -154, -155, -159, -383, -385, -474, -481)
	each(t, pgerr.InvalidName, -89, -90, -312, -427)
	each(t, pgerr.InternalError, -34, -38, -39)
	each(t, stateInvalidGrant, -55, -56)
	each(t, pgerr.UndefinedFunction, -313, -359, -362, -370, -371, -380, -381, -428, -429)
	each(t, pgerr.DatatypeMismatch, -64, -66, -128, -258, -259, -303, -309, -374, -378, -431, -472, -483)
	each(t, pgerr.CannotCoerce, -376)
	return t
}()

var nameMeanings = func() map[int]meaning {
	t := map[int]meaning{
		-20: {pgerr.DuplicateAlias, ""}, -382: {pgerr.DuplicateAlias, ""},
		-23: {pgerr.UndefinedTable, ""}, -30: {pgerr.UndefinedTable, ""}, -310: {pgerr.UndefinedTable, ""},
		-360: {pgerr.UndefinedTable, ""},
		-43:  {stateAmbiguousAlias, ""},
	}
	each(t, pgerr.AmbiguousColumn, -24, -27, -77)
	each(t, pgerr.UndefinedColumn, -29, -31, -33)
	each(t, pgerr.DuplicateColumn, -74, -97, -306, -377)
	each(t, pgerr.AmbiguousFunction, -152, -334, -358)
	each(t, pgerr.UndefinedObject, -118, -151, -315, -333, -363)
	each(t, pgerr.InvalidSchemaName, -473)
	return t
}()

var dataMeanings = func() map[int]meaning {
	t := map[int]meaning{
		-35:  {pgerr.ObjectNotInPrerequisiteState, ""},
		-36:  {stateInvalidObject, ""},
		-99:  {pgerr.InsufficientPrivilege, ""},
		-110: {pgerr.LockNotAvailable, "could not obtain lock on row: another transaction holds it"},
		-114: {pgerr.LockNotAvailable, "could not obtain lock on row: another transaction holds it"},
		-113: {pgerr.ProgramLimitExceeded, ""}, -145: {pgerr.ProgramLimitExceeded, ""},
		-115: {pgerr.ReadOnlySQLTransaction, ""},
		-139: {pgerr.SerializationFailure, "could not serialize access due to concurrent update"},
		-140: {pgerr.SubstringError, ""},
		-146: {pgerr.InvalidDatetimeFormat, ""}, -147: {pgerr.InvalidDatetimeFormat, ""},
		-149: {pgerr.DataException, ""},
		-150: {pgerr.SerializationFailure, "could not serialize access due to concurrent change of a definition"},
		-257: {pgerr.DataException, "different vector dimensions"},
		-432: {pgerr.CardinalityViolation, ""},
	}
	each(t, pgerr.DataException, -104, -105, -411, -412)
	each(t, stateNoData, -106, -109, -500)
	t[-107] = meaning{stateGeneratedAlways, "IRIS does not change the value of an identity column"}
	t[-111] = meaning{stateGeneratedAlways, "cannot insert a non-DEFAULT value into an identity column"}
	t[-138] = meaning{state: stateGeneratedAlways}
	each(t, pgerr.NotNullViolation, -108, -304, -305)
	each(t, pgerr.InsufficientPrivilege, -112, -300, -372, -373)
	each(t, pgerr.UniqueViolation, -119, -120, -125)
	each(t, pgerr.ForeignKeyViolation, -121, -122, -123, -124, -127)
	each(t, pgerr.RaiseException, -130, -131, -132, -133, -134, -135)
	each(t, pgerr.WithCheckOptionViolation, -136, -137)
	each(t, pgerr.InvalidParameterValue, -129, -141)
	return t
}()

var definitionMeanings = func() map[int]meaning {
	t := map[int]meaning{
		-78:  {pgerr.InvalidTransactionState, ""},
		-79:  {stateInvalidForeignKey, ""},
		-126: {pgerr.DependentObjectsStillExist, ""},
		-302: {stateReservedName, ""},
		-311: {pgerr.DuplicateObject, ""},
		-340: {pgerr.InvalidCatalogName, ""}, -341: {stateDuplicateDatabase, ""}, -342: {stateObjectInUse, ""},
		-343: {pgerr.InvalidCatalogName, ""}, -344: {stateObjectInUse, ""},
		-361: {stateDuplicateFunction, ""},
		-366: {stateInvalidObject, ""},
		-375: {pgerr.InvalidSavepoint, "savepoint does not exist"},
		-476: {stateDuplicateSchema, ""},
		-478: {pgerr.FeatureNotSupported, "cached plan must not change result type"},
	}
	each(t, stateInvalidFunction, -44, -45, -46, -47, -48, -49, -50, -57, -58, -356, -357, -426)
	each(t, pgerr.DuplicateTable, -201, -324)
	each(t, pgerr.InvalidTableDefinition, -307, -308)
	each(t, stateInvalidForeignKey, -314, -316, -319)
	each(t, pgerr.DependentObjectsStillExist, -317, -320, -321, -322, -325, -475, -482)
	each(t, pgerr.DuplicateObject, -364, -365)
	return t
}()

var serverMeanings = func() map[int]meaning {
	t := map[int]meaning{
		-61:  {pgerr.InvalidCursorState, ""},
		-98:  {pgerr.TooManyConnections, "IRIS has no licence for another connection"},
		-350: {stateExternalRoutine, ""},
		-402: {pgerr.InvalidPassword, ""},
		-408: {stateServerRejected, ""}, -409: {pgerr.ProtocolViolation, ""}, -410: {pgerr.InvalidCatalogName, ""},
		-450: {pgerr.QueryCanceled, "canceling statement due to statement timeout"},
		-456: {pgerr.QueryCanceled, "canceling statement due to user request"},
		-462: {pgerr.OutOfMemory, ""},
		-465: {stateStringLengthMismatch, ""},
	}
	each(t, pgerr.InvalidCursorName, -52, -102)
	each(t, pgerr.DuplicateCursor, -101, -471)
	each(t, pgerr.InvalidCursorState, -103)
	each(t, pgerr.InternalError, -160, -164, -165, -166, -241, -242, -251, -252, -253, -400, -415, -454, -460, -463, -464, -466, -467,
		-468)
	each(t, stateForeignData, -161, -162, -163)
	for code := -194; code <= -178; code++ {
		t[code] = meaning{state: pgerr.InternalError}
	}
	for code := -237; code <= -219; code++ {
		t[code] = meaning{state: stateForeignData}
	}
	each(t, pgerr.ConnectionFailure, -401, -405, -406, -407, -451, -461)
	each(t, pgerr.ProtocolViolation, -413, -416, -452)
	each(t, pgerr.InvalidAuthorization, -417, -459)
	each(t, stateExternalRoutine, -425, -430, -453)
	return t
}()
