package dev.parley.adapters.outbound.xmpp;

import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.server.Certificates;
import dev.parley.conformance.server.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What can be wrong with a configuration or its server, with the servers that are wrong. */
final class Misconfigurations implements AutoCloseable {

  private final XmppServer server;
  private final ServerSocket webServer;
  private final ProsodyServer special;
  private final Certificates certificates;

  Misconfigurations(XmppServer server) {
    this.server = server;
    try {
      webServer = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var _ = Thread.ofVirtual().start(this::refuse);
    special = ProsodyServer.old(ProsodyServer.RESTRICTED);
    certificates = Certificates.make(special.folder(), "server", "dns:" + XmppServer.DOMAIN);
    special.start();
  }

  private void refuse() {
    try {
      while (true) {
        try (var client = webServer.accept()) {
          client
              .getOutputStream()
              .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  List<Misconfiguration> table() {
    var nobody = "127.0.0.1:" + Ports.free();
    var table = new ArrayList<Misconfiguration>();
    table.add(
        fault(
            "wrong host",
            Map.of("service", "xmpp://no-such-host.invalid:5222", "tls", "none"),
            "no-such-host.invalid",
            "cannot be found",
            "service"));
    table.add(
        fault("wrong port", Map.of("service", "xmpp://" + nobody), nobody, "start it", "service"));
    table.add(
        fault(
            "not an XMPP server",
            Map.of("service", "xmpp://127.0.0.1:" + webServer.getLocalPort()),
            "XMPP server",
            "port"));
    table.add(
        fault(
            "wrong password", Map.of("password", "wr0ng-w0rd"), "parley@parley.test", "password"));
    table.add(
        fault("unknown account", Map.of("username", "nobody"), "nobody@parley.test", "check"));
    table.add(
        fault("wrong domain", Map.of("domain", "elsewhere.test"), "elsewhere.test", "domain"));
    table.add(
        fault(
            "no service with rooms",
            Map.of("muc_service", "nothing.parley.test"),
            "nothing.parley.test",
            "multi-user chat",
            "muc_service"));
    table.add(
        fault(
            "a service without rooms",
            Map.of("muc_service", XmppServer.DOMAIN),
            "multi-user chat",
            "muc_service"));
    table.addAll(ofSpecialServer());
    return table;
  }

  private List<Misconfiguration> ofSpecialServer() {
    var there = "xmpp://127.0.0.1:" + special.port();
    var trusted = Map.of("service", there, "trust_store", certificates.certificate().toString());
    return List.of(
        fault("TLS is insisted on", Map.of("service", there), "insists on TLS", "tls: required"),
        fault("TLS where there is none", Map.of("tls", "required"), "TLS", "certificate"),
        fault(
            "a certificate that nobody vouches for",
            Map.of("service", there, "tls", "required"),
            "TLS with",
            "trust_store"),
        fault(
            "certificates that are not there",
            Map.of("service", there, "trust_store", Path.of("/nowhere/at.pem").toString()),
            "/nowhere/at.pem",
            "cannot be read"),
        fault("no archive", with(trusted, "muc_service", "nomam.parley.test"), "archive", "MAM"),
        fault(
            "no right to make rooms",
            with(trusted, "muc_service", "closed.parley.test"),
            "may not make it",
            "allow"));
  }

  private static Map<String, String> with(Map<String, String> config, String key, String value) {
    var whole = new TreeMap<>(config);
    whole.put(key, value);
    return whole;
  }

  private Misconfiguration fault(String what, Map<String, String> config, String... words) {
    var whole = new TreeMap<>(XmppStore.config(server.port(), "x-"));
    whole.putAll(config);
    return new Misconfiguration(what, whole, List.of(words));
  }

  @Override
  public void close() {
    special.close();
    try {
      webServer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
