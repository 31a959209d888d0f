package dev.parley.adapters.outbound.xmpp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * Sockets without the 40 ms that Nagle's algorithm (RFC 896) and delayed acknowledgements cost
 * together whenever one side writes twice and waits: a stanza and the request to acknowledge it, or
 * a page, which servers write stanza by stanza.
 */
final class PromptSockets extends SocketFactory {

  /** Sends at once, and acknowledges at once where the system can (Linux). */
  private static final class PromptSocket extends Socket {

    PromptSocket() throws IOException {
      setTcpNoDelay(true);
    }

    @Override
    public InputStream getInputStream() throws IOException {
      var in = super.getInputStream();
      return supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)
          ? new Acknowledged(in)
          : in;
    }

    /** The system goes back to its usual ways by and by, so it is told before each read. */
    private final class Acknowledged extends FilterInputStream {

      Acknowledged(InputStream in) {
        super(in);
      }

      @Override
      public int read() throws IOException {
        setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        return super.read();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        return super.read(bytes, offset, length);
      }
    }
  }

  private static Socket connected(SocketAddress remote, @Nullable SocketAddress local)
      throws IOException {
    var socket = new PromptSocket();
    try {
      socket.bind(local);
      socket.connect(remote);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public Socket createSocket() throws IOException {
    return new PromptSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket(InetAddress.getByName(host), port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(InetAddress.getByName(host), port, local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
  }
}
