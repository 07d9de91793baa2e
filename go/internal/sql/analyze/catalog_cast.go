package analyze

// castTable is pg_cast (PostgreSQL docs, "CREATE CAST"): a source type, then its targets, each with its context
// (i implicit, a in assignment, e explicit) and b for binary-coercible types or i for a conversion through the text form.
const castTable = `
bool int4:e text:a bpchar:a varchar:a
char text:i int4:e bpchar:a varchar:a
name text:i bpchar:a varchar:a
int8 regproc:i oid:i float4:i float8:i numeric:i regclass:i regtype:i bit:e int2:a int4:a
int2 int8:i int4:i regproc:i oid:i float4:i float8:i numeric:i regclass:i regtype:i
int4 int8:i regproc:ib oid:ib float4:i float8:i numeric:i regclass:ib regtype:ib bool:e char:e bit:e int2:a
regproc oid:ib int8:a int4:ab
text name:i bpchar:ib varchar:ib regclass:i char:a
oid regproc:ib regclass:ib regtype:ib int8:a int4:ab
json jsonb:ai
cidr inet:ib text:a bpchar:a varchar:a
float4 float8:i int8:a int2:a int4:a numeric:a
float8 int8:a int2:a int4:a float4:a numeric:a
inet text:a cidr:a bpchar:a varchar:a
bpchar name:i text:i varchar:i char:a
varchar name:i text:ib bpchar:ib regclass:i char:a
date timestamp:i timestamptz:i
time interval:i timetz:i
timestamp timestamptz:i date:a time:a
timestamptz date:a time:a timestamp:a timetz:a
interval time:a
timetz time:a
bit varbit:ib int8:e int4:e
varbit bit:ib
numeric float4:i float8:i int8:a int2:a int4:a
regclass oid:ib int8:a int4:ab
regtype oid:ib int8:a int4:ab
jsonb bool:e int8:e int2:e int4:e float4:e float8:e numeric:e json:ai
vector float4[]:i
int4[] vector:a
float4[] vector:a
float8[] vector:a
numeric[] vector:a
`
