package dev.parley.adapters.outbound.discord;

import dev.parley.conformance.Outage;
import dev.parley.conformance.fault.TcpProxy;
import dev.parley.conformance.server.Ports;
import dev.parley.conformance.server.ServerOutages;
import dev.parley.conformance.server.TestServer;
import java.time.Duration;

/**
 * A double of Discord in this process: its API and its gateway, each behind a proxy. What it knows
 * outlives its being stopped; after {@link #kill()} the gateway has forgotten its sessions.
 */
final class DiscordDouble implements TestServer {

  private final Realm realm = new Realm();
  private final Mishaps mishaps = new Mishaps();
  private final int port = Ports.free();
  private final ApiDouble api = new ApiDouble(realm, mishaps, port);
  private final int gatewayPort = Ports.free();
  private final GatewayDouble gateway = new GatewayDouble(realm, gatewayPort);
  private final TcpProxy apiProxy = new TcpProxy(port);
  private final TcpProxy gatewayProxy = new TcpProxy(gatewayPort);

  DiscordDouble() {
    gateway.urlToResume(gatewayUrl());
  }

  DiscordDouble started() {
    start();
    return this;
  }

  Realm realm() {
    return realm;
  }

  Mishaps mishaps() {
    return mishaps;
  }

  GatewayDouble gateway() {
    return gateway;
  }

  TcpProxy gatewayProxy() {
    return gatewayProxy;
  }

  /** Where clients find the API. */
  String apiUrl() {
    return "http://127.0.0.1:%d/api/v10".formatted(apiProxy.port());
  }

  /** Where clients find the gateway. */
  String gatewayUrl() {
    return "ws://127.0.0.1:%d".formatted(gatewayProxy.port());
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void start() {
    api.start();
    gateway.start();
  }

  @Override
  public void stop() {
    gateway.stop();
    hangUp();
    api.stop();
  }

  // The WebSocket server is slow to close what is open where the machine is; a process that ends is
  // not.
  private void hangUp() {
    gatewayProxy.cut();
    gatewayProxy.mend();
  }

  @Override
  public void kill() {
    gateway.kill();
    hangUp();
    api.stop();
  }

  @Override
  public void close() {
    mishaps.over();
    kill();
    apiProxy.close();
    gatewayProxy.close();
  }

  /** An outage of both ways to the double. */
  Outage outage(Outage.Kind kind, Duration requestTimeout) {
    var whole = new ServerOutages(this, apiProxy, requestTimeout).of(kind);
    var events = new ServerOutages(new NoServer(), gatewayProxy, requestTimeout).of(kind);
    return new Outage() {
      @Override
      public void strike() {
        whole.strike();
        events.strike();
        if (kind == Outage.Kind.THROTTLED) {
          mishaps.limit(3, Duration.ofMillis(500));
        }
      }

      @Override
      public Duration length() {
        return whole.length();
      }

      @Override
      public void heal() {
        mishaps.usualLimit();
        events.heal();
        whole.heal();
      }
    };
  }

  /** The gateway ends and begins with the whole. */
  private static final class NoServer implements TestServer {
    @Override
    public int port() {
      return 0;
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public void kill() {}

    @Override
    public void close() {}
  }
}
