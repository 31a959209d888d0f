package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.reading.History;
import dev.parley.conformance.reading.LiveReader;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** S09: topics are apart, whatever their names. */
public final class TopicSteps {

  private final World world;
  private List<TopicName> topics = List.of();
  private final Map<TopicName, LiveReader> readers = new LinkedHashMap<>();

  /** The steps of one scenario. */
  public TopicSteps(World world) {
    this.world = world;
  }

  /** Names that are easily mistaken for each other. */
  @Given("topics whose names differ only in {}")
  public void topicsThatDifferIn(String difference) {
    topics = TopicNames.thatDifferIn(difference);
    topics.forEach(topic -> world.store().prepare(topic));
  }

  /** Follows each. */
  @Given("bob follows each of them live")
  public void followsEach() {
    var bob = world.participant("bob");
    topics.forEach(topic -> readers.put(topic, world.closeAtEnd(new LiveReader(bob, topic))));
  }

  /** Posts the name of each topic there. */
  @When("alice posts its name to each of them")
  public void postsItsName() {
    var alice = world.participant("alice");
    topics.forEach(topic -> alice.post(Draft.of(topic, contentFor(topic))));
    world.settle();
  }

  /** Each topic has its own message and no other, also for one who joins later. */
  @Then("each of them has its own message and no other, also for somebody who joins later")
  public void eachHasItsOwn() {
    for (var reader : List.of("bob", "later")) {
      for (var topic : topics) {
        var messages = History.whole(world.participant(reader), topic);
        assertThat(messages).extracting(Message::content).containsExactly(contentFor(topic));
        assertThat(messages).extracting(Message::topic).containsExactly(topic);
      }
    }
  }

  /** Each feed has handed over its topic's message and no other. */
  @Then("bob has read live in each of them its own message and no other")
  public void readLiveInEach() {
    readers.forEach((topic, reader) -> {
      reader.await(1, world.patience());
      assertThat(reader.read()).extracting(Message::content).containsExactly(contentFor(topic));
      assertThat(reader.handed()).allMatch(message -> message.topic().equals(topic));
    });
  }

  private static String contentFor(TopicName topic) {
    return "this is topic " + topic.value().codePoints().boxed().toList().hashCode();
  }
}
