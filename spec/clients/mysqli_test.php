<?php
// PHP mysqli (mysqlnd). Prints what it sees; compared with what a real MySQL gave (expected/). Arguments: port, Unix socket.
require __DIR__ . '/session.php';
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
ini_set('memory_limit', '1G');

function show_result(mysqli_result $result): void {
  foreach ($result->fetch_fields() as $f) {
    $details = $f->db === 'mysqli_clients' && $f->orgtable !== '' ? ", of $f->orgtable.$f->orgname, flags $f->flags, length $f->length, decimals $f->decimals" : '';
    echo "  column $f->name: type $f->type$details\n";
  }
  while ($row = $result->fetch_row()) {
    echo '  row ', implode(' | ', array_map('show', $row)), "\n";
  }
}

function run(mysqli $db, string $sql): void {
  echo '> ', preg_replace('/\s+/', ' ', $sql), "\n";
  try {
    $result = $db->query($sql);
    if ($result instanceof mysqli_result) {
      show_result($result);
    } else {
      echo "ok: affected $db->affected_rows, id $db->insert_id, warnings $db->warning_count, info ", var_export($db->info, true), "\n";
    }
  } catch (mysqli_sql_exception $e) {
    echo 'error: ', $e->getCode(), ' ', $e->getSqlState(), ' ', $e->getMessage(), "\n";
  }
}

function prepared(mysqli $db, string $sql, string $types = '', array $values = []): void {
  echo '> prepared ', preg_replace('/\s+/', ' ', $sql), "\n";
  try {
    $statement = $db->prepare($sql);
    if ($types !== '') { $statement->bind_param($types, ...$values); }
    $statement->execute();
    $result = $statement->get_result();
    if ($result) {
      show_result($result);
    } else {
      echo "ok: affected $statement->affected_rows, id $statement->insert_id\n";
    }
    $statement->close();
  } catch (mysqli_sql_exception $e) {
    echo 'error: ', $e->getCode(), ' ', $e->getSqlState(), ' ', $e->getMessage(), "\n";
  }
}

$port = (int) $argv[1];
foreach (['', $argv[2]] as $socket) {
  $db = new mysqli($socket === '' ? '127.0.0.1' : 'localhost', 'root', '', '', $port, $socket);
  $db->set_charset('utf8mb4');
  $db->query('DROP DATABASE IF EXISTS mysqli_clients');
  foreach (statements('mysqli_clients') as $sql) {
    if (str_starts_with($sql, 'TRUNCATE')) {
      prepared($db, 'SELECT * FROM every_type WHERE id > ? ORDER BY id', 'i', [0]);
      prepared($db, 'SELECT fl, db, fl * 3, de + 1, 1 / 3, tm6, ts6, ye FROM every_type ORDER BY id');
      prepared($db, 'SELECT * FROM missing');
      prepared($db, 'SELECT ?, ?, ?, ? IS NULL', 'idsb', [-5, 0.5, 'é🐬', null]);
      prepared($db, 'INSERT INTO keyed (u, v) VALUES (?, ?)', 'is', [77, 'é🐬']);
      prepared($db, 'INSERT INTO keyed (u, v) VALUES (?, ?)', 'is', [77, 'x']);
    }
    run($db, $sql);
  }
  $db->query('CREATE TABLE parameters (id INT AUTO_INCREMENT PRIMARY KEY, i BIGINT, de DECIMAL(20,5), db DOUBLE, v VARCHAR(50), b LONGBLOB, tm TIME(6))');
  $insert = $db->prepare('INSERT INTO parameters (i, de, db, v, b, tm) VALUES (?, ?, ?, ?, ?, ?)');
  $i = PHP_INT_MIN; $de = '-123.456'; $d = 1e300; $v = "日本 🐬 ' \\"; $b = null; $tm = '-30:00:00.000005';
  $insert->bind_param('isdsbs', $i, $de, $d, $v, $b, $tm);
  $insert->send_long_data(4, "\0\xff");
  $insert->send_long_data(4, 'é');
  $insert->execute();
  $i = null; $v = null; $tm = '838:59:59';
  $insert->execute();
  echo "insert: $insert->affected_rows, id $insert->insert_id\n";
  prepared($db, 'SELECT * FROM parameters');
  $cursor = $db->prepare('SELECT id, i FROM parameters UNION ALL SELECT n, n FROM (VALUES ROW(7), ROW(8), ROW(9)) AS x (n)');
  $cursor->attr_set(MYSQLI_STMT_ATTR_CURSOR_TYPE, MYSQLI_CURSOR_TYPE_READ_ONLY);
  $cursor->execute();
  $cursor->bind_result($id, $n);
  while ($cursor->fetch()) { echo '  cursor ', show($id), ' | ', show($n), "\n"; }
  $cursor->close();
  $db->multi_query("SELECT 1; UPDATE parameters SET i = 5; SELECT 2, 'x'; SELECT * FROM missing; SELECT 3");
  try {
    do {
      if ($result = $db->store_result()) { show_result($result); } else { echo "ok: affected $db->affected_rows, info ", $db->info, "\n"; }
    } while ($db->more_results() && $db->next_result());
  } catch (mysqli_sql_exception $e) {
    echo 'error: ', $e->getCode(), ' ', $e->getSqlState(), ' ', $e->getMessage(), "\n";
  }
  $big = str_repeat("\0\xff'x", 17 * 1024 * 256);
  $insert->bind_param('isdsbs', $i, $de, $d, $v, $b, $tm);
  foreach (str_split($big, 1 << 20) as $piece) { $insert->send_long_data(4, $piece); }
  $insert->execute();
  echo 'more than 16 MiB: ', var_export($db->query("SELECT b FROM parameters WHERE id = $insert->insert_id")->fetch_row()[0] === $big, true), "\n";
  $db->begin_transaction(MYSQLI_TRANS_START_READ_ONLY);
  run($db, 'DELETE FROM parameters');
  $db->rollback();
  echo 'change_user: ', var_export($db->change_user('root', '', 'mysqli_clients'), true), "\n";
  run($db, 'SELECT DATABASE(), USER(), @a IS NULL');
  echo 'stat: ', preg_replace('/[0-9.]+/', 'N', $db->stat()), "\n";
  $db->query('DROP DATABASE mysqli_clients');
  $db->close();
}
try {
  new mysqli('127.0.0.1', 'nobody', 'wrong', '', $port);
} catch (mysqli_sql_exception $e) {
  echo 'error: ', $e->getCode(), ' ', $e->getMessage(), "\n";
}
$db = mysqli_init();
$db->options(MYSQLI_OPT_INT_AND_FLOAT_NATIVE, true);
$db->real_connect('127.0.0.1', 'root', '', '', $port, null, MYSQLI_CLIENT_COMPRESS | MYSQLI_CLIENT_SSL | MYSQLI_CLIENT_SSL_DONT_VERIFY_SERVER_CERT);
run($db, "SELECT LENGTH(REPEAT('x', 100000)), 1.5e0, 2");
