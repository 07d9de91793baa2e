package objectscript

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What IPM reads of a module.xml, from 0.7.2 to 0.10: the elements below each element, and the attributes. An element or
// attribute beside these is an error in one version or has no meaning in any.
var moduleElements = map[string][]string{
	"":                {"Export"},
	"Export":          {"Document"},
	"Document":        {"Module"},
	"Module":          {"Name", "ExternalName", "Version", "Description", "Keywords", "Author", "Packaging", "SourcesRoot", "Dependencies", "SystemRequirements", "Resource", "FileCopy", "CSPApplication", "UnitTest", "Mapping", "Invoke", "Default", "Parameter", "LifecycleClass", "AfterInstallMessage", "GlobalScope"},
	"Author":          {"Person", "Organization", "CopyrightDate", "License", "Notes"},
	"Invoke":          {"Arg"},
	"Dependencies":    {"ModuleReference"},
	"ModuleReference": {"Name", "Version"},
}

var moduleAttributes = map[string][]string{
	"Export":             {"generator", "version"},
	"Document":           {"name"},
	"SystemRequirements": {"Version", "Interoperability"},
	"Resource":           {"Name", "Scope", "Preload", "Generated", "Deploy", "ProcessorClass", "Format", "Directory"},
	"FileCopy":           {"Name", "InstallDirectory", "Target", "Dest", "Overlay", "Defer"},
	"Default":            {"Name", "Value"},
	"Parameter":          {"Name", "Value"},
	"Invoke":             {"Class", "Method", "Phase", "When", "CheckStatus"},
}

// The phases that every one of these versions runs.
var modulePhases = []string{"Reload", "Validate", "ExportData", "Compile", "Activate", "Document", "MakeDeployed", "Test", "Package", "Verify", "Publish", "Configure", "Unconfigure", "Clean"}

func TestTheManifestHasNothingThatIPMDoesNotKnow(t *testing.T) {
	file, err := os.Open("../../module.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var path []string
	invokes := map[string]string{}
	for d := xml.NewDecoder(file); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			parent := ""
			if len(path) > 0 {
				parent = path[len(path)-1]
			}
			name := x.Name.Local
			if !slices.Contains(moduleElements[parent], name) {
				t.Errorf("<%s> below <%s>", name, parent)
			}
			attributes := map[string]string{}
			for _, a := range x.Attr {
				if !slices.Contains(moduleAttributes[name], a.Name.Local) {
					t.Errorf("<%s %s=…>", name, a.Name.Local)
				}
				attributes[a.Name.Local] = a.Value
			}
			if name == "Invoke" {
				if !slices.Contains(modulePhases, attributes["Phase"]) || attributes["When"] != "Before" && attributes["When"] != "After" || attributes["CheckStatus"] != "true" {
					t.Errorf("%v", attributes)
				}
				invokes[attributes["Phase"]] = attributes["Class"] + "." + attributes["Method"]
			}
			path = append(path, name)
		case xml.EndElement:
			path = path[:len(path)-1]
		}
	}
	if invokes["Activate"] != "IrisPGWire.Installer.Install" || invokes["Unconfigure"] != "IrisPGWire.Installer.Uninstall" {
		t.Errorf("%v", invokes)
	}
}

func TestManifestClassesAndProgramAgreeOnTheVersion(t *testing.T) {
	manifest := regexp.MustCompile(`<Version>(.*)</Version>`).FindStringSubmatch(read(t, "../../module.xml"))
	class := regexp.MustCompile(`Parameter VERSION = "(.*)";`).FindStringSubmatch(read(t, "../../objectscript/IrisPGWire/Service.cls"))
	if manifest[1] != version || class[1] != version {
		t.Errorf("module.xml %s, IrisPGWire.Service %s, this test %s", manifest[1], class[1], version)
	}
	if !strings.Contains(read(t, "../../module.xml"), `name="iris-pgwire.ZPM"`) {
		t.Error("the document's name is not the module's")
	}
}
