package parse

import (
	"math/big"
	"strconv"
)

// radixText turns 0x1F, 0o17, 0b11 into decimal digits.
func radixText(text string) (value string, int4 bool) {
	base := map[byte]int{'x': 16, 'o': 8, 'b': 2}[text[1]|0x20]
	if n, err := strconv.ParseInt(text[2:], base, 64); err == nil {
		return strconv.FormatInt(n, 10), n <= 1<<31-1
	}
	n, ok := new(big.Int).SetString(text[2:], base)
	if !ok {
		return text, false
	}
	return n.String(), false
}
