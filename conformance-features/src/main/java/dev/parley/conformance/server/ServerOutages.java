package dev.parley.conformance.server;

import dev.parley.conformance.Outage;
import dev.parley.conformance.fault.TcpProxy;
import java.time.Duration;

/**
 * The outages of a server that clients reach through a proxy. They are shortened in every run and
 * have the law's full length with {@code -Dparley.conformance.outages=full}.
 */
public final class ServerOutages {

  private static final boolean FULL =
      "full".equals(System.getProperty("parley.conformance.outages"));
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Duration RESTART = FULL ? Duration.ofSeconds(10) : SHORT;
  private static final Duration FREEZE = Duration.ofSeconds(20);
  private static final Duration LATE = Duration.ofMillis(50);
  private static final int BYTES_PER_SECOND = 20_000;

  private final TestServer server;
  private final TcpProxy proxy;
  private final Duration requestTimeout;

  /**
   * Outages of a server.
   *
   * @param requestTimeout of the clients: to be frozen for longer leaves outcomes unknown
   */
  public ServerOutages(TestServer server, TcpProxy proxy, Duration requestTimeout) {
    this.server = server;
    this.proxy = proxy;
    this.requestTimeout = requestTimeout;
  }

  /** One outage of a kind. */
  public Outage of(Outage.Kind kind) {
    return switch (kind) {
      case RESTARTED -> outage(RESTART, server::stop, server::start);
      case KILLED -> outage(SHORT, server::kill, server::start);
      case CUT -> outage(SHORT, proxy::cut, proxy::mend);
      case FROZEN ->
          outage(
              FULL ? FREEZE : requestTimeout.multipliedBy(5).dividedBy(4),
              proxy::freeze,
              proxy::thaw);
      case DELAYED ->
          outage(SHORT.multipliedBy(2), () -> proxy.delay(LATE), () -> proxy.delay(Duration.ZERO));
      case THROTTLED ->
          outage(
              SHORT.multipliedBy(2),
              () -> proxy.throttle(BYTES_PER_SECOND),
              () -> proxy.throttle(Integer.MAX_VALUE));
    };
  }

  private static Outage outage(Duration length, Runnable strike, Runnable heal) {
    return new Outage() {
      @Override
      public void strike() {
        strike.run();
      }

      @Override
      public Duration length() {
        return length;
      }

      @Override
      public void heal() {
        heal.run();
      }
    };
  }
}
