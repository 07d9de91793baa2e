package pgtypes

import (
	"encoding/hex"
	"net/netip"
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// Address families of inet's binary form (PostgreSQL's PGSQL_AF_INET and PGSQL_AF_INET6).
const (
	familyV4 = 2
	familyV6 = 3
)

// parseInet reads inet and cidr: an address with an optional /bits. The bits of a host's address are not printed.
func parseInet(t Type, text string, _ Style) (iris.Value, error) {
	name := Format(t)
	s := trimSpace(text)
	if !strings.Contains(s, "/") {
		addr, err := netip.ParseAddr(s)
		if err != nil || addr.Zone() != "" {
			return iris.Null(), badSyntax(name, text)
		}
		return formatInet(t, netip.PrefixFrom(addr, addr.BitLen())), nil
	}
	prefix, err := netip.ParsePrefix(s)
	if err != nil {
		return iris.Null(), badSyntax(name, text)
	}
	if t.OID == Cidr && prefix.Masked() != prefix {
		return iris.Null(), pgerr.New(pgerr.InvalidTextRepresentation, "invalid cidr value: \"%s\"", text).
			WithDetail("Value has bits set to right of mask.")
	}
	return formatInet(t, prefix), nil
}

func formatInet(t Type, p netip.Prefix) iris.Value {
	if t.OID == Inet && p.Bits() == p.Addr().BitLen() {
		return iris.Text(p.Addr().String())
	}
	return iris.Text(p.String())
}

func recvInet(t Type, b []byte) (iris.Value, error) {
	if len(b) < 4 || int(b[3]) != len(b)-4 {
		return iris.Null(), badBinary(t)
	}
	addr, ok := netip.AddrFromSlice(b[4:])
	if !ok || (b[0] == familyV4) != addr.Is4() || b[0] != familyV4 && b[0] != familyV6 || int(b[1]) > addr.BitLen() {
		return iris.Null(), badBinary(t)
	}
	return parseInet(t, netip.PrefixFrom(addr, int(b[1])).String(), Style{})
}

func sendInet(dst []byte, t Type, v iris.Value) ([]byte, error) {
	text := v.String()
	prefix, err := netip.ParsePrefix(text)
	if err != nil {
		addr, err := netip.ParseAddr(text)
		if err != nil {
			return dst, badStored(t, v)
		}
		prefix = netip.PrefixFrom(addr, addr.BitLen())
	}
	family, cidr := byte(familyV6), byte(0)
	if prefix.Addr().Is4() {
		family = familyV4
	}
	if t.OID == Cidr {
		cidr = 1
	}
	raw := prefix.Addr().AsSlice()
	return append(append(dst, family, byte(prefix.Bits()), cidr, byte(len(raw))), raw...), nil
}

// parseMacaddr takes six bytes in hexadecimal with the usual separators and prints them with colons.
func parseMacaddr(_ Type, text string, _ Style) (iris.Value, error) {
	s := strings.NewReplacer(":", "", "-", "", ".", "").Replace(trimSpace(text))
	raw, err := hex.DecodeString(s)
	if err != nil || len(raw) != 6 {
		return iris.Null(), badSyntax("macaddr", text)
	}
	return formatMacaddr(raw), nil
}

func formatMacaddr(raw []byte) iris.Value {
	out := make([]byte, 0, 17)
	for i := range raw {
		if i > 0 {
			out = append(out, ':')
		}
		out = hex.AppendEncode(out, raw[i:i+1])
	}
	return iris.TextBytes(out)
}

func recvMacaddr(t Type, b []byte) (iris.Value, error) {
	if len(b) != 6 {
		return iris.Null(), badBinary(t)
	}
	return formatMacaddr(b), nil
}

func sendMacaddr(dst []byte, t Type, v iris.Value) ([]byte, error) {
	raw, err := hex.DecodeString(strings.ReplaceAll(v.String(), ":", ""))
	if err != nil || len(raw) != 6 {
		return dst, badStored(t, v)
	}
	return append(dst, raw...), nil
}
