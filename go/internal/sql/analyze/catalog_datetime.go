package analyze

// datetimeFunctions are the date and time functions (PostgreSQL docs, 9.9), in the form that catalog.go reads.
const datetimeFunctions = `
age(timestamp) interval
age(timestamptz) interval
age(timestamp,timestamp) interval
age(timestamptz,timestamptz) interval
clock_timestamp() timestamptz v
date_bin(interval,timestamp,timestamp) timestamp
date_bin(interval,timestamptz,timestamptz) timestamptz
date_part(text,date) float8
date_part(text,time) float8
date_part(text,timestamp) float8
date_part(text,timestamptz) float8
date_part(text,interval) float8
date_part(text,timetz) float8
date_trunc(text,timestamp) timestamp
date_trunc(text,timestamptz) timestamptz
date_trunc(text,interval) interval
date_trunc(text,timestamptz,text) timestamptz
extract(text,date) numeric
extract(text,time) numeric
extract(text,timestamp) numeric
extract(text,timestamptz) numeric
extract(text,interval) numeric
extract(text,timetz) numeric
isfinite(date) bool
isfinite(timestamp) bool
isfinite(timestamptz) bool
isfinite(interval) bool
justify_days(interval) interval
justify_hours(interval) interval
justify_interval(interval) interval
make_date(int4,int4,int4) date
make_time(int4,int4,float8) time
make_timestamp(int4,int4,int4,int4,int4,float8) timestamp
make_timestamptz(int4,int4,int4,int4,int4,float8) timestamptz
make_timestamptz(int4,int4,int4,int4,int4,float8,text) timestamptz
now() timestamptz
overlaps(time,time,time,time) bool
overlaps(time,time,time,interval) bool
overlaps(time,interval,time,time) bool
overlaps(time,interval,time,interval) bool
overlaps(timestamp,timestamp,timestamp,timestamp) bool
overlaps(timestamp,timestamp,timestamp,interval) bool
overlaps(timestamp,interval,timestamp,timestamp) bool
overlaps(timestamp,interval,timestamp,interval) bool
overlaps(timestamptz,timestamptz,timestamptz,timestamptz) bool
overlaps(timestamptz,timestamptz,timestamptz,interval) bool
overlaps(timestamptz,interval,timestamptz,timestamptz) bool
overlaps(timestamptz,interval,timestamptz,interval) bool
overlaps(timetz,timetz,timetz,timetz) bool
statement_timestamp() timestamptz
timeofday() text v
timezone(interval,timestamp) timestamptz
timezone(interval,timestamptz) timestamp
timezone(interval,timetz) timetz
timezone(text,timestamp) timestamptz
timezone(text,timestamptz) timestamp
timezone(text,timetz) timetz
transaction_timestamp() timestamptz
`
