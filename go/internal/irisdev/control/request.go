package control

// The commands.
const (
	Terminal = "terminal"
	Load     = "load"
	Kill     = "kill"
	Zpm      = "zpm" // its arguments are the text, the line of IPM and the folder of packages
)

// Request is what a client asks for.
type Request struct {
	Command     string   `json:"command"`
	User        string   `json:"user,omitempty"`      // who it is for
	Namespace   string   `json:"namespace,omitempty"` // where it works
	Directory   string   `json:"directory,omitempty"` // the client's working directory
	Interactive bool     `json:"interactive,omitempty"`
	Args        []string `json:"args,omitempty"`
}

// Result is how it ended.
type Result struct {
	Code  int    `json:"code"`            // the client's exit code
	Error string `json:"error,omitempty"` // what to say about it
}
