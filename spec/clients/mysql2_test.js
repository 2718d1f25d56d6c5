// Node mysql2: text and prepared statements with every type, errors. Arguments: port.
const assert = require('assert');
const mysql = require('mysql2/promise');

async function main(port) {
  const db = await mysql.createConnection({ host: '127.0.0.1', port, user: 'root', supportBigNumbers: true, dateStrings: true, charset: 'utf8mb4' });
  await db.query('CREATE DATABASE IF NOT EXISTS node_clients');
  await db.changeUser({ database: 'node_clients' });
  await db.query('DROP TABLE IF EXISTS t');
  await db.query(`CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, tiny TINYINT, big BIGINT UNSIGNED, exact DECIMAL(10,3), dbl DOUBLE,
    c CHAR(5), v VARCHAR(20), vb VARBINARY(9), bl BLOB, da DATE, ti TIME, dt DATETIME(6), y YEAR, j JSON, n INT)`);
  const blob = Buffer.from([...Array(256).keys()]);
  const row = { tiny: -128, big: '18446744073709551615', exact: '-1234567.891', dbl: 0.1, c: 'abc', v: '日本 é 🐬',
    vb: Buffer.from([128, 0, 39, 92]), bl: blob, da: '2024-02-29', ti: '-123:59:58', dt: '2024-02-29 23:59:59.123456', y: 1999,
    j: '{"a": [1, "é"]}', n: null };
  const names = Object.keys(row);
  const sql = `INSERT INTO t (${names.join(',')}) VALUES (${names.map(() => '?').join(',')})`;
  const [inserted] = await db.execute(sql, Object.values(row));
  assert.strictEqual(inserted.insertId, 1);
  await db.query(sql, Object.values(row));
  for (const id of [1, 2]) {
    for (const how of ['query', 'execute']) {
      const [[got]] = await db[how]('SELECT * FROM t WHERE id = ?', [id]);
      for (const name of names) {
        const wanted = name === 'j' ? JSON.parse(row.j) : row[name];
        assert.deepStrictEqual(got[name], wanted, `${how} ${id} ${name}`);
      }
    }
  }
  await db.beginTransaction();
  await db.query('DELETE FROM t');
  await db.rollback();
  assert.strictEqual((await db.query('SELECT COUNT(*) AS n FROM t'))[0][0].n, 2);
  for (const [bad, number, state] of [['SELECT * FROM missing', 1146, '42S02'], ['SELECT FROM', 1064, '42000'], ['INSERT INTO t (id) VALUES (1)', 1062, '23000']]) {
    await assert.rejects(db.query(bad), (e) => e.errno === number && e.sqlState === state);
  }
  await db.ping();
  await db.end();
  const zlib = await mysql.createConnection({ host: '127.0.0.1', port, user: 'root', compress: true, ssl: { rejectUnauthorized: false } });
  assert.strictEqual((await zlib.query("SELECT REPEAT('x', 100000) AS x"))[0][0].x.length, 100000);
  await zlib.end();
}

main(Number(process.argv[2])).catch((e) => { console.error(e); process.exit(1); });
