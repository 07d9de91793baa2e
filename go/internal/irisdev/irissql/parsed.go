package irissql

// Parsed is a parsed statement with what is known of its text.
type Parsed struct {
	Statement Statement
	Text      string
	Version   Version
	// Params is the number of parameters.
	Params int
	// Key is the cached-query key: the text in one spacing and letter case with literals replaced.
	Key string
}
