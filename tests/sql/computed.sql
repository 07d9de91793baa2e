-- Values that IRIS would compute otherwise than PostgreSQL, written by UPDATE and INSERT … SELECT.
DROP TABLE IF EXISTS cm_all;
CREATE TABLE cm_all (id integer PRIMARY KEY, i2 smallint, i4 integer, i8 bigint, n numeric(10,2), m numeric(12,8), k numeric(18,4), f double precision, r real, d date, ts timestamp, t text, v varchar(5), b boolean, jb jsonb);
INSERT INTO cm_all VALUES (1, 32767, 2147483647, 9223372036854775807, 99999999.99, 9999.99999999, 99999999999999.9999, 1e308, 1e38, '2024-02-29', '2024-02-29 12:00:00.5', 'x😀y', 'abc', true, '{"a":1}');
INSERT INTO cm_all VALUES (2, 1, 2, 3, 1.05, 1.00000005, 1.0005, 5e-324, '-0', '0001-01-01', '9999-12-31 23:59:59.999999', 'y', NULL, false, '[]');
INSERT INTO cm_all VALUES (3, -1, -2, -3, -1.05, 0.12345678, 12345.6789, -0.1, 0.1, '9999-12-31', '0001-01-01', 'z', 'v', NULL, NULL);
-- Integers: no overflow passes unseen, at the end or on the way.
UPDATE cm_all SET i8 = i4 * i4 WHERE id = 1;
UPDATE cm_all SET i8 = i4 * 2 WHERE id = 1;
UPDATE cm_all SET i4 = i4 + 1 WHERE id = 1;
UPDATE cm_all SET i4 = i4 * 2 / 2 WHERE id = 1;
UPDATE cm_all SET i8 = i8 + 1 - 1 WHERE id = 1;
UPDATE cm_all SET i8 = i8 / 0 WHERE id = 1;
UPDATE cm_all SET i2 = i4 WHERE id = 1;
UPDATE cm_all SET i4 = i4 * 3 - 1, i8 = i8 * 2 WHERE id = 3;
INSERT INTO cm_all (id, i8) SELECT id + 100, i4 * i4 FROM cm_all;
SELECT id, i2, i4, i8 FROM cm_all ORDER BY id;
-- Decimals.
UPDATE cm_all SET n = i8 WHERE id = 1;
UPDATE cm_all SET n = n * n WHERE id = 1;
UPDATE cm_all SET k = n * m WHERE id = 3;
UPDATE cm_all SET k = m * m WHERE id < 3;
UPDATE cm_all SET m = k * k WHERE id = 2;
UPDATE cm_all SET n = m * m * m WHERE id = 3;
UPDATE cm_all SET n = n / 3, k = n / m WHERE id = 3;
UPDATE cm_all SET k = power(n, 2), m = sqrt(m) WHERE id = 3;
UPDATE cm_all SET n = n % 0.4, i4 = i4 % 3 WHERE id = 3;
UPDATE cm_all SET i4 = m, i8 = 2.5 WHERE id = 3;
UPDATE cm_all SET k = (SELECT avg(n) FROM cm_all) WHERE id = 2;
SELECT id, i4, i8, n, m, k FROM cm_all ORDER BY id;
-- Floats: the sign of zero, underflow and overflow, single precision.
UPDATE cm_all SET f = f * 10 WHERE id = 1;
UPDATE cm_all SET f = f * 0.5 WHERE id = 2;
UPDATE cm_all SET f = f / 0 WHERE id = 2;
UPDATE cm_all SET f = -f, r = -r;
SELECT id, f, r FROM cm_all ORDER BY id;
UPDATE cm_all SET f = CASE WHEN id = 1 THEN f ELSE '-0' END;
UPDATE cm_all SET r = r + 0.1 WHERE id = 3;
SELECT id, f, r, abs(f), -f, coalesce(f, '-0'), CASE WHEN id = 1 THEN f ELSE '-0' END FROM cm_all ORDER BY id;
UPDATE cm_all SET f = abs(f), r = abs(r);
UPDATE cm_all SET i4 = f * 5, n = f WHERE id = 3;
UPDATE cm_all SET f = (SELECT avg(c.f) FROM cm_all AS c WHERE c.id > 1) WHERE id = 2 RETURNING f;
INSERT INTO cm_all (id, f, r) SELECT id + 10, -f, r * 2 FROM cm_all;
INSERT INTO cm_all (id, f) SELECT id + 20, f * 10 FROM cm_all WHERE id = 1;
INSERT INTO cm_all (id, f) SELECT id + 30, f FROM cm_all WHERE id IN (12) UNION ALL SELECT 32, 0.5;
SELECT id, i4, n, f, r FROM cm_all ORDER BY id;
SELECT avg(f), sum(f), max(f) FROM cm_all WHERE id IN (12);
DELETE FROM cm_all WHERE id > 3;
-- Dates at the ends of what IRIS holds.
UPDATE cm_all SET d = d + 1, ts = ts + interval '1 month' WHERE id = 1 RETURNING d, ts;
UPDATE cm_all SET ts = d WHERE id = 2;
UPDATE cm_all SET d = ts WHERE id = 3;
-- Text with characters beyond 16 bits.
UPDATE cm_all SET t = left(t, 2), i4 = length(t) WHERE id = 1 RETURNING t, i4;
UPDATE cm_all SET t = reverse(t) WHERE id = 1 RETURNING t;
UPDATE cm_all SET t = f WHERE id = 3 RETURNING t;
UPDATE cm_all SET t = n || ' ' || ts || ' ' || d WHERE id = 3 RETURNING t;
UPDATE cm_all SET v = t || 'abcdefg' WHERE id = 3;
UPDATE cm_all SET v = (t || 'abcdefg')::varchar(3) WHERE id = 3 RETURNING v;
INSERT INTO cm_all (id, v) SELECT 65, 'toolong' || t FROM cm_all WHERE id = 1;
UPDATE cm_all SET jb = jb || '{"b": 2}' WHERE id = 2 RETURNING jb;
UPDATE cm_all SET jb = jsonb_set(jb, '{a}', '"x"') WHERE id = 1 RETURNING jb;
INSERT INTO cm_all (id, t, jb, n) SELECT id + 10, upper(t), jb, n * 1.1 FROM cm_all;
SELECT id, t, v, jb, n, d, ts FROM cm_all ORDER BY id;
-- In a transaction.
BEGIN;
UPDATE cm_all SET r = r * 2 WHERE id = 3 RETURNING r;
SAVEPOINT a;
UPDATE cm_all SET f = f * 1e308 * 1e308;
ROLLBACK TO a;
UPDATE cm_all SET r = r * 2 WHERE id = 3 RETURNING r;
ROLLBACK;
SELECT r FROM cm_all WHERE id = 3;
DROP TABLE cm_all;
-- ON CONFLICT with values that the gateway computes.
DROP TABLE IF EXISTS cm_conflict;
CREATE TABLE cm_conflict (id integer PRIMARY KEY, f double precision, n numeric(10,2), t text, hits integer);
INSERT INTO cm_conflict VALUES (1, 2.5, 10, '😀x', 1), (2, 1e308, 3, 'b', 1);
INSERT INTO cm_conflict VALUES (1, 4, 3, 'new', 1) ON CONFLICT (id) DO UPDATE SET f = cm_conflict.f * EXCLUDED.f, n = cm_conflict.n / EXCLUDED.n, t = left(cm_conflict.t, 1) || EXCLUDED.t, hits = cm_conflict.hits + 1;
INSERT INTO cm_conflict VALUES (2, 10, 3, 'new', 1) ON CONFLICT (id) DO UPDATE SET f = cm_conflict.f * EXCLUDED.f;
INSERT INTO cm_conflict VALUES (1, 2, 3, 'y', 7), (3, 4, 5, 'z', 8), (2, 0, 0, '', 0) ON CONFLICT (id) DO UPDATE SET n = cm_conflict.n * 1.1 / 3, hits = length(cm_conflict.t) WHERE cm_conflict.id < 2 RETURNING id, n, hits;
INSERT INTO cm_conflict VALUES (4, 2, 3, 'y', 7), (4, 4, 5, 'z', 8) ON CONFLICT (id) DO UPDATE SET n = cm_conflict.n / 3;
SELECT * FROM cm_conflict ORDER BY id;
DROP TABLE cm_conflict;
