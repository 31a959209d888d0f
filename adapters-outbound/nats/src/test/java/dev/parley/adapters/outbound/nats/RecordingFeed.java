package dev.parley.adapters.outbound.nats;

import static org.awaitility.Awaitility.await;

import dev.parley.domain.message.Message;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A feed that keeps what it is told. */
final class RecordingFeed implements Feed {

  final List<String> contents = new CopyOnWriteArrayList<>();
  final List<BackendException> interruptions = new CopyOnWriteArrayList<>();
  final AtomicInteger behinds = new AtomicInteger();

  @Override
  public void message(Message message) {
    contents.add(message.content());
  }

  @Override
  public void behind() {
    behinds.incrementAndGet();
  }

  @Override
  public void interrupted(BackendException why) {
    interruptions.add(why);
  }

  RecordingFeed untilBehind(int times) {
    await().atMost(Duration.ofSeconds(10)).until(() -> behinds.get() >= times);
    return this;
  }

  void untilContents(int count) {
    await().atMost(Duration.ofSeconds(10)).until(() -> contents.size() >= count);
  }

  void untilInterrupted(int times) {
    await().atMost(Duration.ofSeconds(10)).until(() -> interruptions.size() >= times);
  }
}
