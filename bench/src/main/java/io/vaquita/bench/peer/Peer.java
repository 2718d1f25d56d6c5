package io.vaquita.bench.peer;

import java.nio.file.Path;

/** The stores that are measured side by side. {@code log}: names of the files that hold what a restart replays. */
enum Peer {
  VAQUITA("Vaquita", "log-.*") {
    @Override
    KeyValueStore open(Path directory, boolean keepsLog) {
      return new VaquitaPeer(directory, keepsLog);
    }
  },
  MVSTORE("H2 MVStore", "none") {
    @Override
    KeyValueStore open(Path directory, boolean keepsLog) {
      return new MvStorePeer(directory);
    }
  },
  ROCKSDB("RocksDB", ".*\\.log") {
    @Override
    KeyValueStore open(Path directory, boolean keepsLog) {
      return new RocksPeer(directory, keepsLog);
    }
  };

  final String label;
  final String log;

  Peer(String label, String log) {
    this.label = label;
    this.log = log;
  }

  /** {@code keepsLog}: nothing is checkpointed or flushed, so that a restart has all to replay. */
  abstract KeyValueStore open(Path directory, boolean keepsLog);
}
