package dev.parley.adapters.outbound.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What pages showed before is not handed over again; all else is. */
class LaterFeedTest {

  private final List<String> heard = new ArrayList<>();

  private final Feed recording =
      new Feed() {
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
          heard.add(String.valueOf(why.getMessage()));
        }
      };

  @Test
  void hands_over_what_is_later_and_every_news_of_the_path() {
    var feed = new LaterFeed(recording, message -> message.id().value().equals("2"));

    feed.message(message("1", "shown"));
    feed.behind();
    feed.message(message("2", "new"));
    feed.interrupted(new BackendException.Unavailable("gone", null, null));

    assertThat(heard).containsExactly("behind", "new", "gone");
  }

  private static Message message(String id, String content) {
    return new Message(
        new MessageId(id),
        new TopicName("planning"),
        new Sender("alice", null, Sender.Kind.AGENT),
        content,
        new Cursor(id),
        Instant.EPOCH,
        null,
        Message.Condition.ORIGINAL);
  }
}
