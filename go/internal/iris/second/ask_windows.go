package second

import "iris-pgwire/internal/iris"

// ask has no client: v0.2.1 of go-irisnative does not compile for Windows.
func ask(string, iris.Login, string) ([]string, error) { return nil, ErrAbsent }
