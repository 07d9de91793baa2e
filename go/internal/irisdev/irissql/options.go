package irissql

import (
	"encoding/json"
	"strings"

	"iris-pgwire/internal/irisdev/sqlerr"
)

// checkOptions looks into a comment: /*#OPTIONS {…} */ has to hold one line of JSON (IRIS docs, "Optimization Hints",
// SQLCODE -153). The options themselves choose plans only, so they change nothing here.
func checkOptions(comment string) *sqlerr.Error {
	body, ok := strings.CutPrefix(comment, "/*#OPTIONS")
	if !ok {
		return nil
	}
	body = strings.TrimSpace(strings.TrimSuffix(body, "*/"))
	if strings.ContainsAny(body, "\r\n") || !json.Valid([]byte(body)) || !strings.HasPrefix(body, "{") {
		return sqlerr.New(-153, "Invalid OPTIONS comment: %.100s", body)
	}
	return nil
}
