package dev.parley.application;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.ObserveTopic;
import dev.parley.ports.outbound.Backend;
import org.jmolecules.ddd.annotation.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Observing: history without a trace in the session, and the live feed taken as a hint only. */
@Service
final class ObservingTopics implements ObserveTopic {

  private static final Logger LOG = LoggerFactory.getLogger(ObservingTopics.class);

  private final AllowedTopics topics;
  private final Backend backend;

  ObservingTopics(AllowedTopics topics, Backend backend) {
    this.topics = topics;
    this.backend = backend;
  }

  @Override
  public Page recent(TopicName asked, int messages, int characters) {
    var topic = topics.usable(asked).name();
    var window = Window.latest(messages);
    return new Budget(characters).cut(backend.fetchRecent(topic, window), window);
  }

  @Override
  public Watch watch(TopicName asked, Runnable changed) {
    var topic = topics.usable(asked).name();
    var news = new News();
    var subscription = backend.subscribe(topic, news);
    // On a thread of its own, since a feed must not be held up.
    var thread = Thread.ofVirtual().name("watch-" + topic).start(() -> tell(topic, news, changed));
    return () -> {
      subscription.close();
      thread.interrupt();
    };
  }

  private static void tell(TopicName topic, News news, Runnable changed) {
    try {
      while (true) {
        news.await();
        changed.run();
      }
    } catch (InterruptedException _) {
      // Closed: nobody is to be told any more.
    } catch (RuntimeException e) {
      LOG.warn("Whoever watched topic {} cannot be told any more: {}", topic, e.getMessage());
    }
  }
}
