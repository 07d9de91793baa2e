// Package hosted is what the sidecar does because an IRIS runs it: it holds the lock that tells IRIS that it lives, follows
// changes of config.json, leaves when it is told to, and ends itself when its instance is gone for good.
//
// The lock is ^%zPGWire("sidecar",NONCE), held by one connection to IRIS, the control connection: when the sidecar dies,
// however it dies, IRIS ends that connection's process and frees the lock (IRIS docs, "LOCK"). The class IrisPGWire.Keeper
// waits for it.
package hosted
