<?php
// PHP mysqli: text and prepared statements with every type, errors. Arguments: port.
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
function check($condition, $what) { if (!$condition) { fwrite(STDERR, "failed: $what\n"); exit(1); } }

$db = mysqli_init();
$db->options(MYSQLI_OPT_LOCAL_INFILE, true);
$db->real_connect('127.0.0.1', 'root', '', '', (int) $argv[1]);
$db->set_charset('utf8mb4');
$db->query('CREATE DATABASE IF NOT EXISTS php_clients');
$db->select_db('php_clients');
$db->query('DROP TABLE IF EXISTS t');
$db->query("CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, tiny TINYINT, big BIGINT, exact DECIMAL(10,3), dbl DOUBLE, fl FLOAT,
  c CHAR(5), v VARCHAR(20), vb VARBINARY(9), bl BLOB, da DATE, ti TIME(3), dt DATETIME(6), y YEAR, j JSON, b BIT(3), n INT)");
$blob = implode('', array_map('chr', range(0, 255)));
$values = [-128, PHP_INT_MIN, '-1234567.891', 0.1, 1.25, 'abc', '日本 é 🐬', "\x80\x00'\\", $blob, '2024-02-29', '-123:59:58.125',
  '2024-02-29 23:59:59.123456', 1999, '{"a": [1, "é"]}', 5, null];
$names = ['tiny', 'big', 'exact', 'dbl', 'fl', 'c', 'v', 'vb', 'bl', 'da', 'ti', 'dt', 'y', 'j', 'b', 'n'];
$insert = $db->prepare('INSERT INTO t (' . implode(',', $names) . ') VALUES (' . implode(',', array_fill(0, count($names), '?')) . ')');
$insert->bind_param('iisddsssssssisii', ...$values);
$insert->execute();
check($insert->affected_rows === 1 && $db->insert_id === 1, 'insert');
foreach ([false, true] as $prepared) {
  if ($prepared) {
    $select = $db->prepare('SELECT * FROM t WHERE id = ?');
    $id = 1; $select->bind_param('i', $id); $select->execute();
    $row = $select->get_result()->fetch_assoc();
  } else {
    $row = $db->query('SELECT * FROM t WHERE id = 1')->fetch_assoc();
  }
  foreach ($names as $i => $name) {
    check($values[$i] === null ? $row[$name] === null : (string) $row[$name] === (string) $values[$i],
      ($prepared ? 'prepared ' : 'text ') . $name . ': ' . var_export($row[$name], true));
  }
}
$db->begin_transaction();
$db->query('INSERT INTO t (tiny) VALUES (1), (2)');
check($db->info === 'Records: 2  Duplicates: 0  Warnings: 0', 'info: ' . $db->info);
$db->rollback();
check($db->query('SELECT COUNT(*) FROM t')->fetch_row()[0] == 1, 'rollback');
foreach (['SELECT * FROM missing' => [1146, '42S02'], 'SELECT FROM' => [1064, '42000'], 'INSERT INTO t (id) VALUES (1)' => [1062, '23000']] as $sql => [$number, $state]) {
  try { $db->query($sql); check(false, $sql); }
  catch (mysqli_sql_exception $e) { check($e->getCode() === $number && $e->getSqlState() === $state, $e->getMessage()); }
}
$file = tempnam(sys_get_temp_dir(), 'vaquita');
file_put_contents($file, "7\n8\n9\n");
$db->query("LOAD DATA LOCAL INFILE '$file' INTO TABLE t (tiny)");
check($db->info === 'Records: 3  Deleted: 0  Skipped: 0  Warnings: 0', 'info: ' . $db->info);
unlink($file);
check($db->multi_query('SELECT 1; SELECT 2, 3'), 'multi_query');
$results = 0;
do { $result = $db->store_result(); $results++; } while ($db->more_results() && $db->next_result());
check($results === 2, 'results');
check($db->change_user('root', '', 'php_clients'), 'change_user');
check($db->query('SELECT DATABASE()')->fetch_row()[0] === 'php_clients', 'schema after change_user');
check(str_contains($db->stat(), 'Uptime'), 'stat');
$db->close();
