-- RETURNING of tables whose rows IRIS may not name: without an identity column, without a key, with equal rows.
DROP TABLE IF EXISTS rt_plain;
CREATE TABLE rt_plain (a integer, b text, c numeric(6,2) DEFAULT 1.5);
INSERT INTO rt_plain (a, b) VALUES (1, 'x') RETURNING a, b, c;
INSERT INTO rt_plain VALUES (2, 'y', 2.25), (3, NULL, NULL), (NULL, 'z', 0) RETURNING *;
INSERT INTO rt_plain (a) VALUES (9) RETURNING a + 1 AS next, b IS NULL AS empty;
SELECT * FROM rt_plain ORDER BY a, b;
DROP TABLE rt_plain;
DROP TABLE IF EXISTS rt_key;
CREATE TABLE rt_key (code text PRIMARY KEY, n integer);
INSERT INTO rt_key VALUES (lower('ABC'), 1) RETURNING code, n;
INSERT INTO rt_key VALUES ('abc', 2), ('d', 3) ON CONFLICT DO NOTHING RETURNING code, n;
SELECT * FROM rt_key ORDER BY code;
DROP TABLE rt_key;
DROP TABLE IF EXISTS rt_serial;
CREATE TABLE rt_serial (id serial PRIMARY KEY, body text);
INSERT INTO rt_serial (body) VALUES ('same'), ('same') RETURNING id, body;
DROP TABLE rt_serial;
