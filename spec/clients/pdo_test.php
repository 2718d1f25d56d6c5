<?php
// PHP PDO, with prepared statements of its own and of the server. Prints what it sees; compared with what a real MySQL gave
// (expected/). Arguments: port, Unix socket.
require __DIR__ . '/session.php';
ini_set('memory_limit', '1G');

function run(PDO $db, string $sql, array $parameters = []): void {
  echo '> ', preg_replace('/\s+/', ' ', $sql), "\n";
  try {
    $statement = $db->prepare($sql);
    foreach ($parameters as $i => $value) {
      $statement->bindValue($i + 1, $value, is_int($value) ? PDO::PARAM_INT : (is_null($value) ? PDO::PARAM_NULL : (is_bool($value) ? PDO::PARAM_BOOL : PDO::PARAM_STR)));
    }
    $statement->execute();
    do {
      if ($statement->columnCount() === 0) {
        echo 'ok: affected ', $statement->rowCount(), ', id ', $db->lastInsertId(), "\n";
        continue;
      }
      for ($i = 0; $i < $statement->columnCount(); $i++) {
        $meta = $statement->getColumnMeta($i);
        $details = in_array($meta['table'], ['every_type', 'keyed', 'parameters']) ? ", of {$meta['table']}, " . implode(' ', $meta['flags']) : '';
        echo "  column {$meta['name']}: ", $meta['native_type'] ?? '-', "$details\n";
      }
      while ($row = $statement->fetch(PDO::FETCH_NUM)) {
        echo '  row ', implode(' | ', array_map('show', $row)), "\n";
      }
    } while ($statement->nextRowset());
  } catch (PDOException $e) {
    echo 'error: ', $e->getCode(), ' ', $e->getMessage(), "\n";
  }
}

foreach ([[true, "host=127.0.0.1;port={$argv[1]}"], [false, "unix_socket={$argv[2]}"]] as [$emulates, $where]) {
  $db = new PDO("mysql:$where;charset=utf8mb4", 'root', '', [PDO::ATTR_EMULATE_PREPARES => $emulates, PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
  $db->exec('DROP DATABASE IF EXISTS pdo_clients');
  foreach (statements('pdo_clients') as $sql) {
    // what is left of the conditions after a statement that could not be prepared is MySQL's own affair
    if ($emulates || !preg_match('/WARNINGS|ERRORS|warning_count/', $sql)) { run($db, $sql); }
  }
  $db->exec('CREATE TABLE parameters (id INT AUTO_INCREMENT PRIMARY KEY, i BIGINT, de DECIMAL(20,5), db DOUBLE, v VARCHAR(50), b LONGBLOB, bo BOOL)');
  $insert = 'INSERT INTO parameters (i, de, db, v, b, bo) VALUES (?, ?, ?, ?, ?, ?)';
  run($db, $insert, [PHP_INT_MIN, '-123.456', '1e300', "日本 🐬 ' \\", "\0\xff\x80'", true]);
  run($db, $insert, array_fill(0, 6, null));
  run($db, 'SELECT * FROM parameters WHERE i <=> ? OR v = ?', [null, "日本 🐬 ' \\"]);
  $db->beginTransaction();
  run($db, 'DELETE FROM parameters');
  echo 'in transaction: ', var_export($db->inTransaction(), true), "\n";
  $db->rollBack();
  run($db, 'SELECT COUNT(*) FROM parameters');
  run($db, "SELECT 1; SELECT 2, 'x'");
  $big = str_repeat("\0\xff'x", 17 * 1024 * 256);
  $statement = $db->prepare('UPDATE parameters SET b = ?');
  $statement->bindValue(1, $big, PDO::PARAM_LOB);
  $statement->execute();
  $got = $db->query('SELECT b FROM parameters LIMIT 1')->fetchColumn();
  echo 'more than 16 MiB: ', var_export((is_resource($got) ? stream_get_contents($got) : $got) === $big, true), "\n";
  $db->setAttribute(PDO::MYSQL_ATTR_USE_BUFFERED_QUERY, false);
  run($db, 'SELECT * FROM (VALUES ROW(1), ROW(2), ROW(3)) AS x (n)');
  $db->exec('DROP DATABASE pdo_clients');
}
try {
  new PDO("mysql:host=127.0.0.1;port={$argv[1]}", 'nobody', 'wrong');
} catch (PDOException $e) {
  echo 'error: ', $e->getCode(), ' ', $e->getMessage(), "\n";
}
