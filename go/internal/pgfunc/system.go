package pgfunc

import (
	"math/big"
	"strconv"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
)

// systemFamily has the information functions that need neither a session nor the catalog (PostgreSQL docs, 9.2, 9.27).
func systemFamily(t table) {
	count := func(id string, nulls bool) {
		t.loose(id, func(_ *Context, a []iris.Value) (iris.Value, error) {
			n := 0
			for _, v := range a {
				if v.IsNull() == nulls {
					n++
				}
			}
			return intResult(n)
		})
	}
	count("num_nulls", true)
	count("num_nonnulls", false)
	t.loose("format_type", func(_ *Context, a []iris.Value) (iris.Value, error) {
		if a[0].IsNull() {
			return null()
		}
		mod := int32(-1)
		if !a[1].IsNull() {
			mod = int32(intArg(a[1]))
		}
		oid := pgtypes.OID(intArg(a[0]))
		if oid == 0 {
			return textResult("-")
		}
		if a[1].IsNull() && oid == pgtypes.Bpchar {
			return textResult("character")
		}
		return textResult(pgtypes.Format(pgtypes.Type{OID: oid, Mod: mod}))
	})
	t.strict("pg_client_encoding", func(*Context, []iris.Value) (iris.Value, error) { return textResult("UTF8") })
	t.strict("pg_encoding_to_char", func(_ *Context, a []iris.Value) (iris.Value, error) {
		if intArg(a[0]) == 6 {
			return textResult("UTF8")
		}
		return notBuilt("pg_encoding_to_char() of another encoding than UTF8")
	})
	t.strict("pg_size_pretty(int8)", func(_ *Context, a []iris.Value) (iris.Value, error) {
		return textResult(sizePretty(intArg(a[0])))
	})
	t.strict("pg_is_in_recovery", func(*Context, []iris.Value) (iris.Value, error) { return boolResult(false) })
}

// sizePretty halves the rounding error as PostgreSQL does: it shows a unit up to 10,240 of it.
func sizePretty(n int64) string {
	size, unit := big.NewInt(n), 0
	names := [...]string{"bytes", "kB", "MB", "GB", "TB", "PB"}
	limit := int64(10 * 1024)
	half := false
	for unit < len(names)-1 {
		if new(big.Int).Abs(size).Cmp(big.NewInt(limit)) < 0 {
			break
		}
		// From the second step on the number is kept doubled, for the rounding at the end.
		shift := uint(10)
		if !half {
			shift, half, limit = 9, true, 20*1024-1
		}
		size.Quo(size, new(big.Int).Lsh(bigOne, shift))
		unit++
	}
	out := size.Int64()
	if half {
		out = (out + signOf(out)) / 2
	}
	return strconv.FormatInt(out, 10) + " " + names[unit]
}

func signOf(n int64) int64 {
	switch {
	case n > 0:
		return 1
	case n < 0:
		return -1
	}
	return 0
}
