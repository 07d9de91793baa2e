package iris

import (
	"testing"

	"iris-pgwire/internal/pgerr"
)

func TestEveryDocumentedCodeHasItsSQLSTATE(t *testing.T) {
	// IRIS docs, "SQL Error Messages", with the SQLSTATE of the same mistake in PostgreSQL.
	for state, codes := range map[string][]int{
		"42601": {-1, -2, -3, -4, -10, -11, -12, -13, -14, -15, -16, -17, -18, -25, -26, -28, -32, -41, -42, -51, -53, -54, -59, -60, -62,
			-65, -75, -76, -80, -81, -85, -86, -88, -91, -93, -116, -142, -143, -148, -153, -301, -326, -327, -386, -422},
		"42P10": {-5, -6, -22}, "22003": {-7}, "22023": {-8, -129, -141}, "42804": {-9, -64, -128, -258, -259, -303, -309, -374, -378, -431, -472, -483},
		"42803": {-19, -73}, "42712": {-20, -382}, "0A000": {-21, -40, -67, -68, -69, -72, -94, -95, -96, -117, -144, -154, -155, -159, -383, -385, -474, -478, -481},
		"42P01": {-23, -30, -310, -360}, "42702": {-24, -27, -77}, "42703": {-29, -31, -33}, "XX000": {-34, -38, -39, -160, -178, -194, -241, -242, -251, -400, -415, -454, -460},
		"55000": {-35}, "42P17": {-36, -366}, "42883": {-37, -313, -359, -362, -370, -371, -380, -381, -428, -429}, "42P09": {-43},
		"42P13": {-44, -50, -57, -58, -356, -357, -426}, "34000": {-52, -102}, "0LP01": {-55, -56}, "24000": {-61, -103}, "22019": {-63},
		"42701": {-74, -97, -306, -377}, "25000": {-78}, "42830": {-79, -314, -316, -319}, "42602": {-89, -90, -312, -427}, "53300": {-98},
		"42501": {-99, -112, -300, -372, -373}, "42P03": {-101, -471}, "22000": {-104, -105, -149, -257, -411, -412}, "02000": {-106, -109, -500},
		"428C9": {-107, -111, -138}, "23502": {-108, -304, -305}, "55P03": {-110, -114}, "54000": {-113, -145}, "25006": {-115},
		"42704": {-118, -151, -315, -333, -363}, "23505": {-119, -120, -125}, "23503": {-121, -122, -123, -124, -127}, "2BP01": {-126, -317, -320, -321, -322, -325, -475, -482},
		"P0001": {-130, -131, -132, -133, -134, -135}, "44000": {-136, -137}, "40001": {-139, -150}, "22011": {-140}, "22007": {-146, -147},
		"42725": {-152, -334, -358}, "HV000": {-161, -163, -219, -237}, "42P07": {-201, -324}, "42939": {-302}, "42P16": {-307, -308},
		"42710": {-311, -364, -365}, "3D000": {-340, -343, -410}, "42P04": {-341}, "55006": {-342, -344}, "38000": {-350, -425, -430, -453},
		"42723": {-361}, "3B001": {-375}, "42846": {-376}, "08006": {-401, -405, -406, -407, -451, -461}, "28P01": {-402}, "08004": {-408},
		"08P01": {-409, -413, -416, -452}, "28000": {-417, -459}, "21000": {-432}, "57014": {-450, -456}, "53200": {-462}, "3F000": {-473}, "42P06": {-476},
	} {
		for _, code := range codes {
			for _, signed := range []int{code, -code} {
				if got := MapError(&Error{Code: signed}); got.Code != state {
					t.Errorf("SQLCODE %d is %s, want %s", signed, got.Code, state)
				}
			}
		}
	}
}

func TestAnUnknownCodeIsAnInternalErrorWithItsText(t *testing.T) {
	got := MapError(&Error{Code: -9999, Text: "Something new"})
	if got.Code != pgerr.InternalError || got.Message != "Something new" || got.Detail != "IRIS SQLCODE -9999: Something new" {
		t.Errorf("got %+v", got)
	}
}

