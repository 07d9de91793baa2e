package sqlrun

import (
	"testing"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/variant"
)

// shop is a session over customers and orders.
func shop(t testing.TB, profile string) *client {
	c := newTestbed(t, profile, newest).connect(t)
	c.must("CREATE TABLE customer (id INTEGER PRIMARY KEY, name VARCHAR(30) NOT NULL, city VARCHAR(30), born DATE)",
		"CREATE TABLE orders (id INTEGER IDENTITY, customer INTEGER REFERENCES customer (id), total NUMERIC(10,2), placed TIMESTAMP, note VARCHAR(100))",
		"CREATE INDEX by_customer ON orders (customer)",
		"INSERT INTO customer (id, name, city, born) VALUES (1, 'Ann', 'Berlin', {d '1990-05-17'})",
		"INSERT INTO customer (id, name, city, born) VALUES (2, 'Bo', 'Oslo', TO_DATE('1985-12-01','YYYY-MM-DD'))",
		"INSERT INTO customer (id, name, city) VALUES (3, 'Cy', 'berlin')",
		"INSERT INTO customer (id, name) VALUES (4, 'Di')",
		"INSERT INTO orders (customer, total, placed, note) VALUES (1, 10.5, '2024-02-29 12:30:00', 'first')",
		"INSERT INTO orders (customer, total, placed) VALUES (1, 20, '2024-03-01 00:00:00')",
		"INSERT INTO orders (customer, total, note) VALUES (2, 7.25, '')",
		"INSERT INTO orders (total) VALUES (99)")
	return c
}

// answers are statements with what they give.
type answers []struct{ want, sql string }

func (list answers) check(c *client) {
	c.t.Helper()
	for _, x := range list {
		c.expect(x.want, x.sql)
	}
}

func TestSelect(t *testing.T) {
	c := shop(t, variant.Documented)
	answers{
		{"1", "SELECT 1"},
		{"1,a,-", "SELECT 1, 'a', NULL"},
		{"Ann; Bo; Cy; Di", "SELECT name FROM customer"},
		{"1,Ann,Berlin,1990-05-17", "SELECT * FROM customer WHERE id = 1"},
		{"1,Ann", "SELECT %ID, name FROM customer WHERE %ID = 1"},
		{"Ann; Cy", "SELECT name FROM customer WHERE city = 'BERLIN'"}, // SQLUPPER
		{"Ann", "SELECT name FROM customer WHERE %EXACT(city) = 'Berlin'"},
		{"Di", "SELECT name FROM customer WHERE city IS NULL"},
		{"Ann; Cy", "SELECT name FROM customer WHERE city LIKE 'ber%'"},
		{"Bo", "SELECT name FROM customer WHERE city %STARTSWITH 'o'"},
		{"Bo; Cy", "SELECT name FROM customer WHERE id BETWEEN 2 AND 3"},
		{"Ann; Di", "SELECT name FROM customer WHERE id IN (1, 4, 9)"},
		{"Cy; Di", "SELECT name FROM customer WHERE id NOT IN (1, 2)"},
		{"", "SELECT name FROM customer WHERE id NOT IN (1, NULL)"},
		{"Bo", "SELECT name FROM customer WHERE born < '1990-01-01'"},
		{"Bo", "SELECT name FROM customer WHERE born = {d '1985-12-01'}"},
		{"Di; Cy", "SELECT name FROM customer WHERE id > 2 ORDER BY id DESC"},
		{"-,Di; Berlin,Ann; berlin,Cy; Oslo,Bo", "SELECT city, name FROM customer ORDER BY city, name"}, // NULL first
		{"Ann; Bo", "SELECT TOP 2 name FROM customer ORDER BY id"},
		{"Bo; Cy", "SELECT name FROM customer ORDER BY id LIMIT 2 OFFSET 1"},
		{"Cy; Di", "SELECT name FROM customer ORDER BY id OFFSET 2 ROWS FETCH NEXT 5 ROWS ONLY"},
		{"-386", "SELECT TOP 1 name FROM customer LIMIT 1"},
		{"11; 12", "SELECT id + 10 AS n FROM customer WHERE id < 3 ORDER BY n"},
		{"2; 1", "SELECT id FROM customer WHERE id < 3 ORDER BY 1 DESC"},
		{"-5", "SELECT id FROM customer ORDER BY 2"},
		{"-29", "SELECT nope FROM customer"},
		{"-30", "SELECT 1 FROM nope"},
		{"-27", "SELECT id FROM customer, orders"},
		{"-359", "SELECT nope(1)"},
	}.check(c)
}

