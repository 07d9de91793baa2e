package analyze

// windowFunctions are the window functions (PostgreSQL docs, 9.22), in the form that catalog.go reads.
const windowFunctions = `
cume_dist() float8
dense_rank() int8
first_value(anyelement) anyelement
lag(anyelement) anyelement
lag(anyelement,int4) anyelement
lag(anycompatible,int4,anycompatible) anycompatible
last_value(anyelement) anyelement
lead(anyelement) anyelement
lead(anyelement,int4) anyelement
lead(anycompatible,int4,anycompatible) anycompatible
nth_value(anyelement,int4) anyelement
ntile(int4) int4
percent_rank() float8
rank() int8
row_number() int8
`