func TestMessagesNameWhatIRISNames(t *testing.T) {
	for _, c := range []struct {
		code           int
		msg            string
		state, message string
		constraint     string
		column         string
	}{
		{-30, "Table 'SQLUSER.NOPE' not found", "42P01", `relation "NOPE" does not exist`, "", ""},
		{-29, "Field 'GAME' not found in the applicable tables^ SELECT TOP ? game ,", "42703", `column "GAME" does not exist`, "", ""},
		{-119, "Table 'SQLUser.t', Constraint 't_pkey', Field(s) id=1; failed unique check", "23505",
			`duplicate key value violates unique constraint "t_pkey"`, "t_pkey", ""},
		{-119, "UNIQUE failed", "23505", "duplicate key value violates unique constraint", "", ""},
		{-120, "Table 'S.t', Constraint 'a.b', Field(s) id=1; failed unique check", "23505",
			`duplicate key value violates unique constraint "b"`, "b", ""},
		{-125, "Table 'S.t', Constraint 'u': rows with RowID 1 and 2 have the same key", "23505", `could not create unique index "u"`, "u", ""},
		{-108, "'name' in table 'SQLUser.t' is required", "23502", `null value in column "name" of relation "t" violates not-null constraint`, "", "name"},
		{-108, "", "23502", "null value violates not-null constraint", "", ""},
		{-305, "Field 'a' of table 'SQLUser.t' holds NULL in the row with RowID = '3'", "23502", `column "a" of relation "t" contains null values`, "", "a"},
		{-121, "Table 'SQLUser.c', Foreign Key Constraint 'c_p_fkey', Field(s) p, failed referential check upon INSERT of row with RowID = '1'",
			"23503", `insert or update on table "c" violates foreign key constraint "c_p_fkey"`, "c_p_fkey", ""},
		{-124, "At least 1 Row exists in table 'SQLUser.c' which references key 'p_pkey' of table 'SQLUser.p' - Foreign Key Constraint 'c_p_fkey', Field(s) 'p', failed on referential action of NO ACTION",
			"23503", `update or delete on table "p" violates foreign key constraint "c_p_fkey" on table "c"`, "c_p_fkey", ""},
		{-104, "Field 'SQLUser.t.code' (value 'abcd') failed validation", "22001", `value too long for column "code"`, "", "code"},
		{-105, "Field 'SQLUser.t.n' (value 4294967296) failed validation", "22003", `value out of range for column "n"`, "", "n"},
		{-104, "Field 'SQLUser.t.n' (value <NULL>) failed validation", "22000", `value for column "n" is not valid for its data type in IRIS`, "", "n"},
		{-104, "Field 'SQLUser.t.code' (value 'abcd') failed validation: length longer than MAXLEN allowed of 3", "22001",
			`value for column "code" is not valid for its data type in IRIS`, "", "code"},
		{-105, "Feld \"SQLUser.t.n\" (Wert 4294967296) verletzt Prüfung", "22003", "value out of range", "", ""},
		{-104, "Champ «SQLUser.t.code» (valeur 'ab(c)d') non valide", "22001", "value too long", "", ""},
		{-119, "Tabelle „SQLUser.t“, Constraint „t_pkey“, Felder id=1", "23505", `duplicate key value violates unique constraint "t_pkey"`, "t_pkey", ""},
		{-201, "Table or view name 'SQLUser.t' not unique", "42P07", `relation "t" already exists`, "", ""},
		{-99, "User ann does not have SELECT privileges for SQLUser.t", "42501", "permission denied: User ann does not have SELECT privileges for SQLUser.t", "", ""},
		{-400, "Unexpected error occurred: <DIVIDE>", "22012", "division by zero", "", ""},
		{-400, "Unexpected error occurred: <MAXSTRING>", "54000", "a string is longer than IRIS allows", "", ""},
		{-400, "VECTOR dimensions do not match", "22000", "different vector dimensions", "", ""},
		{-400, "ERROR #5053: Class name '.1a' is invalid", "42602", "ERROR #5053: Class name '.1a' is invalid", "", ""},
		{-400, "Unexpected error occurred: <SUBSCRIPT>%0AiI+2^SQLUser.t.1", "54000", "index row is longer than IRIS allows", "", ""},
		{-475, "Schema 'app' is not empty", "2BP01", "cannot drop schema app because other objects depend on it", "", ""},
		{-111, "", "428C9", "cannot insert a non-DEFAULT value into an identity column", "", ""},
		{-110, "anything", "55P03", "could not obtain lock on row: another transaction holds it", "", ""},
		{-456, "", "57014", "canceling statement due to user request", "", ""},
	} {
		got := MapError(&Error{Code: c.code, Text: "text", Message: c.msg})
		if got.Code != c.state || got.Message != c.message || got.Constraint != c.constraint || got.Column != c.column {
			t.Errorf("%d %q:\n got %s %q constraint %q column %q\nwant %s %q constraint %q column %q", c.code, c.msg,
				got.Code, got.Message, got.Constraint, got.Column, c.state, c.message, c.constraint, c.column)
		}
	}
}

func FuzzMapError(f *testing.F) {
	f.Add(-119, "Table 'SQLUser.t', Constraint 't_pkey', Field(s) id=1; failed unique check")
	f.Add(-108, "'")
	f.Fuzz(func(t *testing.T, code int, message string) {
		if e := MapError(&Error{Code: code, Message: message}); e.Code == "" || e.Message == "" {
			t.Errorf("no code or no message: %+v", e)
		}
	})
}

func TestANameIsFoundInAnyQuotes(t *testing.T) {
	for message, want := range map[string]bool{
		"Table 'SQLUser.t', Constraint 't_pkey', Field(s) id=1; failed unique check": true,
		`Tabelle "SQLUser.t", Bedingung "T_PKEY", Feld(s) id=1`:                      true,
		"表「SQLUser.t」の制約「S.t_pkey」":                                                  true,
		"it's table «t», contrainte «t_pkey»":                                        true,
		"Constraint t_pkey": false, "Constraint 't_pkey2'": false, "": false, "'": false, "'t_pkey": false,
	} {
		if got := (&Error{Message: message}).Names("t_pkey"); got != want {
			t.Errorf("%s: %v", message, got)
		}
	}
}
