// Node mysql2. Prints what it sees; compared with what a real MySQL gave (expected/). Arguments: port, Unix socket.
const fs = require('fs');
const path = require('path');
const mysql = require('mysql2/promise');

function statements(schema) {
  const text = fs.readFileSync(path.join(__dirname, 'statements.sql'), 'utf8').replaceAll('{schema}', schema);
  return text.replace(/^--.*\n/gm, '').split(';\n').map((s) => s.trim()).filter((s) => s);
}

function show(value) {
  if (Buffer.isBuffer(value)) return `bytes ${value.toString('hex')}`;
  if (value instanceof Date) return `date ${Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString()}`;
  if (value !== null && typeof value === 'object') return `object ${JSON.stringify(value)}`;
  return `${typeof value} ${typeof value === 'string' ? JSON.stringify(value) : value}`;
}

function print(result, fields) {
  if (!Array.isArray(result)) {
    console.log(`ok: affected ${result.affectedRows}, id ${result.insertId}, warnings ${result.warningStatus}, info ${JSON.stringify(result.info)}`);
    return;
  }
  for (const f of fields) {
    const details = f.schema === 'mysql2_clients' && f.orgTable ? `, of ${f.orgTable}.${f.orgName}, flags ${f.flags}, length ${f.columnLength}, decimals ${f.decimals}` : '';
    console.log(`  column ${f.name}: type ${f.columnType}${details}`);
  }
  for (const row of result) console.log(`  row ${row.map(show).join(' | ')}`);
}

async function run(db, sql, how = 'query', values = undefined) {
  console.log(`> ${how === 'execute' ? 'prepared ' : ''}${sql.replace(/\s+/g, ' ')}`);
  try {
    const [result, fields] = await db[how]({ sql, rowsAsArray: true }, values);
    if (Array.isArray(fields) && Array.isArray(fields[0]) || Array.isArray(fields) && fields.includes(undefined)) {
      result.forEach((r, i) => print(r, fields[i]));
    } else {
      print(result, fields);
    }
  } catch (e) {
    console.log(`error: ${e.errno} ${e.sqlState} ${e.message}`);
  }
}

async function main(port, socketPath) {
  for (const where of [{ host: '127.0.0.1', port, dateStrings: true }, { socketPath, timezone: 'Z' }]) {
    const db = await mysql.createConnection({ user: 'root', supportBigNumbers: true, charset: 'utf8mb4', multipleStatements: true, ...where });
    await db.query('DROP DATABASE IF EXISTS mysql2_clients');
    for (const sql of statements('mysql2_clients')) {
      if (sql.startsWith('TRUNCATE')) {
        await run(db, 'SELECT * FROM every_type WHERE id > ? ORDER BY id', 'execute', [0]);
        await run(db, 'SELECT fl, db, fl * 3, de + 1, 1 / 3, tm6, ts6, ye FROM every_type ORDER BY id', 'execute');
        await run(db, 'SELECT * FROM missing', 'execute');
        await run(db, 'SELECT ?, ?, ?, ? IS NULL, ?, ?', 'execute', [-5, 0.5, 'é🐬', null, Buffer.from([0, 255]), true]);
        await run(db, 'INSERT INTO keyed (u, v) VALUES (?, ?)', 'execute', [77, 'é🐬']);
        await run(db, 'INSERT INTO keyed (u, v) VALUES (?, ?)', 'execute', [77, 'x']);
      }
      await run(db, sql);
    }
    await run(db, 'CREATE TABLE parameters (id INT AUTO_INCREMENT PRIMARY KEY, i BIGINT, db DOUBLE, v VARCHAR(50), b LONGBLOB, dt DATETIME(3), j JSON)');
    const values = ['-9223372036854775808', 1e300, "日本 🐬 ' \\", Buffer.from([...Array(256).keys()]), new Date(Date.UTC(2024, 1, 29, 12, 0, 0, 125)), '{"a": [1]}'];
    for (const how of ['query', 'execute']) {
      await run(db, 'INSERT INTO parameters (i, db, v, b, dt, j) VALUES (?, ?, ?, ?, ?, ?)', how, values);
      await run(db, 'SELECT * FROM parameters WHERE v = ?', how, [values[2]]);
    }
    await db.beginTransaction();
    await run(db, 'DELETE FROM parameters');
    await db.rollback();
    await run(db, "SELECT COUNT(*) FROM parameters; UPDATE parameters SET i = 5; SELECT 2, 'x'");
    await run(db, 'SELECT 1; SELECT * FROM missing; SELECT 3');
    const big = Buffer.alloc(17 * 1024 * 1024, "\0ÿ'x", 'latin1');
    for (const how of ['query', 'execute']) {
      await db[how]('UPDATE parameters SET b = ? LIMIT 1', [big]);
      console.log('more than 16 MiB:', (await db[how]('SELECT b FROM parameters LIMIT 1'))[0][0].b.equals(big));
    }
    const rows = [];
    for await (const row of db.connection.query({ sql: 'SELECT n FROM (VALUES ROW(1), ROW(2), ROW(3)) AS x (n)', rowsAsArray: true }).stream()) rows.push(row[0]);
    console.log('streamed:', rows.join());
    await db.changeUser({ user: 'root', database: 'mysql2_clients' });
    await run(db, 'SELECT DATABASE(), @a IS NULL');
    await db.query('DROP DATABASE mysql2_clients');
    await db.ping();
    await db.end();
  }
  await mysql.createConnection({ host: '127.0.0.1', port, user: 'nobody', password: 'wrong' }).catch((e) => console.log(`error: ${e.errno} ${e.sqlState} ${e.message}`));
  const zlib = await mysql.createConnection({ host: '127.0.0.1', port, user: 'root', compress: true, ssl: { rejectUnauthorized: false } });
  await run(zlib, "SELECT LENGTH(REPEAT('x', 100000)), REPEAT('y', 200)");
  await zlib.end();
}

main(Number(process.argv[2]), process.argv[3]).catch((e) => { console.error(e); process.exit(1); });
