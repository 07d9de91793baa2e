// Package irissql prints the analyzer's typed tree as IRIS SQL, for the version of IRIS that it is told. It prints only
// what IRIS answers as PostgreSQL would; anything else is refused by name (0A000), except in the outermost select list,
// where the gateway computes what IRIS cannot say from the columns that it can.
//
// Names are delimited and spelled as IRIS stores them; every value is an argument, because IRIS keeps one compiled cached
// query for each distinct text. The exceptions are what IRIS takes as a literal only: row counts of TOP and LIMIT (Hole),
// a vector's element type and length, parts of dates, lengths of types.
//
// # What compares as in PostgreSQL
//
// Text is compared in the collation EXACT: columns that have another are wrapped in %EXACT. EXACT puts canonical numbers
// before other strings, so where order matters a blank is put in front of both sides; what is left is order by character,
// PostgreSQL's "C". NULL sorts first in IRIS, so a key is added where PostgreSQL wants it last.
//
// In conditions and sort keys a value is only compared, never shown. There, and only there, integer arithmetic is printed
// although IRIS raises no overflow, numeric division although IRIS keeps more digits than PostgreSQL, and functions on
// text although IRIS counts a character beyond U+FFFF as two.
package irissql
