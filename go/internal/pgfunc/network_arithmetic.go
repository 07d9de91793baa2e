package pgfunc

import (
	"math/big"
	"net/netip"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// networkArithmetic has the operators that compute with the bits of addresses.
func networkArithmetic(t table) {
	for id, f := range map[string]struct {
		word string
		op   func(a, b byte) byte
	}{"inetand": {"AND", func(a, b byte) byte { return a & b }}, "inetor": {"OR", func(a, b byte) byte { return a | b }}} {
		t.strict(id, func(_ *Context, a []iris.Value) (iris.Value, error) {
			x, y, err := twoAddresses(a, "cannot "+f.word+" inet values of different sizes")
			if err != nil {
				return iris.Null(), err
			}
			out, other := x.Addr().AsSlice(), y.Addr().AsSlice()
			for i := range out {
				out[i] = f.op(out[i], other[i])
			}
			return inetValue(out, max(x.Bits(), y.Bits()))
		})
	}
	t.strict("inetnot", func(_ *Context, a []iris.Value) (iris.Value, error) {
		p, err := prefixOf(a[0])
		if err != nil {
			return iris.Null(), err
		}
		out := p.Addr().AsSlice()
		for i := range out {
			out[i] = ^out[i]
		}
		return inetValue(out, p.Bits())
	})
	t.strict("inetpl", func(_ *Context, a []iris.Value) (iris.Value, error) { return moveAddress(a[0], intArg(a[1]), 1) })
	t.strict("int8pl_inet", func(_ *Context, a []iris.Value) (iris.Value, error) { return moveAddress(a[1], intArg(a[0]), 1) })
	t.strict("inetmi_int8", func(_ *Context, a []iris.Value) (iris.Value, error) { return moveAddress(a[0], intArg(a[1]), -1) })
	t.strict("inetmi", func(_ *Context, a []iris.Value) (iris.Value, error) {
		x, y, err := twoAddresses(a, "cannot subtract inet values of different sizes")
		if err != nil {
			return iris.Null(), err
		}
		d := new(big.Int).Sub(addressNumber(x), addressNumber(y))
		if !d.IsInt64() {
			return failed(pgerr.NumericValueOutOfRange, "result is out of range")
		}
		return iris.Int(d.Int64()), nil
	})
}

// hardwareAddresses has the operators of macaddr (PostgreSQL docs, 9.12).
func hardwareAddresses(t table) {
	bitwise := func(id string, f func(a, b byte) byte) {
		t.strict(id, func(_ *Context, a []iris.Value) (iris.Value, error) {
			x, err := hardwareBytes(a[0])
			if err != nil {
				return iris.Null(), err
			}
			y, err := hardwareBytes(a[len(a)-1])
			if err != nil {
				return iris.Null(), err
			}
			for i := range x {
				x[i] = f(x[i], y[i])
			}
			return pgtypes.FromBinary(pgtypes.Of(pgtypes.Macaddr), x)
		})
	}
	bitwise("macaddr_and", func(a, b byte) byte { return a & b })
	bitwise("macaddr_or", func(a, b byte) byte { return a | b })
	bitwise("macaddr_not", func(a, _ byte) byte { return ^a })
	t.strict("trunc(macaddr)", func(_ *Context, a []iris.Value) (iris.Value, error) {
		x, err := hardwareBytes(a[0])
		if err != nil {
			return iris.Null(), err
		}
		clear(x[3:])
		return pgtypes.FromBinary(pgtypes.Of(pgtypes.Macaddr), x)
	})
}

func hardwareBytes(v iris.Value) ([]byte, error) {
	return pgtypes.AppendBinary(nil, pgtypes.Of(pgtypes.Macaddr), v)
}

func twoAddresses(a []iris.Value, complaint string) (x, y netip.Prefix, err error) {
	if x, err = prefixOf(a[0]); err != nil {
		return
	}
	if y, err = prefixOf(a[1]); err != nil {
		return
	}
	if x.Addr().BitLen() != y.Addr().BitLen() {
		err = invalidParameter("%s", complaint)
	}
	return
}

func addressNumber(p netip.Prefix) *big.Int { return new(big.Int).SetBytes(p.Addr().AsSlice()) }

func inetValue(address []byte, bits int) (iris.Value, error) {
	a, _ := netip.AddrFromSlice(address)
	return pgtypes.ParseText(pgtypes.Of(pgtypes.Inet), netip.PrefixFrom(a, bits).String())
}

func moveAddress(v iris.Value, by, sign int64) (iris.Value, error) {
	p, err := prefixOf(v)
	if err != nil {
		return v, err
	}
	n := addressNumber(p)
	n.Add(n, new(big.Int).Mul(big.NewInt(by), big.NewInt(sign)))
	size := p.Addr().BitLen() / 8
	if n.Sign() < 0 || n.BitLen() > 8*size {
		return failed(pgerr.NumericValueOutOfRange, "result is out of range")
	}
	return inetValue(n.FillBytes(make([]byte, size)), p.Bits())
}
