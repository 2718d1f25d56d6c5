/* A client that stops reading in the middle of a big result. Arguments: port. Built on libmariadb.
 *
 * It reads ten rows of a result of some hundred megabytes, waits for a line on standard input, and reads on. */
#include <mysql.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  if (argc < 2) return 2;
  MYSQL *mysql = mysql_init(NULL);
  if (!mysql_real_connect(mysql, "127.0.0.1", "root", "", NULL, (unsigned)atoi(argv[1]), NULL, 0)) {
    fprintf(stderr, "cannot connect: %s\n", mysql_error(mysql));
    return 1;
  }
  mysql_query(mysql, "SET SESSION net_write_timeout = 1, SESSION cte_max_recursion_depth = 1000000");
  if (mysql_query(mysql, "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 500000)"
                         " SELECT n, REPEAT('x', 1000) FROM r")) {
    fprintf(stderr, "error %u: %s\n", mysql_errno(mysql), mysql_error(mysql));
    return 1;
  }
  MYSQL_RES *result = mysql_use_result(mysql);
  unsigned long rows = 0;
  while (rows < 10 && mysql_fetch_row(result)) rows++;
  printf("connection %lu has read %lu rows and looks away\n", mysql_thread_id(mysql), rows);
  fflush(stdout);
  getchar();
  while (mysql_fetch_row(result)) rows++;
  if (mysql_errno(mysql)) {
    printf("after more rows: error %u: %s\n", mysql_errno(mysql), mysql_error(mysql));
  } else {
    printf("all rows, as if nothing had happened: %lu\n", rows);
  }
  mysql_free_result(result);
  mysql_close(mysql);
  return 0;
}
