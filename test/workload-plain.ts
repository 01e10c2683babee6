/** Tables and queries that every dialect says alike. */
export const PLAIN_SHOP = `
CREATE TABLE customers (id INT NOT NULL PRIMARY KEY, email VARCHAR(100) NOT NULL, name VARCHAR(100), country CHAR(2));
CREATE TABLE orders (id INT NOT NULL PRIMARY KEY, customer_id INT NOT NULL, status VARCHAR(10) NOT NULL, created_at DATE NOT NULL, total DECIMAL(12, 2) NOT NULL, note VARCHAR(500), parent_id INT);
CREATE TABLE items (order_id INT NOT NULL, product_id INT NOT NULL, qty INT NOT NULL, PRIMARY KEY (order_id, product_id));
`;

export const PLAIN_QUERIES: readonly string[] = [
  "SELECT id, total FROM orders WHERE customer_id = 3 AND status = 'open' AND total > 5 ORDER BY created_at DESC LIMIT 10",
  "SELECT * FROM orders WHERE status IN ('a', 'b') AND note IS NULL",
  'SELECT o.id FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.country = ? AND o.created_at > ?',
  'SELECT c.name, COUNT(*) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.name',
  'SELECT customer_id, MAX(created_at) FROM orders GROUP BY customer_id',
  'SELECT DISTINCT country FROM customers WHERE name = ?',
  'SELECT MIN(total) FROM orders WHERE customer_id = ?',
  'SELECT id FROM orders WHERE customer_id = 1 OR total > 100',
  'SELECT id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.total > 5)',
  'SELECT id FROM customers WHERE LOWER(email) = ?',
  "SELECT id FROM customers WHERE name LIKE 'a%' AND country = 'DE'",
  'SELECT order_id FROM items WHERE product_id = ? AND qty BETWEEN 1 AND 5',
  'SELECT w.id FROM (SELECT id, parent_id FROM orders) w WHERE w.parent_id = 4',
  'SELECT id FROM orders WHERE parent_id = ? AND total > 3 AND note IS NOT NULL ORDER BY status, created_at DESC',
  'UPDATE orders SET total = total + 1 WHERE parent_id = ?',
  'DELETE FROM items WHERE product_id = ?',
];
