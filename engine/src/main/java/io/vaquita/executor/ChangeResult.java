package io.vaquita.executor;

/**
 * What INSERT, REPLACE, UPDATE or DELETE did. Immutable.
 *
 * @param affectedRows as in the OK packet: for UPDATE changed rows; for ON DUPLICATE KEY UPDATE 1 an inserted and 2 an updated row
 * @param matchedRows of UPDATE: rows found, which CLIENT_FOUND_ROWS clients get as affected rows (also 1 for an ON DUPLICATE KEY
 *     UPDATE that changed nothing); otherwise as {@code affectedRows}
 * @param generatedId the first AUTO_INCREMENT value that the statement generated: the new LAST_INSERT_ID(); 0 when none was
 * @param insertId last_insert_id of the OK packet: the generated one, or the last explicit value of the AUTO_INCREMENT column
 * @param records rows given to INSERT, for its info text; 0 for statements that have none
 * @param duplicates of INSERT: rows not inserted or replaced
 * @param info the start of the OK packet's info text, to which the session appends the warning count; empty for none
 */
public record ChangeResult(
    long affectedRows,
    long matchedRows,
    long generatedId,
    long insertId,
    long records,
    long duplicates,
    String info) {}
