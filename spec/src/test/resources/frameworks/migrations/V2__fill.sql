-- several statements, a text with a semicolon
INSERT INTO customer (name) VALUES ('Ana; or not'), ('Bo');
INSERT INTO purchase (customer_id, total) SELECT id, 10.50 FROM customer;
CREATE VIEW spent AS SELECT c.name, SUM(p.total) AS total FROM customer c JOIN purchase p ON p.customer_id = c.id GROUP BY c.name;
ALTER TABLE customer ADD COLUMN email VARCHAR(200) NULL AFTER name, ADD INDEX customer_email (email);
