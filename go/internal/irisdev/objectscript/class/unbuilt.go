package class

import "strings"

// unbuilt are packages of IRIS that the development IRIS does not have, or has only parts of: a class of theirs that is missing
// is no mistake of the code that names it.
var unbuilt = []string{"%AI.", "%BI.", "%CSP.", "%DataMove.", "%DeepSee.", "%DocDB.", "%Embedding.", "%External.", "%FHIR.", "%IO.",
	"%Installer.", "%JSON.", "%MDX.", "%ML.", "%Monitor.", "%NET.", "%Net.", "%OAuth2.", "%OpenAPI.", "%Projection.", "%REST.", "%Regex.",
	"%SOAP.", "%Storage.", "%Studio.", "%TSQL.", "%UIMA.", "%Wallet.", "%WebStress.", "%XGEN.", "%XML.", "%XSQL.", "%Zen.", "%ZEN.",
	"%iKnow.", "%iFind.", "%xsd.", "Ens.", "EnsLib.", "EnsPortal.", "HS."}

// unbuiltClasses are those of the other packages.
var unbuiltClasses = map[string]bool{"%SYSTEM.CPU": true, "%SYSTEM.CSP": true, "%SYSTEM.CodeScanner": true, "%SYSTEM.Config": true, "%SYSTEM.DocDB": true,
	"%SYSTEM.Device": true, "%SYSTEM.License": true, "%SYSTEM.Lock": true, "%SYSTEM.Monitor": true, "%SYSTEM.OBJ.FM2Class": true,
	"%SYSTEM.Python": true, "%SYSTEM.Semaphore": true, "%SYSTEM.Sharding": true, "%SYSTEM.Task": true, "%SYSTEM.TSQL": true,
	"%SYSTEM.WorkMgr": true, "%SYSTEM.SQL.Functions": true, "%SYSTEM.SQL.Stats.Table": true, "%SYSTEM.SQL.Statement": true,
	"%SYS.Audit": true, "%SYS.Journal.File": true, "%SYS.LockQuery": true, "%SYS.GlobalQuery": true, "%SYS.PTools": true,
	"%Library.Global": true, "%Library.Device": true, "%Library.SyntaxColor": true, "%Library.Prompt": true, "SYS.Database": true,
	"SYS.Lock": true, "Config.Databases": true, "Config.MapGlobals": true, "Config.MapPackages": true, "Config.MapRoutines": true}

// isUnbuilt reports a class of such a package.
func isUnbuilt(name string) bool {
	for _, p := range unbuilt {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return unbuiltClasses[name]
}
