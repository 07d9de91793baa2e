package analyze

import "iris-pgwire/internal/pgtypes"

// accepts reports whether a function takes the argument types through implicit casts, its polymorphic arguments
// consistently (PostgreSQL docs, 38.2.5 "Polymorphic Types").
func accepts(f *Function, args []pgtypes.OID) bool {
	for i, a := range args {
		if !canCoerce(a, f.argType(i), implicitCast) {
			return false
		}
	}
	_, ok := bindPolymorphic(f, args)
	return ok
}

// binding is what the polymorphic types of a signature stand for in one call; 0 is undetermined.
type binding struct {
	element    pgtypes.OID // anyelement, anynonarray, and the element of anyarray
	compatible pgtypes.OID // the same for the anycompatible family
}

// bindPolymorphic finds the actual types. An unknown argument says nothing; ok is false when arguments contradict.
func bindPolymorphic(f *Function, args []pgtypes.OID) (b binding, ok bool) {
	for i, a := range args {
		declared := f.argType(i)
		if !isPolymorphic(declared) || a == pgtypes.Unknown {
			continue
		}
		elem := a
		switch declared {
		case oidAnyArray, oidAnyCompatibleArray:
			if elem = info(a).Elem; elem == 0 {
				return b, false
			}
		case oidAnyNonArray, oidAnyCompatibleNonArray:
			if info(a).Elem != 0 {
				return b, false
			}
		}
		if declared == oidAnyCompatible || declared == oidAnyCompatibleArray || declared == oidAnyCompatibleNonArray {
			if b.compatible, ok = commonOf(b.compatible, elem); !ok {
				return b, false
			}
			continue
		}
		if b.element != 0 && b.element != elem {
			return b, false
		}
		b.element = elem
	}
	return b, true
}

// commonOf is the common type of two types, 0 standing for none yet (PostgreSQL docs, 10.5).
func commonOf(have, next pgtypes.OID) (pgtypes.OID, bool) {
	if have == 0 || have == next {
		return next, true
	}
	h, n := info(have), info(next)
	if h.Category != n.Category {
		return 0, false
	}
	if !h.Preferred && canCoerce(have, next, implicitCast) && !canCoerce(next, have, implicitCast) {
		return next, true
	}
	return have, canCoerce(next, have, implicitCast)
}

// actual turns a declared type into the call's own; an unbound anyelement or anycompatible is text.
func (b binding) actual(declared pgtypes.OID) pgtypes.OID {
	elem := b.element
	switch declared {
	case oidAnyCompatible, oidAnyCompatibleArray, oidAnyCompatibleNonArray:
		elem = b.compatible
	}
	if elem == 0 {
		elem = pgtypes.Text
	}
	switch declared {
	case pgtypes.AnyElement, oidAnyNonArray, oidAnyCompatible, oidAnyCompatibleNonArray:
		return elem
	case oidAnyArray, oidAnyCompatibleArray:
		return info(elem).Array
	}
	return declared
}