func TestJoins(t *testing.T) {
	c := shop(t, variant.Documented)
	answers{
		{"Ann,10.5; Ann,20; Bo,7.25", "SELECT c.name, o.total FROM customer c JOIN orders o ON o.customer = c.id ORDER BY o.id"},
		{"Ann,2; Bo,1; Cy,0; Di,0", "SELECT c.name, COUNT(o.id) FROM customer c LEFT JOIN orders o ON o.customer = c.id GROUP BY c.id ORDER BY c.id"},
		{"-,99", "SELECT c.name, o.total FROM customer c RIGHT OUTER JOIN orders o ON o.customer = c.id WHERE c.id IS NULL"},
		{"7", "SELECT COUNT(*) FROM customer a JOIN customer b ON a.id <= b.id WHERE a.id < 3"},
		{"16", "SELECT COUNT(*) FROM customer CROSS JOIN orders"},
		{"16", "SELECT COUNT(*) FROM customer, orders"},
		{"3", "SELECT COUNT(*) FROM customer a JOIN customer b ON UPPER(a.city) = UPPER(b.city) WHERE a.id <> b.id OR a.id = 2"},
		{"Ann; Bo", "SELECT name FROM customer c WHERE EXISTS (SELECT * FROM orders o WHERE o.customer = c.id)"},
		{"Cy; Di", "SELECT name FROM customer c WHERE NOT EXISTS (SELECT * FROM orders WHERE customer = c.id)"},
		{"Ann; Bo", "SELECT name FROM customer WHERE id IN (SELECT customer FROM orders)"},
		{"", "SELECT name FROM customer WHERE id NOT IN (SELECT customer FROM orders)"}, // one is NULL
		{"Ann,30.5; Bo,7.25; Cy,-; Di,-", "SELECT name, (SELECT SUM(total) FROM orders WHERE customer = c.id) FROM customer c"},
		{"99", "SELECT total FROM orders WHERE total >= ALL (SELECT total FROM orders)"},
		{"10.5; 20; 99", "SELECT total FROM orders WHERE total > ANY (SELECT total FROM orders)"},
		{"2,Cy", "SELECT n, name FROM (SELECT %VID AS n, name FROM (SELECT name FROM customer WHERE id > 1)) WHERE n = 2"},
		{"Ann,2", "WITH busy AS (SELECT customer AS id, COUNT(*) AS n FROM orders GROUP BY customer) SELECT c.name, b.n FROM customer c JOIN busy b ON b.id = c.id WHERE b.n > 1"},
	}.check(c)
}

func TestGroups(t *testing.T) {
	c := shop(t, variant.Documented)
	answers{
		{"4,3,136.75,34.1875,7.25,99", "SELECT COUNT(*), COUNT(customer), SUM(total), AVG(total), MIN(total), MAX(total) FROM orders"},
		{"0,-", "SELECT COUNT(*), SUM(total) FROM orders WHERE id > 100"},
		{"", "SELECT customer, COUNT(*) FROM orders WHERE id > 100 GROUP BY customer"},
		{"-,1; 1,2; 2,1", "SELECT customer, COUNT(*) FROM orders GROUP BY customer ORDER BY customer"},
		{"1,2", "SELECT customer, COUNT(*) FROM orders GROUP BY customer HAVING COUNT(*) > 1"},
		{"-,1; BERLIN,2; OSLO,1", "SELECT city, COUNT(*) FROM customer GROUP BY city ORDER BY city"}, // FastDistinct
		{"3", "SELECT COUNT(*) FROM (SELECT DISTINCT city FROM customer)"},
		{"Berlin; Oslo; berlin", "SELECT DISTINCT %EXACT(city) FROM customer WHERE city IS NOT NULL ORDER BY 1"},
		{"2", "SELECT COUNT(DISTINCT city) FROM customer"},
		{"Ann,Bo,Cy,Di", "SELECT LIST(name) FROM customer"},
		{"1,4; 2,4", "SELECT TOP 2 id, COUNT(*) FROM customer"}, // every row, with the aggregates of all
	}.check(c)
}

func TestSetOperations(t *testing.T) {
	c := shop(t, variant.Documented)
	answers{
		{"1; 2; 3", "SELECT 1 UNION SELECT 2 UNION SELECT 1 UNION ALL SELECT 3"},
		{"1; 1", "SELECT 1 UNION ALL SELECT 1"},
		{"3; 4", "SELECT id FROM customer EXCEPT SELECT customer FROM orders"},
		{"1; 2", "SELECT id FROM customer INTERSECT SELECT customer FROM orders"},
		{"4; 3", "SELECT id FROM customer UNION SELECT id FROM orders ORDER BY 1 DESC LIMIT 2"},
		{"-9", "SELECT 1 UNION SELECT 1, 2"},
		{"a; b", "SELECT 'a' UNION SELECT 'b'"},
	}.check(c)
}

