package io.vaquita.server.inprocess;

import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.StandardSocketFactory;
import java.net.Socket;

/** For Connector/J: {@code jdbc:mysql://127.0.0.1:NUMBER/?socketFactory=io.vaquita.server.inprocess.ConnectorJSockets}. One object a connection. */
public final class ConnectorJSockets extends StandardSocketFactory {
  /** For the driver. */
  public ConnectorJSockets() {}

  @Override
  protected Socket createSocket(PropertySet properties) {
    return new PipeSocket();
  }
}
