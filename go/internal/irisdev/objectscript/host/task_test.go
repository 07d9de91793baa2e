package host

import (
	"strings"
	"testing"
)

const taskClass = `Sample.Task.cls
Class Sample.Task Extends %SYS.Task.Definition
{
Property Text As %String;
Property Fail As %Boolean;
Method OnTask() As %Status
{
    set ^ran = $increment(^runs)_":"_..Text_":"_$username_":"_$namespace
    quit $select(..Fail: $$$ERROR($$$GeneralError, "told to fail"), 1: $$$OK)
}
}
`

// newTask saves a task at the terminal, with more properties, and gives its number.
func (r *running) newTask(properties string) string {
	r.t.Helper()
	out := r.lines("set t=##class(%SYS.Task).%New(),t.Name=\"try\"," + properties + "\nset sc=t.%Save() write $select(sc:t.%Id(),1:$system.Status.GetErrorText(sc))\n")
	if strings.Contains(out, "<") || strings.Contains(out, "ERROR") {
		r.t.Fatalf("%s", out)
	}
	return strings.TrimSpace(out)
}

func TestATaskRunsOnDemand(t *testing.T) {
	r := newHost(t)
	r.load("USER", taskClass)
	r.Start()
	id := r.newTask(`t.NameSpace="USER",t.TaskClass="Sample.Task",t.TimePeriod=5,t.Settings=$lb("Text","hello")`)
	for _, want := range []string{"1:hello:_SYSTEM:USER", "2:hello:_SYSTEM:USER"} {
		if out := r.lines("write ##class(%SYS.Task).RunNow(" + id + ")"); out != "1\n" {
			t.Fatalf("%q", out)
		}
		eventually(t, want, func() bool { return r.node("USER", "ran") == want })
		eventually(t, "the end", func() bool { return r.lines("write ##class(%SYS.Task).%OpenId("+id+").Status") == "1\n" })
	}
}

func TestACodeTaskAndOneThatFails(t *testing.T) {
	r := newHost(t)
	r.load("USER", taskClass)
	r.Start()
	code := r.newTask(`t.NameSpace="%SYS",t.TaskClass="%SYS.Task.RunLegacyTask",t.TimePeriod=5,t.Settings=$lb("ExecuteCode","set ^%ran=$namespace")`)
	bad := r.newTask(`t.NameSpace="USER",t.TaskClass="Sample.Task",t.TimePeriod=5,t.SuspendOnError=1,t.Settings=$lb("Fail",1)`)
	r.lines("do ##class(%SYS.Task).RunNow(" + code + "),##class(%SYS.Task).RunNow(" + bad + ")")
	eventually(t, "the code", func() bool { return r.node("%SYS", "%ran") == "%SYS" })
	eventually(t, "the failure", func() bool {
		return strings.Contains(logText(t, r.sys.Dir), `task "try" failed: ERROR #5001: told to fail`)
	})
	eventually(t, "its suspension", func() bool { return r.lines("write ##class(%SYS.Task).%OpenId("+bad+").Suspended") == "1\n" })
}

func TestATaskOfAUserThatIsNot(t *testing.T) {
	r := newHost(t)
	r.Start()
	id := r.newTask(`t.NameSpace="USER",t.TaskClass="%SYS.Task.RunLegacyTask",t.TimePeriod=5,t.RunAsUser="nobody"`)
	r.lines("do ##class(%SYS.Task).RunNow(" + id + ")")
	eventually(t, "the report", func() bool {
		return strings.Contains(logText(t, r.sys.Dir), `task "try" did not start: user nobody does not exist or is disabled`)
	})
}

func TestATaskRunsAtItsTime(t *testing.T) {
	r := newHost(t)
	r.load("USER", taskClass)
	r.Start()
	id := r.newTask(`t.NameSpace="USER",t.TaskClass="Sample.Task",t.DailyFrequency=1,t.DailyFrequencyTime=0,t.DailyIncrement=5`)
	eventually(t, "its plan", func() bool { return strings.Contains(r.lines("write $get(^%irisdevTask("+id+",\"Next\"))"), ",") })
	if r.node("USER", "ran") != "" {
		t.Error("it ran at once")
	}
	r.lines("set ^%irisdevTask(" + id + ",\"Next\")=(+$horolog)_\",\"_(($piece($horolog,\",\",2)-1))")
	eventually(t, "its run", func() bool { return r.node("USER", "runs") == "1" })
	if out := r.lines("do ##class(%SYS.Task).Suspend(" + id + ") write ##class(%SYS.Task).%OpenId(" + id + ").Suspended"); out != "1\n" {
		t.Errorf("%q", out)
	}
}

func TestATaskThatCannotBe(t *testing.T) {
	r := newHost(t)
	for _, properties := range []string{"t.TaskClass=\"\"", "t.TaskClass=\"X\",t.NameSpace=\"NOWHERE\"", "t.TaskClass=\"X\",t.DailyFrequency=1",
		"t.TaskClass=\"X\",t.TimePeriod=4", "t.TaskClass=\"X\",t.TimePeriod=9"} {
		out := r.lines("set t=##class(%SYS.Task).%New(),t.Name=\"x\"," + properties + "\nwrite t.%Save()")
		if !strings.HasPrefix(out, "0 ") {
			t.Errorf("%s: %q", properties, out)
		}
	}
	if out := r.lines("write ##class(%SYS.Task).RunNow(99)"); !strings.HasPrefix(out, "0 ") {
		t.Errorf("%q", out)
	}
}
