package irissql

import (
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/sql/analyze"
)

// textForms are the functions on text. Those that count characters are lenient: IRIS counts one beyond U+FFFF as two.
var textForms = map[string]callForm{
	"textcat":     {template: "(@ || @)"},
	"textanycat":  {print: concatOperator},
	"anytextcat":  {print: concatOperator},
	"concat":      {print: concatFunction},
	"lower":       {template: "LOWER(@)"},
	"upper":       {template: "UPPER(@)"},
	"btrim(text)": {template: "TRIM(BOTH ' ' FROM @)"}, "btrim(text,text)": {template: "TRIM(BOTH @ FROM @)", args: []int{1, 0}, checks: map[int]Check{1: filled}},
	"ltrim(text)": {template: "TRIM(LEADING ' ' FROM @)"}, "ltrim(text,text)": {template: "TRIM(LEADING @ FROM @)", args: []int{1, 0}, checks: map[int]Check{1: filled}},
	"rtrim(text)": {template: "TRIM(TRAILING ' ' FROM @)"}, "rtrim(text,text)": {template: "TRIM(TRAILING @ FROM @)", args: []int{1, 0}, checks: map[int]Check{1: filled}},
	"replace": {template: "REPLACE(@, @, @)", checks: map[int]Check{1: filled}},

	"length(text)": length, "char_length(text)": length, "character_length(text)": length,
	"length(bpchar)": trimmedLength, "char_length(bpchar)": trimmedLength, "character_length(bpchar)": trimmedLength,
	"left":                      {template: "SUBSTRING(@, 1, @)", exact: lenient, checks: map[int]Check{1: positive}},
	"right":                     {template: "{fn RIGHT(@, @)}", exact: lenient, checks: map[int]Check{1: positive}},
	"substr(text,int4)":         {template: "SUBSTRING(@, @)", exact: lenient, checks: map[int]Check{1: positive}},
	"substring(text,int4)":      {template: "SUBSTRING(@, @)", exact: lenient, checks: map[int]Check{1: positive}},
	"substr(text,int4,int4)":    {template: "SUBSTRING(@, @, @)", exact: lenient, checks: map[int]Check{1: positive, 2: positive}},
	"substring(text,int4,int4)": {template: "SUBSTRING(@, @, @)", exact: lenient, checks: map[int]Check{1: positive, 2: positive}},
	"strpos":                    {template: "POSITION(@ IN @)", args: []int{1, 0}, exact: lenient, checks: map[int]Check{1: filled}},
	"position(text,text)":       {template: "POSITION(@ IN @)", args: []int{1, 0}, exact: lenient, checks: map[int]Check{1: filled}},
	"reverse":                   {template: "REVERSE(@)", exact: lenient},
	"repeat":                    {template: "REPEAT(@, @)", checks: map[int]Check{1: positive}},
	"lpad(text,int4)":           {template: "LPAD(@, @)", exact: lenient, checks: map[int]Check{1: positive}},
	"rpad(text,int4)":           {template: "RPAD(@, @)", exact: lenient, checks: map[int]Check{1: positive}},
	"lpad(text,int4,text)":      {template: "LPAD(@, @, @)", exact: lenient, checks: map[int]Check{1: positive, 2: filled}},
	"rpad(text,int4,text)":      {template: "RPAD(@, @, @)", exact: lenient, checks: map[int]Check{1: positive, 2: filled}},
	"split_part":                {template: "$PIECE(@, @, @)", exact: lenient, checks: map[int]Check{1: filled, 2: positive}},
	"translate":                 {template: "$TRANSLATE(@, @, @)", exact: lenient, checks: map[int]Check{1: filled, 2: filled}},
}

// length is CHARACTER_LENGTH: IRIS's LENGTH leaves trailing blanks out (IRIS docs, "LENGTH").
var length = callForm{template: "CHARACTER_LENGTH(@)", exact: lenient}

