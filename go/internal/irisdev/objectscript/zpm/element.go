package zpm

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// element is one element of an XML document.
type element struct {
	name     string
	attrs    []attribute
	children []*element
	text     string
}

type attribute struct{ name, value string }

// attr gives an attribute; false if it is not there.
func (e *element) attr(name string) (string, bool) {
	for _, a := range e.attrs {
		if a.name == name {
			return a.value, true
		}
	}
	return "", false
}

// child gives the first child of a name, nil without one.
func (e *element) child(name string) *element {
	for _, c := range e.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// value is the element's text without white space around it.
func (e *element) value() string { return strings.TrimSpace(e.text) }

var errNoElement = errors.New("no root element")

// parseXML reads a document.
func parseXML(text string) (*element, error) {
	dec := xml.NewDecoder(strings.NewReader(text))
	var root *element
	var open []*element
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			if root == nil {
				return nil, errNoElement
			}
			return root, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			e := &element{name: t.Name.Local}
			for _, a := range t.Attr {
				if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
					e.attrs = append(e.attrs, attribute{a.Name.Local, a.Value})
				}
			}
			if len(open) > 0 {
				up := open[len(open)-1]
				up.children = append(up.children, e)
			} else {
				root = e
			}
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				open[len(open)-1].text += string(t)
			}
		}
	}
}
