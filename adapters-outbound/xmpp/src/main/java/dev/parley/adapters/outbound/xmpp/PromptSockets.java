package dev.parley.adapters.outbound.xmpp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Sockets that send at once. A stanza and the request to acknowledge it are two writes, of which
 * the second would wait for the server's delayed acknowledgement of the first (RFC 896), which
 * comes 40 ms later.
 */
final class PromptSockets extends SocketFactory {

  private final SocketFactory usual = SocketFactory.getDefault();

  private static Socket prompt(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public Socket createSocket() throws IOException {
    return prompt(usual.createSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return prompt(usual.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return prompt(usual.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return prompt(usual.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return prompt(usual.createSocket(host, port, local, localPort));
  }
}
