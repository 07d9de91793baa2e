package parse

// XMLCall is XMLCONCAT, XMLELEMENT, XMLFOREST, XMLPI or XMLROOT.
type XMLCall struct {
	At
	Func string // upper case
	// Name is that of XMLELEMENT and XMLPI.
	Name string
	// Attributes are those of XMLELEMENT, and XMLFOREST's content.
	Attributes []XMLAttribute
	Args       []Expr
	// Version of XMLROOT; nil = NO VALUE. Standalone is "", YES, NO or NO VALUE.
	Version    Expr
	Standalone string
}

// XMLAttribute is Value [AS Name].
type XMLAttribute struct {
	At
	Value Expr
	Name  string
}

// XMLParse is XMLPARSE(DOCUMENT|CONTENT Arg [STRIP|PRESERVE WHITESPACE]).
type XMLParse struct {
	At
	Document, Preserve bool
	Arg                Expr
}

// XMLSerialize is XMLSERIALIZE(DOCUMENT|CONTENT Arg AS Type [INDENT]).
type XMLSerialize struct {
	At
	Document, Indent bool
	Arg              Expr
	Type             *TypeName
}

// XMLIsDocument is Arg IS DOCUMENT.
type XMLIsDocument struct {
	At
	Arg Expr
}

// XMLTable is XMLTABLE in FROM.
type XMLTable struct {
	At
	Lateral    bool
	Namespaces []XMLAttribute // Name "" = DEFAULT
	Row        Expr
	Document   Expr
	Columns    []XMLColumn
	Alias      *Alias
}

// XMLColumn is a column of XMLTABLE.
type XMLColumn struct {
	At
	Name       string
	Ordinality bool
	Type       *TypeName
	Path       Expr
	Default    Expr
	NotNull    bool
}

func (*XMLCall) expr()       {}
func (*XMLParse) expr()      {}
func (*XMLSerialize) expr()  {}
func (*XMLIsDocument) expr() {}
func (*XMLTable) fromItem()  {}
