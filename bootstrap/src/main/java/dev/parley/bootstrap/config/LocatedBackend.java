package dev.parley.bootstrap.config;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.About;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendIdentity;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;

/** A backend whose complaints about a setting say where in the file it stands. */
record LocatedBackend(Backend backend, SettingPlaces places) implements Backend {

  @Override
  public MessageId post(Draft draft) {
    try {
      return backend.post(draft);
    } catch (Misconfigured fault) {
      throw places.located(fault);
    }
  }

  @Override
  public Page fetchRecent(TopicName topic, Window window) {
    try {
      return backend.fetchRecent(topic, window);
    } catch (Misconfigured fault) {
      throw places.located(fault);
    }
  }

  @Override
  public Subscription subscribe(TopicName topic, Feed feed) {
    return backend.subscribe(topic, feed);
  }

  @Override
  public BackendIdentity resolveIdentity(Handle handle) {
    return backend.resolveIdentity(handle);
  }

  @Override
  public About about() {
    return backend.about();
  }

  @Override
  public void close() {
    backend.close();
  }
}
