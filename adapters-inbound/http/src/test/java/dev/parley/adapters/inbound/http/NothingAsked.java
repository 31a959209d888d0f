package dev.parley.adapters.inbound.http;

import dev.parley.domain.history.Page;
import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.About;
import dev.parley.ports.inbound.ListUsers;
import dev.parley.ports.inbound.ObserveTopic;
import dev.parley.ports.inbound.ShowTopics;

/** Use cases for fixtures that answer by themselves: being asked is a mistake of the test. */
final class NothingAsked implements ObserveTopic, ShowTopics, ListUsers {

  @Override
  public Page recent(TopicName topic, int messages, int characters) {
    throw asked();
  }

  @Override
  public Watch watch(TopicName topic, Runnable changed) {
    throw asked();
  }

  @Override
  public AllowedTopics topics() {
    throw asked();
  }

  @Override
  public About backend() {
    throw asked();
  }

  @Override
  public Users users(Query query) {
    throw asked();
  }

  private static AssertionError asked() {
    return new AssertionError("a fixture asked a use case");
  }
}
