package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.reading.History;
import dev.parley.conformance.reading.LiveReader;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Sender;
import dev.parley.ports.outbound.Capabilities.Attribution;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.List;

/** S11: who said it. */
public final class SenderSteps {

  private final World world;
  private final Conversation conversation;

  /** The steps of one scenario. */
  public SenderSteps(World world, Conversation conversation) {
    this.world = world;
    this.conversation = conversation;
  }

  /** Posts as a person at a terminal of Parley. */
  @When("{word} posts {string} as a person at a terminal")
  public void postsAsPerson(String handle, String content) {
    var terminal = world.closeAtEnd(world.open(handle, Sender.Kind.PERSON, world.store()));
    terminal.post(Draft.of(world.topic(), content));
    world.settle();
  }

  /** The handles that posted are the handles that are read. */
  @Then("every reader sees the senders {word}, in that order, none of them a person")
  public void seesSenders(String handles) {
    if (world.capabilities().attribution() == Attribution.TEXT_HEADER) {
      world.absent("a sender of its own: the handle is in the text");
    }
    var expected = List.of(handles.split(","));
    for (var reader : List.of("alice", "zoe")) {
      assertThat(conversation.asReadBy(reader))
          .allMatch(message -> message.sender().kind() != Sender.Kind.PERSON)
          .extracting(message -> message.sender().handle())
          .isEqualTo(expected);
    }
  }

  /** What a person said is never an agent's word. */
  @Then("what {word} said has that sender and is not shown as an agent's")
  public void notAnAgent(String handle) {
    assertThat(conversation.asReadBy("zoe").getLast().sender())
        .satisfies(sender -> {
          assertThat(sender.handle()).isEqualTo(handle);
          assertThat(sender.kind()).isNotEqualTo(Sender.Kind.AGENT);
        });
  }

  /** A person at an ordinary client, where there are such clients. */
  @Then("what a person posts from an ordinary client is shown as a person's, live too")
  public void personAtClient() {
    var person = world.store().person();
    if (person.isEmpty()) {
      world.absent("accounts of people");
      return;
    }
    var reader = world.closeAtEnd(new LiveReader(world.participant("zoe"), world.topic()));
    person.get().post(world.topic(), "**alice:** I am not alice");
    reader.await(1, world.patience());
    world.settle();
    var history = History.whole(world.participant("zoe"), world.topic());
    for (var message : List.of(reader.read().getLast(), history.getLast())) {
      assertThat(message).extracting(Message::content).isEqualTo("**alice:** I am not alice");
      assertThat(message.sender().handle()).isEqualTo(person.get().handle());
      assertThat(message.sender().kind()).isEqualTo(Sender.Kind.PERSON);
    }
  }
}
