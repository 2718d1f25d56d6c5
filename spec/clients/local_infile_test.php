<?php
// LOAD DATA LOCAL with PHP mysqli. Arguments: port.
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
$db = mysqli_init();
$db->options(MYSQLI_OPT_LOCAL_INFILE, true);
$db->real_connect('127.0.0.1', 'root', '', '', (int) $argv[1]);
$db->query('CREATE DATABASE mysqli_local');
$db->query('CREATE TABLE mysqli_local.t (tiny TINYINT)');
$file = tempnam(sys_get_temp_dir(), 'vaquita');
file_put_contents($file, "7\n8\n9\n");
$db->query("LOAD DATA LOCAL INFILE '$file' INTO TABLE mysqli_local.t (tiny)");
unlink($file);
if ($db->info !== 'Records: 3  Deleted: 0  Skipped: 0  Warnings: 0') { fwrite(STDERR, "info: $db->info\n"); exit(1); }
