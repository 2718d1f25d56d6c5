package io.vaquita.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Stands between client and server and, once armed, hands a COMMIT on but cuts the connection instead of the answer. Thread-safe. */
final class CuttingRelay implements AutoCloseable {
  private final ServerSocket listening;
  private final int serverPort;
  private volatile boolean isArmed;

  CuttingRelay(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  void cutTheNextCommit() {
    isArmed = true;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        Thread.startVirtualThread(() -> copy(client, server, true));
        Thread.startVirtualThread(() -> copy(server, client, false));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void copy(Socket from, Socket to, boolean isCommand) {
    byte[] buffer = new byte[16384];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int count;
      while ((count = in.read(buffer)) > 0) {
        boolean cuts =
            isCommand
                && isArmed
                && new String(buffer, 0, count, StandardCharsets.ISO_8859_1).contains("COMMIT");
        if (cuts) {
          isArmed = false;
          from.close();
        }
        out.write(buffer, 0, count);
        out.flush();
      }
    } catch (IOException e) {
      // one side is gone
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
