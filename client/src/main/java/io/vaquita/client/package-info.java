/**
 * The client kit: a guard and a pool over any {@link javax.sql.DataSource} of MySQL, MariaDB or Vaquita, transactions that retry what may
 * be retried, named locks that say when they are lost. No engine, no driver: the drivers stay the API.
 */
@NullMarked
package io.vaquita.client;

import org.jspecify.annotations.NullMarked;
