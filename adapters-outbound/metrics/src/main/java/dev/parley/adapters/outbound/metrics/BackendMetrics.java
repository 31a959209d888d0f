package dev.parley.adapters.outbound.metrics;

import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Backend;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Supplier;

/** What is measured of a backend. */
final class BackendMetrics {

  static final String POST = "post";
  static final String PAGE = "fetch_recent";
  static final String IDENTITY = "resolve_identity";
  static final String SUBSCRIBE = "subscribe";
  static final String FEED = "feed";

  private final Counter posts;
  private final Counter pages;
  private final Counter feedMessages;
  private final Gauge subscriptions;
  private final Counter errors;
  private final Histogram seconds;

  BackendMetrics(Backend backend, PrometheusRegistry registry) {
    this.posts =
        Counter.builder()
            .name("parley_posts_total")
            .help("Messages that this process posted, its signs of presence among them.")
            .register(registry);
    this.pages =
        Counter.builder()
            .name("parley_pages_total")
            .help("Pages of history that the backend gave.")
            .register(registry);
    this.feedMessages =
        Counter.builder()
            .name("parley_feed_messages_total")
            .help("Messages that live feeds of the backend handed over.")
            .register(registry);
    this.subscriptions =
        Gauge.builder()
            .name("parley_feeds")
            .help("Live feeds of the backend that are open.")
            .register(registry);
    this.errors =
        Counter.builder()
            .name("parley_backend_errors_total")
            .help("What the backend did not do, by operation and kind.")
            .labelNames("operation", "kind")
            .register(registry);
    this.seconds =
        Histogram.builder()
            .name("parley_backend_operation_duration_seconds")
            .help("How long the backend took, failed operations included.")
            .labelNames("operation")
            .classicOnly()
            .classicUpperBounds(Metrics.SECONDS)
            .register(registry);
    GaugeWithCallback.builder()
        .name("parley_backend_up")
        .help("1 while the backend answered when it was last asked, else 0.")
        .callback(shown -> shown.call(backend.about().connectedSince() == null ? 0 : 1))
        .register(registry);
  }

  CounterDataPoint posts() {
    return posts;
  }

  CounterDataPoint pages() {
    return pages;
  }

  CounterDataPoint feedMessages() {
    return feedMessages;
  }

  void opened() {
    subscriptions.inc();
  }

  void closed() {
    subscriptions.dec();
  }

  /** Does an operation, timed. */
  <T> T timed(String operation, Supplier<T> work) {
    var begun = System.nanoTime();
    try {
      return work.get();
    } catch (BackendException e) {
      failed(operation, e);
      throw e;
    } finally {
      seconds.labelValues(operation).observe((System.nanoTime() - begun) / 1e9);
    }
  }

  void failed(String operation, BackendException why) {
    errors.labelValues(operation, kindOf(why)).inc();
  }

  private static String kindOf(BackendException why) {
    return switch (why) {
      case BackendException.Misconfigured _ -> "misconfigured";
      case BackendException.NoSuchTopic _ -> "no_such_topic";
      case BackendException.ContentRejected _ -> "content_rejected";
      case BackendException.CursorRejected _ -> "cursor_rejected";
      case BackendException.AccessDenied _ -> "access_denied";
      case BackendException.RateLimited _ -> "rate_limited";
      case BackendException.Unavailable _ -> "unavailable";
      case BackendException.OutcomeUnknown _ -> "outcome_unknown";
    };
  }
}
