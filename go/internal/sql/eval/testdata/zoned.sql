-- with TimeZone America/New_York
timestamptz '2024-07-01 12:00+00'
timestamp '2024-03-10 02:30'::timestamptz
timestamp '2024-11-03 01:30'::timestamptz
timestamptz '2024-03-10 06:59+00' + interval '1 day'
timestamptz '2024-03-09 07:30+00' + interval '24 hours'
timestamptz '2024-03-09 07:30+00' + interval '1 day'
timestamptz '2024-11-02 05:30+00' + interval '1 day 1 hour'
timestamptz '2024-11-03 05:30+00' - timestamptz '2024-11-02 05:30+00'
timestamptz '2024-07-01 02:00+00'::date
timestamptz '2024-07-01 02:00+00'::time
timestamptz '2024-07-01 02:00+00'::timestamp
date '2024-07-01'::timestamptz
timestamptz '2024-07-01 02:00+00' = timestamp '2024-06-30 22:00'
timestamptz '2024-07-01 02:00+00' < date '2024-07-01'
date '2024-07-01' <= timestamptz '2024-07-01 02:00+00'
extract(hour from timestamptz '2024-07-01 02:00+00')
extract(timezone from timestamptz '2024-07-01 02:00+00')
extract(timezone_hour from timestamptz '2024-12-01 02:00+00')
extract(epoch from timestamptz '2024-07-01 02:00+00')
date_part('day', timestamptz '2024-07-01 02:00+00')
date_trunc('day', timestamptz '2024-07-01 02:00+00')
date_trunc('hour', timestamptz '2024-11-03 06:30+00')
date_trunc('month', timestamptz '2024-11-20 06:30+00')
date_trunc('day', timestamptz '2024-07-01 02:00+00', 'UTC')
to_char(timestamptz '2024-07-01 02:00+00', 'YYYY-MM-DD HH24:MI TZ OF TZH:TZM tz')
to_char(timestamptz '2024-12-01 02:00+00', 'HH24 TZ')
to_timestamp('2024-07-01 12:00', 'YYYY-MM-DD HH24:MI')
to_timestamp(0)
make_timestamptz(2024, 7, 1, 12, 0, 0)
age(timestamptz '2024-03-11 00:00+00', timestamptz '2024-03-09 00:00+00')
timestamptz '2024-07-01 02:00+00'::text
'2024-07-01 12:00'::text::timestamptz
'x' || timestamptz '2024-07-01 02:00+00'
concat(timestamptz '2024-07-01 02:00+00')
to_json(timestamptz '2024-07-01 02:00+00')
jsonb_build_object('t', timestamptz '2024-12-01 02:00:00.5+00')
timestamptz '2024-07-01 02:00+00' at time zone 'UTC'
timestamp '2024-07-01 02:00' at time zone 'UTC'
greatest(timestamptz '2024-07-01 02:00+00', timestamptz '2024-07-01 03:00+02')
