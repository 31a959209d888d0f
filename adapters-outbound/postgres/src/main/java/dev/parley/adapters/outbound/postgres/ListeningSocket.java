package dev.parley.adapters.outbound.postgres;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import javax.net.SocketFactory;

/**
 * A socket that answers at once when the driver peeks. After each notification the driver looks for
 * another one, and waits a millisecond for it: longer than all else between a post and its push.
 */
final class ListeningSocket extends Socket {

  /** What the driver sets while it peeks, and at no other time. */
  private static final int PEEKING_MILLIS = 1;

  private volatile boolean peeking;

  private ListeningSocket() {}

  @Override
  public void setSoTimeout(int millis) throws SocketException {
    peeking = millis == PEEKING_MILLIS;
    super.setSoTimeout(millis);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {

      @Override
      public int read() throws IOException {
        checkPeek();
        return super.read();
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        checkPeek();
        return super.read(buffer, offset, length);
      }

      private void checkPeek() throws IOException {
        if (peeking && available() == 0) {
          throw new SocketTimeoutException("there is nothing more right now");
        }
      }
    };
  }

  /** Makes such sockets; public because the driver makes it, by its name. */
  public static final class Factory extends SocketFactory {

    @Override
    public Socket createSocket() {
      return new ListeningSocket();
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw connectsItself();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
      throw connectsItself();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw connectsItself();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
      throw connectsItself();
    }

    private static UnsupportedOperationException connectsItself() {
      return new UnsupportedOperationException("the driver connects its sockets itself");
    }
  }
}
