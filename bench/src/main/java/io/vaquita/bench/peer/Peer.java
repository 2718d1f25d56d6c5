package io.vaquita.bench.peer;

import io.vaquita.bench.load.MariaDbProcess;
import io.vaquita.bench.load.VaquitaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The stores that are measured side by side, and servers with SQL before their stores. {@code data}: names of the files that hold the rows;
 * {@code log}: of those that hold what a restart replays.
 */
enum Peer {
  VAQUITA("Vaquita", Names.VAQUITA, "log-.*") {
    @Override
    KeyValueStore open(Path directory, boolean keepsLog) {
      return new VaquitaPeer(directory, keepsLog);
    }
  },
  MVSTORE("H2 MVStore", ".*", "none") {
    @Override
    KeyValueStore open(Path directory, boolean keepsLog) {
      return new MvStorePeer(directory);
    }
  },
  ROCKSDB("RocksDB", "(?!.*\\.log|LOG).*", ".*\\.log") {
    @Override
    KeyValueStore open(Path directory, boolean keepsLog) {
      return new RocksPeer(directory, keepsLog);
    }
  },
  VAQUITA_SQL("Vaquita, SQL", Names.VAQUITA, "log-.*") {
    @Override
    KeyValueStore open(Path directory, boolean keepsLog) throws IOException {
      return new SqlPeer(
          VaquitaProcess.launch(Runtime.getRuntime().maxMemory(), "--data", directory.toString()));
    }
  },
  MARIADB("MariaDB, SQL", "entries\\.ibd", "none") {
    @Override
    KeyValueStore open(Path directory, boolean keepsLog) throws IOException {
      return new SqlPeer(
          MariaDbProcess.start(
              directory,
              List.of(
                  "--innodb-buffer-pool-size=" + Runtime.getRuntime().maxMemory() / 10 * 4,
                  "--innodb-log-file-size=1G",
                  "--innodb-flush-log-at-trx-commit=2")));
    }

    @Override
    boolean isHere() {
      return MariaDbProcess.isInstalled();
    }
  };

  /** Constants of an enum are not there yet when its values are made. */
  private static final class Names {
    static final String VAQUITA = "(?!log-|spare-).*";
  }

  final String label;
  final String data;
  final String log;

  Peer(String label, String data, String log) {
    this.label = label;
    this.data = data;
    this.log = log;
  }

  /** Whether this machine has it. */
  boolean isHere() {
    return true;
  }

  /** {@code keepsLog}: nothing is checkpointed or flushed, so that a restart has all to replay. */
  abstract KeyValueStore open(Path directory, boolean keepsLog) throws IOException;
}
