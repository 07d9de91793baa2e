package irissql

// Text is a fragment without arguments, for the statements that package plan prints itself.
func Text(sql string) Fragment { return text(sql) }

// Fill makes a fragment from a template: each @ is replaced by the next part.
func Fill(template string, parts ...Fragment) Fragment { return fill(template, parts...) }

// Join puts a separator between fragments.
func Join(parts []Fragment, separator string) Fragment { return join(parts, separator) }

// Argument is one question mark.
func Argument(a Arg) Fragment { return argument(a) }
