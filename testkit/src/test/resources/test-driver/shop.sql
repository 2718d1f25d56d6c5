-- what the shop begins with
CREATE TABLE stock (name VARCHAR(50) PRIMARY KEY, pieces INT);
INSERT INTO stock VALUES ('net; small', 3);
