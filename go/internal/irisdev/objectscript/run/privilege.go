package run

// Allowed reports that the process' roles hold a permission (READ, WRITE, USE) on a resource; %All holds everything. Who
// knows roles is package lib, which sets System.Check.
func (p *Process) Allowed(resource, permission string) bool {
	return p.HasAll() || p.sys.Check != nil && p.sys.Check(p, resource, permission)
}
