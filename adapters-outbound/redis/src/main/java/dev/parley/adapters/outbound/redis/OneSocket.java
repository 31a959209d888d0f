package dev.parley.adapters.outbound.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Makes one connection and no other: a Jedis connection that has lost its socket would open another
 * one with its next command, and neither log in there nor know what became of the command before.
 */
final class OneSocket implements JedisSocketFactory {

  private final Address address;
  private final @Nullable Tls tls;
  private final Duration timeout;
  private @Nullable Socket socket;
  private boolean spent;
  private boolean closed;

  OneSocket(Address address, @Nullable Tls tls, Duration timeout) {
    this.address = address;
    this.tls = tls;
    this.timeout = timeout;
  }

  @Override
  public Socket createSocket() {
    try {
      spend();
      return connect();
    } catch (IOException failure) {
      close();
      throw new JedisConnectionException(failure);
    }
  }

  private synchronized void spend() throws IOException {
    if (spent) {
      throw new IOException("the connection was lost");
    }
    spent = true;
  }

  private Socket connect() throws IOException {
    IOException last = null;
    for (var host : Names.lookUp(address.host(), timeout)) {
      try {
        return connect(host);
      } catch (IOException next) {
        last = next;
      }
    }
    throw last != null ? last : new IOException("the host has no address");
  }

  private Socket connect(InetAddress host) throws IOException {
    var milliseconds = Math.toIntExact(timeout.toMillis());
    var plain = adopt(new Socket());
    try {
      plain.setTcpNoDelay(true);
      plain.setKeepAlive(true);
      plain.connect(new InetSocketAddress(host, address.port()), milliseconds);
      plain.setSoTimeout(milliseconds);
      return tls == null ? plain : encrypted(plain, tls);
    } catch (IOException failure) {
      plain.close();
      throw failure;
    }
  }

  private synchronized Socket adopt(Socket plain) throws IOException {
    if (closed) {
      plain.close();
      throw new IOException("the connection was closed");
    }
    socket = plain;
    return plain;
  }

  private Socket encrypted(Socket plain, Tls how) throws IOException {
    var encrypted =
        (SSLSocket) how.sockets().createSocket(plain, address.host(), address.port(), true);
    encrypted.setSSLParameters(how.parameters());
    try {
      encrypted.startHandshake();
    } catch (SocketTimeoutException silent) {
      // A server without TLS waits for the rest of what it takes for a command.
      throw new SSLException("no answer to the TLS greeting", silent);
    }
    return encrypted;
  }

  /** Closes the socket under any encryption, which would wait for the other side. */
  synchronized void close() {
    closed = true;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException gone) {
        return;
      }
    }
  }
}
