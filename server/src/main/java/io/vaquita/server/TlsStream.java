package io.vaquita.server;

import io.vaquita.protocol.ByteSink;
import io.vaquita.protocol.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLSession;

/**
 * TLS over a connection's socket: plain bytes above, records below. Confined to its connection's thread. Deadlines are the
 * transport's, so that they hold during the handshake too.
 */
final class TlsStream implements ByteSource, ByteSink {
  private static final int PLAIN_BYTES_MAX = 16384;

  private final ByteSource source;
  private final ByteSink sink;
  private final SSLEngine engine;
  private byte[] encrypted;
  private int encryptedStart;
  private int encryptedEnd;
  private byte[] plain = new byte[0];
  private int plainStart;
  private int plainEnd;

  /**
   * @param received bytes that were read from the socket together with the packet that asked for TLS
   */
  TlsStream(ByteSource source, ByteSink sink, SSLEngine engine, byte[] received) {
    this.source = source;
    this.sink = sink;
    this.engine = engine;
    this.encrypted = Arrays.copyOf(received, Math.max(received.length, 2048));
    this.encryptedEnd = received.length;
  }

  /** Such as TLSv1.3; after the handshake. */
  String version() {
    return engine.getSession().getProtocol();
  }

  /** Such as TLS_AES_256_GCM_SHA384; after the handshake. */
  String cipher() {
    return engine.getSession().getCipherSuite();
  }

  void handshake() throws IOException {
    engine.beginHandshake();
    while (true) {
      HandshakeStatus status = engine.getHandshakeStatus();
      switch (status) {
        case NEED_WRAP -> wrap(ByteBuffer.allocate(0));
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          if (!unwrap()) {
            throw new EOFException("the stream ended inside the TLS handshake");
          }
        }
        case NEED_TASK -> runTasks();
        case FINISHED, NOT_HANDSHAKING -> {
          return;
        }
      }
    }
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  SSLSession session() {
    return engine.getSession();
  }

  @Override
  public void packetBegun() {
    source.packetBegun();
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (plainStart == plainEnd) {
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
        runTasks();
      } else if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        wrap(ByteBuffer.allocate(0));
      }
      if (!unwrap()) {
        return -1;
      }
    }
    int count = Math.min(length, plainEnd - plainStart);
    System.arraycopy(plain, plainStart, into, offset, count);
    plainStart += count;
    if (plainStart == plainEnd) {
      plain = new byte[0];
      plainStart = 0;
      plainEnd = 0;
    }
    return count;
  }

  /** Takes one record, reading until it is whole. */
  private boolean unwrap() throws IOException {
    while (true) {
      ByteBuffer from = ByteBuffer.wrap(encrypted, encryptedStart, encryptedEnd - encryptedStart);
      ByteBuffer into = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
      SSLEngineResult result = engine.unwrap(from, into);
      encryptedStart += result.bytesConsumed();
      switch (result.getStatus()) {
        case OK -> {
          if (result.bytesProduced() > 0) {
            plain = into.array();
            plainStart = 0;
            plainEnd = into.position();
          }
          return true;
        }
        case BUFFER_UNDERFLOW -> {
          if (!fill()) {
            return false;
          }
        }
        case CLOSED -> {
          return false;
        }
        case BUFFER_OVERFLOW ->
            throw new IOException("a TLS record larger than its session allows");
      }
    }
  }

  private boolean fill() throws IOException {
    if (encryptedStart > 0) {
      System.arraycopy(encrypted, encryptedStart, encrypted, 0, encryptedEnd - encryptedStart);
      encryptedEnd -= encryptedStart;
      encryptedStart = 0;
    }
    if (encryptedEnd == encrypted.length) {
      encrypted = Arrays.copyOf(encrypted, encrypted.length * 2);
    }
    if (encryptedEnd > 0) {
      // the rest of a record is the rest of a packet
      source.packetBegun();
    }
    int count = source.read(encrypted, encryptedEnd, encrypted.length - encryptedEnd);
    if (count < 0) {
      return false;
    }
    encryptedEnd += count;
    return true;
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      ByteBuffer piece = ByteBuffer.wrap(from, at, Math.min(PLAIN_BYTES_MAX, end - at));
      wrap(piece);
      at = piece.position();
    }
  }

  private void wrap(ByteBuffer piece) throws IOException {
    ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    SSLEngineResult result = engine.wrap(piece, record);
    if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
      throw new IOException("a TLS record larger than its session allows");
    }
    if (record.position() > 0) {
      sink.write(record.array(), 0, record.position());
    } else if (result.getStatus() == SSLEngineResult.Status.CLOSED && piece.hasRemaining()) {
      throw new IOException("the TLS session is closed");
    }
  }
}
