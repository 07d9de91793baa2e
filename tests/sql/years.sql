-- Sums of dates at the ends of the years that IRIS holds: no row is lost or changed.
DROP TABLE IF EXISTS yr_all;
CREATE TABLE yr_all (id integer PRIMARY KEY, d date, ts timestamp, tz timestamptz, n integer, e date);
INSERT INTO yr_all VALUES (1, '0001-01-01', '0001-01-01', '0001-01-01 00:00+00', 1, '0001-01-01'), (2, '9999-12-31', '9999-12-31 23:59:59.999999', '9999-12-31 23:59:59+00', 1, '2024-01-01'), (3, '2024-02-29', '2024-02-29 12:00', '2024-02-29 12:00+00', 1, '2024-02-29'), (4, NULL, NULL, NULL, NULL, NULL);
SELECT id, d - 1, d + 1, ts + interval '1 second', ts - interval '1 month' FROM yr_all ORDER BY id;
SELECT id FROM yr_all WHERE d + 1 > '2000-01-01' ORDER BY id;
SELECT id FROM yr_all WHERE d - 1 < '2000-01-01' ORDER BY id;
SELECT id FROM yr_all WHERE NOT d + 1 <= '2000-01-01' ORDER BY id;
SELECT id FROM yr_all WHERE d + 1 <> '2000-01-01' ORDER BY id;
SELECT id FROM yr_all WHERE ts + interval '1 month' > '2024-03-01' ORDER BY id;
SELECT id FROM yr_all WHERE '2024-03-01' >= ts - interval '1 month' ORDER BY id;
SELECT id FROM yr_all WHERE tz + interval '1 year 1 day 1 second' >= '2024-03-01' ORDER BY id;
SELECT id FROM yr_all WHERE d + interval '1 day' = '2024-03-01' ORDER BY id;
SELECT id FROM yr_all WHERE ts - interval '1 day' IN ('2024-02-28 12:00') ORDER BY id;
SELECT id FROM yr_all WHERE d + n > '2000-01-01' ORDER BY id;
SELECT id FROM yr_all WHERE d - n < '2000-01-01' ORDER BY id;
SELECT id FROM yr_all WHERE id < 3 AND d + NULL::integer > '2000-01-01';
SELECT id FROM yr_all WHERE ts + NULL::interval > '2000-01-01';
-- Beside a value of the row, grouped or added up there is an error instead, if there is such a row.
DELETE FROM yr_all WHERE id < 3;
SELECT id FROM yr_all WHERE ts + interval '1 day' > e ORDER BY id;
SELECT d + 1, count(*) FROM yr_all GROUP BY 1 ORDER BY 1;
SELECT max(ts + interval '1 month'), min(d - 1) FROM yr_all;
SELECT id FROM yr_all ORDER BY ts - interval '1 day' DESC NULLS LAST, id;
DROP TABLE yr_all;
-- What IRIS cannot hold may still be shown.
DROP TABLE IF EXISTS yr_open;
CREATE TABLE yr_open (id integer PRIMARY KEY, d date, ts timestamp);
INSERT INTO yr_open VALUES (1, '2024-02-29', '2024-02-29 12:00'), (2, NULL, NULL);
SELECT id, coalesce(d, 'infinity'), coalesce(ts, '-infinity'), greatest(d, 'infinity'), CASE WHEN id = 1 THEN d ELSE '0044-03-15 BC' END FROM yr_open ORDER BY id;
SELECT date 'infinity', timestamp '-infinity', timestamptz 'infinity', date 'infinity' > '9999-12-31';
DROP TABLE yr_open;
