package io.vaquita.server;

import io.vaquita.Session;
import io.vaquita.value.CharacterSet;
import io.vaquita.value.CharacterSets;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The session's variables that the protocol layer goes by, read again when one was set. Confined to its connection. */
final class SessionSettings {
  private final Session session;
  private final List<Runnable> listeners = new ArrayList<>(2);
  private long version = -1;
  private long waitTimeoutNanos;
  private long readTimeoutNanos;
  private long writeTimeoutNanos;
  private long idleTransactionNanos;
  private long packetBytesMax;
  private int bufferBytes;
  private boolean sendsMetadata = true;
  private @Nullable CharacterSet clientSet;
  private @Nullable CharacterSet resultSet;
  private int resultCollationId;
  private int resultCharacterBytesMax;
  private int textCharacterBytesMax;
  private Collation connectionCollation = Collations.UTF8MB4_0900_AI_CI;

  SessionSettings(Session session) {
    this.session = session;
    refresh();
  }

  /** Runs {@code listener} whenever anything was read again. */
  void onChange(Runnable listener) {
    listeners.add(listener);
  }

  void refresh() {
    long now = session.variablesVersion();
    if (now == version) {
      return;
    }
    version = now;
    waitTimeoutNanos = seconds("wait_timeout", 28800);
    readTimeoutNanos = seconds("net_read_timeout", 30);
    writeTimeoutNanos = seconds("net_write_timeout", 60);
    idleTransactionNanos = seconds("idle_transaction_timeout", 0);
    packetBytesMax = number("max_allowed_packet", 64 << 20);
    bufferBytes = (int) number("net_buffer_length", 16384);
    sendsMetadata = !session.variable("resultset_metadata").equals("NONE");
    clientSet = converted("character_set_client");
    readResultSet();
    Collation collation = Collations.byName(session.variable("collation_connection"));
    connectionCollation = collation == null ? Collations.UTF8MB4_0900_AI_CI : collation;
    listeners.forEach(Runnable::run);
  }

  private void readResultSet() {
    String name = session.variable("character_set_results");
    CharacterSet set = CharacterSets.byName(name);
    resultSet = converted("character_set_results");
    boolean isAsStored = set == null || set.name().equals("binary");
    CharacterSet sent = set == null || isAsStored ? CharacterSet.UTF8MB4 : set;
    resultCollationId = Collations.defaultFor(sent).id();
    resultCharacterBytesMax = sent.bytesPerCharacterMax();
    textCharacterBytesMax = isAsStored ? 1 : resultCharacterBytesMax;
  }

  /** A character set that texts must be converted from or to; null when they are UTF-8 or bytes as they are. */
  private @Nullable CharacterSet converted(String variable) {
    CharacterSet set = CharacterSets.byName(session.variable(variable));
    if (set == null) {
      return null;
    }
    String name = set.name().toLowerCase(Locale.ROOT);
    return name.startsWith("utf8") || name.equals("binary") ? null : set;
  }

  private long number(String variable, long otherwise) {
    String text = session.variable(variable);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  private long seconds(String variable, long otherwise) {
    return TimeUnit.SECONDS.toNanos(number(variable, otherwise));
  }

  long waitTimeoutNanos() {
    return waitTimeoutNanos;
  }

  long readTimeoutNanos() {
    return readTimeoutNanos;
  }

  long writeTimeoutNanos() {
    return writeTimeoutNanos;
  }

  /** idle_transaction_timeout; 0: none. */
  long idleTransactionNanos() {
    return idleTransactionNanos;
  }

  /** net_buffer_length: finished packets are written when there is so much of them, and kept as memory while idle. */
  int bufferBytes() {
    return bufferBytes;
  }

  long packetBytesMax() {
    return packetBytesMax;
  }

  /** resultset_metadata, for clients with OPTIONAL_RESULTSET_METADATA. */
  boolean sendsMetadata() {
    return sendsMetadata;
  }

  /** What statement texts are converted from; null for UTF-8. */
  @Nullable CharacterSet clientSet() {
    return clientSet;
  }

  /** What results are converted to; null for UTF-8. */
  @Nullable CharacterSet resultSet() {
    return resultSet;
  }

  /** The collation id that character columns of results carry. */
  int resultCollationId() {
    return resultCollationId;
  }

  int resultCharacterBytesMax() {
    return resultCharacterBytesMax;
  }

  /** As above for the TEXT family, whose length is one of bytes where results are not converted. */
  int textCharacterBytesMax() {
    return textCharacterBytesMax;
  }

  /** The collation of string parameters. */
  Collation connectionCollation() {
    return connectionCollation;
  }
}
