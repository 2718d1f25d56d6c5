-- the schema as a script, for those who begin a container with one
CREATE TABLE item (
  id BIGINT AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(50) NOT NULL UNIQUE,
  pieces INT NOT NULL,
  version INT NOT NULL DEFAULT 0
);
CREATE TABLE journal (
  id BIGINT AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(50) NOT NULL,
  pieces INT NOT NULL,
  asked_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
);
INSERT INTO item (name, pieces) VALUES ('buoy', 7);
