package dev.parley.conformance.reference;

import dev.parley.ports.BackendException;
import dev.parley.ports.ContentLimit;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.BackendPlugin;
import dev.parley.ports.outbound.Capabilities;
import dev.parley.ports.outbound.Finding;
import dev.parley.ports.outbound.Self;
import dev.parley.ports.outbound.Setting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/** The reference backend. */
public class ReferencePlugin implements BackendPlugin {

  private static final ContentLimit LIMIT = new ContentLimit(65_536, ContentLimit.Unit.UTF8_BYTES);

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.optional("host", new Setting.Text(), "127.0.0.1", "where the journal server is"),
        Setting.required("port", new Setting.WholeNumber(1, 65_535), "the server's port"),
        Setting.required("store", new Setting.Text(), "the store's name: letters and digits"),
        Setting.REQUEST_TIMEOUT);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        LIMIT,
        true,
        Capabilities.UnknownParent.STORED,
        Capabilities.Attribution.NATIVE,
        Capabilities.Text.EXACT,
        Capabilities.History.FULL,
        0,
        true,
        true,
        true,
        true,
        Capabilities.OrderScope.SERVER,
        Capabilities.Push.EVENT,
        new Capabilities.SuiteLoad(3, 300));
  }

  @Override
  public List<Finding> diagnose(BackendConfig config) {
    var host = config.text("host").orElseThrow();
    var port = Math.toIntExact(config.number("port").orElseThrow());
    if (!config.text("store").orElseThrow().matches("\\w+")) {
      return List.of(
          Finding.problem("store", "the store's name is not usable", "use letters and digits"));
    }
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), 2000);
      return List.of(Finding.ok("server", "answers at " + host + ":" + port));
    } catch (IOException e) {
      return List.of(
          Finding.problem(
              "server",
              "nothing answers at " + host + ":" + port,
              "check host and port, and that the server runs"));
    }
  }

  @Override
  public Backend open(BackendConfig config, Self self) {
    var store = config.text("store").orElseThrow();
    if (!store.matches("\\w+")) {
      throw new BackendException.Misconfigured(
          "the store's name must have letters and digits only, found '%s'; change setting 'store'"
              .formatted(store));
    }
    return new ReferenceBackend(config, self, LIMIT);
  }
}
