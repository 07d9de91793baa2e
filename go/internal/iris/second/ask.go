//go:build !windows

package second

import (
	"fmt"

	"github.com/caretdev/go-irisnative/src/connection"

	"iris-pgwire/internal/iris"
)

// ask makes the client's panics errors.
func ask(address string, login iris.Login, query string) (row []string, err error) {
	defer func() {
		if r := recover(); r != nil {
			row, err = nil, fmt.Errorf("go-irisnative panics: %v", r)
		}
	}()
	c, err := connection.Connect(address, login.Namespace, login.User, login.Password)
	if err != nil {
		return nil, fmt.Errorf("go-irisnative logs in: %w", err)
	}
	defer c.Disconnect()
	rows, err := c.DirectQuery(query)
	if err != nil {
		return nil, fmt.Errorf("go-irisnative asks: %w", err)
	}
	values, err := rows.Next()
	if err != nil {
		return nil, fmt.Errorf("go-irisnative reads: %w", err)
	}
	for _, v := range values {
		row = append(row, fmt.Sprint(v))
	}
	return row, nil
}
