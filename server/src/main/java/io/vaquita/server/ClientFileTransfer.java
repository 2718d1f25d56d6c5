package io.vaquita.server;

import io.vaquita.ClientFiles;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.protocol.PacketReader;
import io.vaquita.protocol.PacketWriter;
import io.vaquita.protocol.ProtocolException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Asks a client for a file and reads what it sends: LOCAL INFILE of the protocol. Confined to its connection.
 *
 * <pre>
 *   COM_QUERY ───────►
 *             ◄───────  0xFB, the file's name
 *   bytes     ───────►  as many packets as the client likes
 *   empty     ───────►  the end
 *             ◄───────  OK or error
 * </pre>
 *
 * <p>The client sends its file to the end whatever happens here, so an early {@link Transfer#close} reads and forgets the rest: the
 * connection stays in step.
 */
final class ClientFileTransfer implements ClientFiles {
  private static final int REQUEST = 0xFB;

  private final PacketReader in;
  private final PacketWriter out;
  private final SocketTransport transport;
  private final SessionSettings settings;

  ClientFileTransfer(
      PacketReader in, PacketWriter out, SocketTransport transport, SessionSettings settings) {
    this.in = in;
    this.out = out;
    this.transport = transport;
    this.settings = settings;
  }

  @Override
  public InputStream open(String name) throws IOException {
    out.begin();
    out.int1(REQUEST).bytes(name.getBytes(StandardCharsets.UTF_8));
    out.end();
    out.flush();
    in.expect(out.sequence());
    return new Transfer();
  }

  /** The packets of one file as a stream. */
  private final class Transfer extends InputStream {
    private int position;
    private int left;
    private boolean isAtEnd;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (left == 0 && !nextPacket()) {
        return -1;
      }
      int count = Math.min(length, left);
      System.arraycopy(in.array(), position, into, offset, count);
      position += count;
      left -= count;
      return count;
    }

    private boolean nextPacket() {
      if (isAtEnd) {
        return false;
      }
      // whatever goes wrong while packets are read, there is no further one to be had
      isAtEnd = true;
      transport.awaitNext(SocketTransport.Wait.PACKET, settings.readTimeoutNanos());
      try {
        if (!in.read()) {
          throw new EOFException("the client is gone");
        }
      } catch (ProtocolException e) {
        // the stream cannot be read further: the connection ends when it has said why
        transport.shutdownInput();
        throw new DatabaseException(
            e.error().number(), e.error().sqlState(), e.error().message(), e);
      } catch (DeadlineException e) {
        throw MySqlError.ER_NET_READ_INTERRUPTED.exception();
      } catch (IOException e) {
        throw MySqlError.ER_NET_READ_ERROR.exception();
      }
      position = in.offset();
      left = in.length();
      isAtEnd = left == 0;
      out.beginReply(in.nextSequence());
      return !isAtEnd;
    }

    /** Takes the rest that the client sends. */
    @Override
    public void close() {
      left = 0;
      while (nextPacket()) {
        left = 0;
      }
    }
  }
}
