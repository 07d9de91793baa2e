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

// What IPM reads of a module.xml, in 0.7.2 and in 0.10.9 alike: the elements below each element, and the attributes. An element or
// attribute beside these is refused by one of them, or has no meaning in one. The lists are from IPM's own source:
//
//   - Module: the properties of %IPM.Storage.Module and %IPM.General.ModuleInfo (in 0.7.2 %ZPM.PackageManager.Developer.Module and
//     .Core.ModuleInfo) by their XMLNAME, and the short forms that XData InternalXSL of %IPM.StudioDocument.Module (.Developer.
//     Document.Module) makes collections of. It does so with Mapping in 0.10 alone; 0.7.2 takes it for a resource.
//   - the other elements: %IPM.Storage.ModuleAuthorInfo, ModuleReference, SystemRequirements, ResourceReference,
//     MappingReference, InvokeReference, ModuleSetting.Default and ModuleSetting.ProcessorDefault (.Developer.*, .Core.*)
//   - a resource's attributes: ResourceReference, and the parameter ATTRIBUTES of its processor in %IPM.ResourceProcessor
//     (.Developer.Processor): Default.Document for classes, packages and routines, FileCopy, UnitTest, with their Aliases
//   - Export and Document are the form of IRIS's own export.
//
// Left out, since one of the two does not have it: AvailabilityClass, UpdatePackage, IncludeTests, LastUpdated; CustomPhase of
// Invoke; Health, IPMVersion, PythonVersion of SystemRequirements; WebApplication, CPF, PythonWheel; IsAPI and API of Resource.
var moduleElements = map[string][]string{
	"":       {"Export"},
	"Export": {"Document"},
	// Name to InstallerClass are values, Dependencies to Mappings collections, the rest their short forms and resources.
	"Document": {"Module"},
	"Module": {"Name", "ExternalName", "Version", "Description", "Keywords", "Author", "Packaging", "SourcesRoot", "SystemRequirements",
		"AfterInstallMessage", "GlobalScope", "Deployed", "Origin", "PlatformVersion", "LifecycleClass", "InstallerClass",
		"Dependencies", "Resources", "Invokes", "Defaults", "Mappings",
		"Resource", "Invoke", "Default", "Parameter", "FileCopy", "UnitTest"},
	"Author":           {"Person", "Organization", "CopyrightDate", "License", "Notes"},
	"Dependencies":     {"ModuleReference"},
	"ModuleReference":  {"Name", "Version"},
	"Resources":        {"Resource"},
	"Invokes":          {"Invoke"},
	"Invoke":           {"Arg"},
	"Defaults":         {"Default", "ProcessorDefault"},
	"ProcessorDefault": {"Attribute"},
	"Mappings":         {"Mapping"},
}

var moduleAttributes = map[string][]string{
	"Export":             {"generator", "version"},
	"Document":           {"name"},
	"ModuleReference":    {"Scope"},
	"SystemRequirements": {"Version", "Interoperability"},
	"Resource": append([]string{"Compile", "CompileAfter", "Flags", "ExportFlags", "Directory", "LoadAsDirectory", "FilenameExtension",
		"FilenameTranslateIdentifier", "FilenameTranslateAssociator", "Format"}, resourceAttributes...),
	"FileCopy":         append([]string{"SourceDirectory", "InstallDirectory", "Target", "Dest", "Overlay", "CSPApplication", "Defer"}, resourceAttributes...),
	"UnitTest":         append([]string{"Phase", "Package", "Class", "ManagerClass", "Format", "ExportFlags"}, resourceAttributes...),
	"Default":          {"Name", "Value"},
	"Parameter":        {"Name", "Value"},
	"ProcessorDefault": {"Class"},
	"Attribute":        {"Name"},
	"Mapping":          {"Name", "Source", "Deploy"},
	"Invoke":           {"Class", "Method", "Phase", "When", "CheckStatus"},
}

