package dev.parley.adapters.outbound.clientdocuments;

import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** A server at https://client.test on a free port of this machine, which answers as it is told. */
final class TlsServer implements AutoCloseable {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private final SSLContext context;
  private final SSLServerSocket listening;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private volatile Answer answer = out -> {};

  /** Writes an answer, byte by byte if it likes. */
  @FunctionalInterface
  interface Answer {
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  TlsServer(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
    this.context = context(certificate(folder));
    this.listening =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  private static Path certificate(Path folder) throws IOException, InterruptedException {
    var store = folder.resolve("server.p12");
    if (Files.notExists(store)) {
      var keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "server",
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=client.test",
                  "-ext",
                  "san=dns:client.test,ip:127.0.0.1",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  store.toString(),
                  "-storepass",
                  new String(PASSWORD))
              .redirectErrorStream(true)
              .start();
      var said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        throw new IllegalStateException("keytool: " + said);
      }
    }
    return store;
  }

  private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
    var keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("server"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /** What trusts this server. */
  Tls trusting() {
    return Tls.builder().sslContext(context).build();
  }

  int port() {
    return listening.getLocalPort();
  }

  /** The heads of all requests so far. */
  List<String> requests() {
    return requests;
  }

  /** How many connections are open now. */
  int open() {
    return open.get();
  }

  void answer(Answer next) {
    this.answer = next;
  }

  /** Answers from now on with a status and a document. */
  void answer(String statusAndHeaders, String body) {
    answer(out ->
        out.write(
            ("HTTP/1.1 "
                    + statusAndHeaders
                    + "\r\nContent-Length: "
                    + body.getBytes(StandardCharsets.UTF_8).length
                    + "\r\n\r\n"
                    + body)
                .getBytes(StandardCharsets.UTF_8)));
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        var socket = listening.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    open.incrementAndGet();
    try (socket) {
      var head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        var c = socket.getInputStream().read();
        if (c < 0) {
          return;
        }
        head.append((char) c);
      }
      requests.add(head.toString());
      answer.write(socket.getOutputStream());
      socket.getOutputStream().flush();
    } catch (IOException _) {
      // The client went away, as some of these tests want.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      open.decrementAndGet();
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
