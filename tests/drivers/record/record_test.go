package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"net"
	"strconv"
	"strings"
	"testing"
)

func fromHex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// unsqueeze is what a reader of the files does.
func unsqueeze(t *testing.T, words []string) []byte {
	var out []byte
	for _, word := range words {
		word, times, repeated := strings.Cut(word, "*")
		n := 1
		if repeated {
			var err error
			if n, err = strconv.Atoi(times); err != nil {
				t.Fatal(err)
			}
		}
		out = append(out, bytes.Repeat(fromHex(t, word), n)...)
	}
	return out
}

func TestRunsAreWrittenOnce(t *testing.T) {
	for content, want := range map[string]string{
		"":                                   "",
		"abc":                                "616263",
		strings.Repeat("x", 23):              "78787878787878787878787878787878 78787878787878",
		strings.Repeat("x", 3000):            "78*3000",
		"Ж" + strings.Repeat("x", 50) + "yz": "d096 78*50 797a",
		strings.Repeat("\x00\xff", 100):      "00ff*100",
		strings.Repeat("x\x00", 20) + "x":    "7800*20 78",
	} {
		words := squeeze([]byte(content))
		if got := strings.Join(words, " "); got != want {
			t.Errorf("%.20q: %s, want %s", content, got, want)
		}
		if got := unsqueeze(t, words); string(got) != content {
			t.Errorf("%.20q comes back as %.20q", content, got)
		}
	}
}

func TestElementsAreExplained(t *testing.T) {
	for raw, want := range map[string]string{
		"01": "omitted", "0201": "null", "0204": "0", "0205": "-1", "0304ff": "255", "0305fe": "-2",
		"0406ff0f": "15e-1", "0408c03f": "double 1.5", "0a099a9999999999b93f": "double 0.1", "0301e9": `"é"`, "06023dd800de": `unicode "😀"`,
		"03010a": `"\u000a"`, "0a010304010501616263": `list (1, "abc")`, "0421696e": `by reference "in"`, "020d": "type 13",
		"00230001" + strings.Repeat("78", 34): `"` + strings.Repeat("x", 34) + `"`,
	} {
		items, rest := splitItems(fromHex(t, raw))
		if len(items) != 1 || len(rest) > 0 {
			t.Errorf("%s: %d items, rest %x", raw, len(items), rest)
			continue
		}
		if got := items[0].describe(); got != want {
			t.Errorf("%s: %s, want %s", raw, got, want)
		}
	}
	if items, rest := splitItems(fromHex(t, "030401 05")); len(items) != 1 || len(rest) != 1 {
		t.Errorf("%d items, rest %x", len(items), rest)
	}
}

func TestRepliesFollowTheirRequests(t *testing.T) {
	frames := []frame{
		{connection: 1, client: true, number: 1, code: [2]byte{'P', 'Q'}, step: "first"},
		{connection: 1, client: true, number: 3, code: [2]byte{'F', 'D'}, step: "first"},
		{connection: 1, client: true, number: 5, code: [2]byte{'C', 'C'}, step: "first"},
		{connection: 2, client: true, number: 1, code: [2]byte{'H', 'S'}, step: "second"},
		{connection: 1, number: 1, step: "second"}, {connection: 2, number: 1, step: "second"},
		{connection: 1, number: 3, step: "second"}, {connection: 1, number: 3, step: "second"},
	}
	var got []string
	for _, f := range ordered(frames) {
		got = append(got, fmt.Sprintf("%d:%d:%v:%s", f.connection, f.number, f.client, f.step))
	}
	want := "1:1:true:first 1:1:false:first 1:3:true:first 1:3:false:first 1:3:false:first 1:5:true:first 2:1:true:second 2:1:false:second"
	if strings.Join(got, " ") != want {
		t.Errorf("got %s", got)
	}
}

func TestTheLoginIsMasked(t *testing.T) {
	text := func(s string) []byte { return appendText(nil, s) }
	list := append(text("JDBC"), append(text("jar"), append(text("3.10"), append(text("Linux"), text("21")...)...)...)...)
	for machine, want := range map[string]string{
		"": "null", "name": `"name"`, strings.Repeat("\x00", 12): strings.Repeat(`\u0000`, 12), "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c": "masked",
		string(list): `masked list ("JDBC", "jar", "3.10", "masked", "masked")`,
	} {
		var body []byte
		for _, s := range []string{"USER", "u", "p", "me", "host", "/home/me/program", machine, "10.1.2.3", "e"} {
			body = append(body, text(s)...)
		}
		var out bytes.Buffer
		writeFrame(&out, frame{client: true, code: [2]byte{'C', 'N'}, number: 3, body: body}, [2]byte{'C', 'N'})
		for _, secret := range []string{`"me"`, `"host"`, "/home", "10.1.2.3", "Linux"} {
			if strings.Contains(out.String(), secret) {
				t.Errorf("%s is not masked:\n%s", secret, out.String())
			}
		}
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s in\n%s", want, out.String())
		}
	}
}

// A program's frames and steps come through, also when the server has left.
func TestTheTapReadsAlong(t *testing.T) {
	server, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	go func() {
		c, err := server.Accept()
		if err != nil {
			return
		}
		buf := make([]byte, 16)
		if _, err := c.Read(buf); err == nil {
			_, _ = c.Write(append(make([]byte, 12), 100, 0))
		}
		c.Close()
	}()
	tp, err := listen(server.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer tp.close()
	steps, err := net.Dial("tcp", tp.stepAddress())
	if err != nil {
		t.Fatal(err)
	}
	client, err := net.Dial("tcp", tp.address())
	if err != nil {
		t.Fatal(err)
	}
	one := make([]byte, 14)
	must := func(_ int, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(steps.Write([]byte("hello\n")))
	must(steps.Read(one[:1]))
	must(client.Write(append(append([]byte{2}, make([]byte, 11)...), 'H', 'S', 69, 0)))
	must(client.Read(one))
	must(client.Write(append(make([]byte, 12), 'D', 'C')))
	client.Close()
	tp.settle()
	got := string(tp.text("a driver"))
	want := "\n== hello\n-- connection 1\nC HS number 0 statement 0\n  4500                         ; protocol version\nS 100 number 0 statement 0\n" +
		"C DC number 0 statement 0\n"
	if !strings.HasSuffix(got, want) {
		t.Errorf("got\n%s", got)
	}
}
