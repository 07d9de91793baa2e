// Package zpm is the development IRIS's package manager: it does what the InterSystems Package Manager (IPM, formerly ZPM)
// does for load, install, uninstall and list, by the rules of its line 0.7 (0.7.2) or 0.10 (0.10.9). Rules without another
// source are from IPM's documentation and its published sources.
package zpm
