package fn_test

import "testing"

// The clock of these tests stands at 2024-02-29 13:45:30.25, two hours east of Greenwich.
func TestMoments(t *testing.T) {
	for code, want := range map[string]string{
		`write $now()`:                                       "66899,49530.25",
		`write $now(0)`:                                      "66899,42330.25",
		`write $now(300)`:                                    "66899,24330.25",
		`write $zdateh("T",5)`:                               "66899",
		`write $zdateh("t-59",8)`:                            "66840",
		`write $zdateh("T+",5)`:                              "<ILLEGAL VALUE>",
		`write $zdateh("T",1)`:                               "<ILLEGAL VALUE>",
		`write $zdateh("29 Feb",5)`:                          "66899",
		`write $zdateh("3/1",5)`:                             "66900",
		`write $zdateh("1.3",15)`:                            "66900",
		`write $zdate(66899,1,,6)`:                           "02/29/24",
		`write $zdate(50000,1,,6)`:                           "11/23/1977",
		`write $zdate(50000,1,,5,50)`:                        "11/23/77",
		`write $zdate(40000,1,,5,50)`:                        "07/08/1950",
		`write $zdateh("03/01/24",1,,6)`:                     "66900",
		`write $zdateh("03/01/30",1,,5,50,40)`:               "69091",
		`write $zdateh("03/01/90",1,,5,20)`:                  "91006",
		`write $zdate(40000,1,,5,50,200)`:                    "<ILLEGAL VALUE>",
		`write $zdatetime("66899,49530",3,5)`:                "2024-02-29T13:45:30+02:00",
		`write $zdatetime("66899,49530",3,6)`:                "2024-02-29T13:45+02:00",
		`write $zdatetime("66899,3600",3,7)`:                 "2024-02-28T23:00:00Z",
		`write $zdatetime("66899,49530.5",3,7,3)`:            "2024-02-29T11:45:30.500Z",
		`write $zdatetime("66899,49530",3,8)`:                "2024-02-29T11:45Z",
		`write $zdatetime("66899,49530",-2)`:                 "1709207130",
		`write $zdatetime("66899,3600",-3)`:                  "66898,82800",
		`write $zdatetimeh(1709207130,-2)`:                   "66899,49530",
		`write $zdatetimeh("66898,82800.5",-3)`:              "66899,3600.5",
		`write $zdatetimeh("2024-02-29T11:45:30Z",3,7)`:      "66899,49530",
		`write $zdatetimeh("2024-02-29T11:45:30-05:00",3,5)`: "66899,42330",
		`write $zdatetimeh("2024-02-29 12:00:00PM",3,3)`:     "66899,43200",
		`write $zdatetimeh("T+2 11:45:00",5)`:                "66901,42300",
		`write $zdatetimeh("2024-02-29 NOON",3,4)`:           "66899,43200",
		`write $zdate(66899,16)`:                             "2024年2月29日",
		`write $zdateh("2024年 2月 29日",17)`:                   "66899",
		`write $zdate(66899,18)`:                             "<FUNCTION>",
		`write $zdatetime("66899,49530",3,,,,,,,,,,1)`:       "2024-02-29 13:45:30",
		`write $zdate(66899,,,,,,,,,1)`:                      "2024-02-29",
		`write $zdate(66899,1,,,,,,,,1)`:                     "02/29/2024",
		`write $zdate(50000,1,,,,,,,,1)`:                     "11/23/1977",
		`write $zdateh("11/23/1977 ")`:                       "50000",
		`write $random(10)`:                                  "9",
	} {
		if got := runLine(code); got != want {
			t.Errorf("%s\n got %q\nwant %q", code, got, want)
		}
	}
}
