package pgfunc

import (
	"cmp"
	"net/netip"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// prefixOf reads inet and cidr; an address alone has all its bits.
func prefixOf(v iris.Value) (netip.Prefix, error) {
	text := textArg(v)
	if p, err := netip.ParsePrefix(text); err == nil {
		return p, nil
	}
	a, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, pgerr.New(pgerr.InvalidTextRepresentation, "invalid input syntax for type inet: \"%s\"", text)
	}
	return netip.PrefixFrom(a, a.BitLen()), nil
}

// withMask prints an address with its /bits, always.
func withMask(v iris.Value) (iris.Value, error) {
	p, err := prefixOf(v)
	return iris.Text(p.String()), err
}

// inetToCidr clears the bits of the host.
func inetToCidr(_ *Context, v iris.Value) (iris.Value, error) {
	p, err := prefixOf(v)
	if err != nil {
		return v, err
	}
	return pgtypes.ParseText(pgtypes.Of(pgtypes.Cidr), p.Masked().String())
}

// byNetwork orders by family, network, size of the network and address (PostgreSQL's network_cmp).
func byNetwork(_ *Context, a, b iris.Value) (int, error) {
	x, err := prefixOf(a)
	if err != nil {
		return 0, err
	}
	y, err := prefixOf(b)
	if err != nil {
		return 0, err
	}
	if n := cmp.Compare(x.Addr().BitLen(), y.Addr().BitLen()); n != 0 {
		return n, nil
	}
	bits := min(x.Bits(), y.Bits())
	xNet, yNet := netip.PrefixFrom(x.Addr(), bits).Masked(), netip.PrefixFrom(y.Addr(), bits).Masked()
	if n := xNet.Addr().Compare(yNet.Addr()); n != 0 {
		return n, nil
	}
	if n := cmp.Compare(x.Bits(), y.Bits()); n != 0 {
		return n, nil
	}
	return x.Addr().Compare(y.Addr()), nil
}

// networkFamily has the operators of network addresses (PostgreSQL docs, 9.12).
func networkFamily(t table) {
	networkArithmetic(t)
	hardwareAddresses(t)
	within := func(x, y netip.Prefix) bool {
		return x.Addr().BitLen() == y.Addr().BitLen() && x.Bits() >= y.Bits() && y.Masked().Contains(x.Addr())
	}
	for id, f := range map[string]func(x, y netip.Prefix) bool{
		"network_sub":     func(x, y netip.Prefix) bool { return within(x, y) && x.Bits() > y.Bits() },
		"network_subeq":   within,
		"network_sup":     func(x, y netip.Prefix) bool { return within(y, x) && y.Bits() > x.Bits() },
		"network_supeq":   func(x, y netip.Prefix) bool { return within(y, x) },
		"network_overlap": func(x, y netip.Prefix) bool { return within(x, y) || within(y, x) },
	} {
		t.strict(id, func(_ *Context, a []iris.Value) (iris.Value, error) {
			x, err := prefixOf(a[0])
			if err != nil {
				return iris.Null(), err
			}
			y, err := prefixOf(a[1])
			return iris.Bool(err == nil && f(x, y)), err
		})
	}
}