var trimmedLength = callForm{template: "CHARACTER_LENGTH(RTRIM(@))", exact: lenient}

// concatOperator is || with one side that is not text.
func concatOperator(p *Printer, n *analyze.Call) (Fragment, error) {
	l, err := p.asText(n.Args[0])
	if err != nil {
		return l, err
	}
	r, err := p.asText(n.Args[1])
	return fill("(@ || @)", l, r), err
}

// concatFunction is concat(), which takes NULL for the empty string.
func concatFunction(p *Printer, n *analyze.Call) (Fragment, error) {
	parts := make([]Fragment, len(n.Args))
	for i, a := range n.Args {
		f, err := p.asText(a)
		if err != nil {
			return f, err
		}
		if rowless(a) {
			f = fill("CAST(@ AS VARCHAR("+longestText+"))", f)
		}
		if p.mayBeNull(a) {
			f = fill("COALESCE(@, CAST('' AS VARCHAR(1)))", f)
		}
		parts[i] = f
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	return fill("(@)", join(parts, " || ")), nil
}

// likeOperators turn the operator forms of LIKE into its node; their escape is a backslash.
var likeOperators = map[string]func(*analyze.Call) *analyze.Like{
	"~~": likeNode(false, false), "!~~": likeNode(false, true), "~~*": likeNode(true, false), "!~~*": likeNode(true, true),
}

func likeNode(fold, not bool) func(*analyze.Call) *analyze.Like {
	return func(n *analyze.Call) *analyze.Like {
		return &analyze.Like{Node: n.Node, Arg: n.Args[0], Pattern: n.Args[1], Escape: '\\', Fold: fold, Not: not}
	}
}

// like prints LIKE and ILIKE. IRIS has no default escape character, so the pattern's own is always turned into a
// backslash and named.
func (p *Printer) like(n *analyze.Like) (Fragment, error) {
	if c := classOf(n.Arg.Type()); c != textClass && c != bpcharClass {
		return Fragment{}, p.refuse(n.Pos(), "LIKE on "+typeName(n.Arg.Type()))
	}
	arg, err := p.comparable(n.Arg)
	if err != nil {
		return arg, err
	}
	pattern, err := p.pattern(n)
	if err != nil {
		return pattern, err
	}
	template := "@ LIKE @"
	switch {
	case n.Fold && n.Not:
		template = "LOWER(@) NOT LIKE LOWER(@)"
	case n.Fold:
		template = "LOWER(@) LIKE LOWER(@)"
	case n.Not:
		template = "@ NOT LIKE @"
	}
	return fill(template+` ESCAPE '\'`, arg, pattern), nil
}

func (p *Printer) pattern(n *analyze.Like) (Fragment, error) {
	if !rowless(n.Pattern) {
		if n.Escape != '\\' {
			return Fragment{}, p.refuse(n.Pos(), "LIKE with an escape character and a varying pattern")
		}
		return p.comparable(n.Pattern)
	}
	a, err := p.argument(n.Pattern)
	if err != nil {
		return Fragment{}, err
	}
	a, err = a.With(likePattern(n.Escape)).settle()
	return argument(a), err
}

// startsWith prints starts_with() as LIKE with a pattern in which nothing is special but the % behind it.
func (p *Printer) startsWith(n *analyze.Call) (Fragment, error) {
	if !rowless(n.Args[1]) {
		return Fragment{}, p.refuse(n.Pos(), "starts_with() with a varying prefix")
	}
	arg, err := p.comparable(n.Args[0])
	if err != nil {
		return arg, err
	}
	a, err := p.argument(n.Args[1])
	if err != nil {
		return Fragment{}, err
	}
	a, err = a.With(func(v iris.Value) (iris.Value, error) {
		if v.IsNull() {
			return v, nil
		}
		return iris.Text(likeEscaper.Replace(v.String()) + "%"), nil
	}).settle()
	return fill(`@ LIKE @ ESCAPE '\'`, arg, argument(a)), err
}

var likeEscaper = strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`)
