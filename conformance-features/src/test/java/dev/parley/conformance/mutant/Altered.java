package dev.parley.conformance.mutant;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.About;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendIdentity;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import java.util.List;

/** A backend that passes everything on to another one; mutants change what they break. */
class Altered implements Backend {

  private final Backend sound;

  Altered(Backend sound) {
    this.sound = sound;
  }

  /** What becomes of a page on its way to the reader. */
  Page altered(Page page) {
    return page;
  }

  static Page with(Page page, List<Message> messages) {
    return new Page(messages, page.next(), page.more() && !messages.isEmpty(), page.gap());
  }

  @Override
  public MessageId post(Draft draft) {
    return sound.post(draft);
  }

  @Override
  public Page fetchRecent(TopicName topic, Window window) {
    return altered(sound.fetchRecent(topic, window));
  }

  @Override
  public Subscription subscribe(TopicName topic, Feed feed) {
    return sound.subscribe(topic, feed);
  }

  @Override
  public BackendIdentity resolveIdentity(Handle handle) {
    return sound.resolveIdentity(handle);
  }

  @Override
  public About about() {
    return sound.about();
  }

  @Override
  public void close() {
    sound.close();
  }

  /** A feed that passes everything on to another one. */
  static class AlteredFeed implements Feed {

    private final Feed sound;

    AlteredFeed(Feed sound) {
      this.sound = sound;
    }

    @Override
    public void message(Message message) {
      sound.message(message);
    }

    @Override
    public void behind() {
      sound.behind();
    }

    @Override
    public void interrupted(BackendException why) {
      sound.interrupted(why);
    }

    @Override
    public boolean takesHints() {
      return sound.takesHints();
    }
  }
}
