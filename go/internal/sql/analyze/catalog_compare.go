package analyze

// comparisons are the comparison operators (PostgreSQL docs, 9.2): left and right type, then the functions behind
// < <= <> = > >= in this order.
const comparisons = `
bool bool boollt boolle boolne booleq boolgt boolge
bytea bytea bytealt byteale byteane byteaeq byteagt byteage
char char charlt charle charne chareq chargt charge
name name namelt namele namene nameeq namegt namege
name text namelttext nameletext namenetext nameeqtext namegttext namegetext
int8 int8 int8lt int8le int8ne int8eq int8gt int8ge
int8 int2 int82lt int82le int82ne int82eq int82gt int82ge
int8 int4 int84lt int84le int84ne int84eq int84gt int84ge
int2 int8 int28lt int28le int28ne int28eq int28gt int28ge
int2 int2 int2lt int2le int2ne int2eq int2gt int2ge
int2 int4 int24lt int24le int24ne int24eq int24gt int24ge
int4 int8 int48lt int48le int48ne int48eq int48gt int48ge
int4 int2 int42lt int42le int42ne int42eq int42gt int42ge
int4 int4 int4lt int4le int4ne int4eq int4gt int4ge
text name textltname textlename textnename texteqname textgtname textgename
text text text_lt text_le textne texteq text_gt text_ge
oid oid oidlt oidle oidne oideq oidgt oidge
float4 float4 float4lt float4le float4ne float4eq float4gt float4ge
float4 float8 float48lt float48le float48ne float48eq float48gt float48ge
float8 float4 float84lt float84le float84ne float84eq float84gt float84ge
float8 float8 float8lt float8le float8ne float8eq float8gt float8ge
macaddr macaddr macaddr_lt macaddr_le macaddr_ne macaddr_eq macaddr_gt macaddr_ge
inet inet network_lt network_le network_ne network_eq network_gt network_ge
bpchar bpchar bpcharlt bpcharle bpcharne bpchareq bpchargt bpcharge
date date date_lt date_le date_ne date_eq date_gt date_ge
date timestamp date_lt_timestamp date_le_timestamp date_ne_timestamp date_eq_timestamp date_gt_timestamp date_ge_timestamp
date timestamptz date_lt_timestamptz date_le_timestamptz date_ne_timestamptz date_eq_timestamptz date_gt_timestamptz date_ge_timestamptz
time time time_lt time_le time_ne time_eq time_gt time_ge
timestamp date timestamp_lt_date timestamp_le_date timestamp_ne_date timestamp_eq_date timestamp_gt_date timestamp_ge_date
timestamp timestamp timestamp_lt timestamp_le timestamp_ne timestamp_eq timestamp_gt timestamp_ge
timestamp timestamptz timestamp_lt_timestamptz timestamp_le_timestamptz timestamp_ne_timestamptz timestamp_eq_timestamptz timestamp_gt_timestamptz timestamp_ge_timestamptz
timestamptz date timestamptz_lt_date timestamptz_le_date timestamptz_ne_date timestamptz_eq_date timestamptz_gt_date timestamptz_ge_date
timestamptz timestamp timestamptz_lt_timestamp timestamptz_le_timestamp timestamptz_ne_timestamp timestamptz_eq_timestamp timestamptz_gt_timestamp timestamptz_ge_timestamp
timestamptz timestamptz timestamptz_lt timestamptz_le timestamptz_ne timestamptz_eq timestamptz_gt timestamptz_ge
interval interval interval_lt interval_le interval_ne interval_eq interval_gt interval_ge
timetz timetz timetz_lt timetz_le timetz_ne timetz_eq timetz_gt timetz_ge
bit bit bitlt bitle bitne biteq bitgt bitge
varbit varbit varbitlt varbitle varbitne varbiteq varbitgt varbitge
numeric numeric numeric_lt numeric_le numeric_ne numeric_eq numeric_gt numeric_ge
record record record_lt record_le record_ne record_eq record_gt record_ge
anyarray anyarray array_lt array_le array_ne array_eq array_gt array_ge
uuid uuid uuid_lt uuid_le uuid_ne uuid_eq uuid_gt uuid_ge
jsonb jsonb jsonb_lt jsonb_le jsonb_ne jsonb_eq jsonb_gt jsonb_ge
vector vector vector_lt vector_le vector_ne vector_eq vector_gt vector_ge
`
