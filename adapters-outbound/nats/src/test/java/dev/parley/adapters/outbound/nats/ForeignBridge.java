package dev.parley.adapters.outbound.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.PurgeOptions;
import io.nats.client.Subscription;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What another bridge does, with the vendor's own client: the shared layout and nothing else. */
final class ForeignBridge implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(5);

  private final Connection connection;

  ForeignBridge(Connection connection) {
    this.connection = connection;
  }

  private interface Call<T> {
    T run() throws IOException, JetStreamApiException;
  }

  private static <T> T call(Call<T> call) {
    try {
      return call.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JetStreamApiException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A stream for one subject, with the server's defaults. */
  void createStream(String stream, String subject) {
    call(() ->
        connection
            .jetStreamManagement()
            .addStream(
                StreamConfiguration.builder()
                    .name(stream)
                    .subjects(subject)
                    .storageType(StorageType.File)
                    .build()));
  }

  void deleteStream(String stream) {
    call(() -> connection.jetStreamManagement().deleteStream(stream));
  }

  /** Deletes every stream whose name begins so. */
  void deleteStreams(String prefix) {
    call(() -> connection.jetStreamManagement().getStreamNames()).stream()
        .filter(name -> name.startsWith(prefix))
        .forEach(this::deleteStream);
  }

  /** Leaves the newest messages only. */
  void trim(String stream, long keep) {
    call(() ->
        connection
            .jetStreamManagement()
            .purgeStream(stream, PurgeOptions.builder().keep(keep).build()));
  }

  void deleteMessage(String stream, long sequence) {
    call(() -> connection.jetStreamManagement().deleteMessage(stream, sequence, false));
  }

  /** The payload that a stream holds at a sequence. */
  String payload(String stream, long sequence) {
    var message = call(() -> connection.jetStreamManagement().getMessage(stream, sequence));
    return new String(message.getData(), StandardCharsets.UTF_8);
  }

  StreamConfiguration configuration(String stream) {
    return call(() -> connection.jetStreamManagement().getStreamInfo(stream)).getConfiguration();
  }

  /** The server that leads a stream of a cluster. */
  String leader(String stream) {
    var cluster =
        call(() -> connection.jetStreamManagement().getStreamInfo(stream)).getClusterInfo();
    var leader = cluster == null ? null : cluster.getLeader();
    if (leader == null) {
      throw new IllegalStateException(stream + " has no leader");
    }
    return leader;
  }

  List<String> consumers(String stream) {
    return call(() -> connection.jetStreamManagement().getConsumerNames(stream));
  }

  /**
   * The consumers that anybody makes of a stream from now on until this is asked, as the server
   * announces them: it is asked by making one more, which ends the answer.
   */
  Supplier<List<String>> consumersMadeFromNowOn(String stream) {
    var advisories = "$JS.EVENT.ADVISORY.CONSUMER.CREATED." + stream + ".";
    try {
      var subscription = connection.subscribe(advisories + "*");
      connection.flush(SOON);
      return () -> {
        var last = createConsumer(stream);
        return Stream.generate(() -> next(subscription).substring(advisories.length()))
            .takeWhile(consumer -> !consumer.equals(last))
            .toList();
      };
    } catch (TimeoutException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String createConsumer(String stream) {
    var config = ConsumerConfiguration.builder().inactiveThreshold(SOON).build();
    return call(() -> connection.jetStreamManagement().createConsumer(stream, config)).getName();
  }

  private static String next(Subscription subscription) {
    try {
      return Objects.requireNonNull(subscription.nextMessage(SOON), "no advisory").getSubject();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void deleteConsumer(String stream, String consumer) {
    var _ = call(() -> connection.jetStreamManagement().deleteConsumer(stream, consumer));
  }

  List<String> streams() {
    return call(() -> connection.jetStreamManagement().getStreamNames());
  }

  /** Publishes so many empty messages and waits until all are stored. */
  void publishMany(String subject, int count) {
    var acks = new ArrayList<CompletableFuture<PublishAck>>();
    for (var n = 0; n < count; n++) {
      acks.add(call(() -> connection.jetStream().publishAsync(subject, new byte[1])));
    }
    acks.forEach(CompletableFuture::join);
  }

  /** Publishes a payload and waits until it is stored; gives its sequence. */
  long publish(String subject, byte[] payload) {
    return call(() -> connection.jetStream().publish(subject, payload).getSeqno());
  }

  long publish(String subject, String payload) {
    return publish(subject, payload.getBytes(StandardCharsets.UTF_8));
  }

  /** A message as another bridge writes it. */
  long post(String subject, String sender, String content, @Nullable String inReplyTo) {
    return publish(
        subject,
        "{\"sender\":\"%s\",\"content\":\"%s\",\"ts\":\"2026-02-03T04:05:06.789Z\",\"in_reply_to\":%s}"
            .formatted(sender, content, inReplyTo == null ? "null" : "\"" + inReplyTo + "\""));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
