CREATE TABLE item (
  id BIGINT AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(50) NOT NULL UNIQUE,
  pieces INT NOT NULL,
  version INT NOT NULL DEFAULT 0
);
INSERT INTO item (name, pieces) VALUES ('net', 3), ('float', 12);