// resourceAttributes are those of every resource.
var resourceAttributes = []string{"Name", "Scope", "Preload", "Generated", "ProcessorClass", "Deploy"}

// modulePhases are the phases of both, which 0.10 allows for an Invoke: %IPM.DataType.PhaseName, and the parameter PHASES of
// %ZPM.PackageManager.Developer.Lifecycle.Base.
var modulePhases = []string{"Clean", "Reload", "Validate", "ExportData", "Compile", "Activate", "Document", "MakeDeployed", "Test",
	"Package", "Verify", "Publish", "Configure", "Unconfigure"}

// moduleLengths are the longest texts, by the MAXLEN of the properties; those of the elements are by their own name.
var moduleLengths = map[string]int{"Name": 255, "Version": 100, "ExternalName": 255, "SourcesRoot": 20, "Arg": 255, "Person": 255,
	"Organization": 255, "License": 1000, "Resource Name": 255, "Invoke Class": 255, "Invoke Method": 255, "Default Name": 255, "Default Value": 1000}

func TestTheManifestHasNothingThatIPMDoesNotKnow(t *testing.T) {
	t.Parallel()
	file, err := os.Open("../../module.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	path := []string{""}
	invokes := map[string]string{}
	for d := xml.NewDecoder(file); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		here := path[len(path)-1]
		switch x := token.(type) {
		case xml.StartElement:
			path = append(path, x.Name.Local)
			attributes := checkElement(t, here, x)
			if x.Name.Local == "Invoke" {
				invokes[attributes["Phase"]+" "+attributes["When"]] = attributes["Class"] + "." + attributes["Method"]
			}
		case xml.CharData:
			checkLength(t, here, string(x))
		case xml.EndElement:
			path = path[:len(path)-1]
		}
	}
	if invokes["Activate After"] != "IrisPGWire.Installer.Install" || invokes["Unconfigure Before"] != "IrisPGWire.Installer.Uninstall" {
		t.Errorf("%v", invokes)
	}
}

// checkElement looks at an element and gives its attributes.
func checkElement(t *testing.T, parent string, x xml.StartElement) map[string]string {
	t.Helper()
	name := x.Name.Local
	if !slices.Contains(moduleElements[parent], name) {
		t.Errorf("<%s> below <%s>", name, parent)
	}
	attributes := map[string]string{}
	for _, a := range x.Attr {
		if !slices.Contains(moduleAttributes[name], a.Name.Local) {
			t.Errorf("<%s %s=…>", name, a.Name.Local)
		}
		checkLength(t, name+" "+a.Name.Local, a.Value)
		attributes[a.Name.Local] = a.Value
	}
	if name != "Invoke" {
		return attributes
	}
	// A status that is not asked for is ignored by 0.7.2.
	if !slices.Contains(modulePhases, attributes["Phase"]) || attributes["When"] != "Before" && attributes["When"] != "After" || attributes["CheckStatus"] != "true" {
		t.Errorf("%v", attributes)
	}
	return attributes
}

func checkLength(t *testing.T, what, text string) {
	t.Helper()
	if limit := moduleLengths[what]; limit > 0 && len(text) > limit {
		t.Errorf("%s is longer than %d", what, limit)
	}
}

func TestManifestClassesAndProgramAgreeOnTheVersion(t *testing.T) {
	t.Parallel()
	manifest := regexp.MustCompile(`<Version>(.*)</Version>`).FindStringSubmatch(read(t, "../../module.xml"))
	class := regexp.MustCompile(`Parameter VERSION = "(.*)";`).FindStringSubmatch(read(t, "../../objectscript/IrisPGWire/Service.cls"))
	if manifest[1] != version || class[1] != version {
		t.Errorf("module.xml %s, IrisPGWire.Service %s, this test %s", manifest[1], class[1], version)
	}
	if !strings.Contains(read(t, "../../module.xml"), `name="iris-pgwire.ZPM"`) {
		t.Error("the document's name is not the module's")
	}
}