func TestExpressions(t *testing.T) {
	c := shop(t, variant.Documented)
	answers{
		{"Ann,old; Bo,old; Cy,-; Di,-", "SELECT name, CASE WHEN born IS NOT NULL THEN 'old' END FROM customer"},
		{"one; other", "SELECT CASE id WHEN 1 THEN 'one' ELSE 'other' END FROM customer WHERE id < 3"},
		{"none", "SELECT COALESCE(city, 'none') FROM customer WHERE id = 4"},
		{"14", "SELECT 2 + 3 * 4"},
		{"ab", "SELECT 'a' || 'b'"},
		{".5", "SELECT 1 / 2"},
		{"-400", "SELECT 1 / 0"},
		{"ANN,ann,3", "SELECT UPPER(name), LOWER(name), LENGTH(name) FROM customer WHERE id = 1"},
		{"erl", "SELECT SUBSTRING(city, 2, 3) FROM customer WHERE id = 1"},
		{"12", "SELECT CAST('12' AS INTEGER)"},
		{"2024-02-29", "SELECT CAST(placed AS DATE) FROM orders WHERE id = 1"},
		{"2024-03-31", "SELECT LAST_DAY({d '2024-03-01'})"},
		{"1", "SELECT DATEDIFF('day', '2024-02-28', '2024-02-29')"},
		{"1990", "SELECT YEAR(born) FROM customer WHERE id = 1"},
		{`""`, "SELECT note FROM orders WHERE id = 3"},
		{"3", "SELECT id FROM orders WHERE note = ''"},
		{"_SYSTEM", "SELECT USER"},
		{"3.14", "SELECT ROUND(3.14159, 2)"},
		{"5", "SELECT ABS(-5)"},
	}.check(c)
}

func TestVectors(t *testing.T) {
	c := newTestbed(t, variant.Documented, irissql.Version{Major: 2025, Minor: 1}).connect(t)
	c.must("CREATE TABLE item (id INTEGER PRIMARY KEY, v VECTOR(DOUBLE, 3))", "CREATE INDEX near ON item (v) AS HNSW(Distance='Cosine')",
		"INSERT INTO item (id, v) VALUES (1, TO_VECTOR('1,0,0', DOUBLE, 3))", "INSERT INTO item (id, v) VALUES (2, TO_VECTOR('[0.5,2,0]', DOUBLE))",
		"INSERT INTO item (id, v) VALUES (3, '0,0,2')", "INSERT INTO item (id) VALUES (4)")
	answers{
		{"1,1; 2,.5; 3,0", "SELECT id, VECTOR_DOT_PRODUCT(v, TO_VECTOR('1,0,0', DOUBLE)) FROM item WHERE id < 4"},
		{"3", "SELECT TOP 1 id FROM item WHERE v IS NOT NULL ORDER BY VECTOR_COSINE(v, TO_VECTOR('0,0,1', DOUBLE)) DESC"},
		{"-", "SELECT VECTOR_COSINE(v, TO_VECTOR('0,0,1', DOUBLE)) FROM item WHERE id = 4"},
		{"-257", "SELECT VECTOR_COSINE(v, TO_VECTOR('0,1', DOUBLE)) FROM item WHERE id = 1"},
		{"-259", "SELECT VECTOR_COSINE(v, TO_VECTOR('0,1,2', INTEGER)) FROM item WHERE id = 1"},
		{"-104", "INSERT INTO item (id, v) VALUES (5, TO_VECTOR('1,2', DOUBLE))"},
		{".5,2,0", "SELECT v FROM item WHERE id = 2"},
		{"-12", "SELECT v <=> v FROM item"},
	}.check(c)
}

func TestInformationSchemaAnswersQueries(t *testing.T) {
	c := shop(t, variant.Documented)
	answers{
		{"customer,BASE TABLE; orders,BASE TABLE", "SELECT TABLE_NAME, TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'sqluser' ORDER BY TABLE_NAME"},
		{"born,date,YES; city,varchar,YES; id,integer,NO; name,varchar,NO", "SELECT COLUMN_NAME, DATA_TYPE, IS_NULLABLE FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'CUSTOMER' AND COLUMN_NAME <> 'ID1' ORDER BY COLUMN_NAME"},
		{"by_customer,customer", "SELECT INDEX_NAME, COLUMN_NAME FROM INFORMATION_SCHEMA.INDEXES WHERE TABLE_NAME = 'orders' AND INDEX_NAME = 'by_customer'"},
		{"FOREIGN KEY", "SELECT CONSTRAINT_TYPE FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS WHERE TABLE_NAME = 'orders' AND CONSTRAINT_TYPE LIKE 'FOR%'"},
		{"-30", "SELECT * FROM INFORMATION_SCHEMA.SEQUENCES"},
		{"-115", "DELETE FROM INFORMATION_SCHEMA.TABLES"},
	}.check(c)
}
