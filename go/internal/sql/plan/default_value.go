package plan

import (
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/analyze"
)

// defaultValue is the value of SET column = DEFAULT, read from what INFORMATION_SCHEMA says: IRIS has no DEFAULT in an
// expression. A text that is no plain constant is refused.
func (c *compiler) defaultValue(col *schema.Column, at int) (analyze.Expr, error) {
	node := analyze.Node{Typ: col.Type, At: at}
	if col.Identity != "" {
		return nil, pgerr.NotBuilt(at, "SET DEFAULT of a column that counts by itself")
	}
	if col.DefaultText == "" || strings.EqualFold(col.DefaultText, "NULL") {
		return null(node), nil
	}
	if e := momentValue(col); e != nil {
		return e, nil
	}
	text, ok := constantText(col)
	if !ok {
		return nil, pgerr.NotBuilt(at, "SET DEFAULT of column \""+col.Name+"\", whose default in IRIS is "+col.DefaultText)
	}
	v, err := pgtypes.ParseText(col.Type, text)
	if err != nil {
		return nil, pgerr.NotBuilt(at, "SET DEFAULT of column \""+col.Name+"\", whose default in IRIS is "+col.DefaultText)
	}
	return &analyze.Const{Node: node, Value: v}, nil
}

// constantText reads 5, 'text', "text" (an ObjectScript string) and the TO_DATE of a date.
func constantText(col *schema.Column) (string, bool) {
	text := strings.TrimSpace(col.DefaultText)
	if rest, ok := strings.CutPrefix(text, "TO_DATE("); ok && col.Type.OID == pgtypes.Date {
		first, _, _ := strings.Cut(rest, ",")
		text = strings.TrimSpace(first)
	}
	if rest, ok := strings.CutPrefix(text, "TO_TIMESTAMP("); ok {
		first, _, _ := strings.Cut(rest, ",")
		text = strings.TrimSpace(first)
	}
	info, _ := pgtypes.Lookup(col.Type.OID)
	for _, quote := range []string{"'", `"`} {
		if len(text) >= 2 && strings.HasPrefix(text, quote) && strings.HasSuffix(text, quote) {
			return strings.ReplaceAll(text[1:len(text)-1], quote+quote, quote), true
		}
	}
	if strings.Trim(text, "0123456789.+-eE") == "" && (info.Category == 'N' || info.Category == 'B') {
		return text, true
	}
	return "", false
}
