package dev.parley.adapters.outbound.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what it hears; a subclass may do so slowly. */
class Notes implements Feed {
  final List<String> heard = new CopyOnWriteArrayList<>();

  @Override
  public void message(Message message) {
    heard.add(message.content());
  }

  @Override
  public void behind() {
    heard.add("behind");
  }

  @Override
  public void interrupted(BackendException why) {
    heard.add("interrupted");
  }

  void until(String... expected) {
    await().untilAsserted(() -> assertThat(heard).containsExactly(expected));
  }

  static Message message(TopicName topic, String content) {
    return new Message(
        new MessageId(content),
        topic,
        Sender.agent(new Handle("a")),
        content,
        new Cursor(content),
        Instant.EPOCH,
        null,
        Message.Condition.ORIGINAL);
  }
}
