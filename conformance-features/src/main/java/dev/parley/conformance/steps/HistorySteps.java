package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ports.outbound.Capabilities;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.util.Locale;

/** S15: how far back the history goes. */
public final class HistorySteps {

  private final World world;
  private final Conversation conversation;

  /** The steps of one scenario. */
  public HistorySteps(World world, Conversation conversation) {
    this.world = world;
    this.conversation = conversation;
  }

  /** Nobody is there. */
  @Given("everybody has left")
  public void everybodyHasLeft() {
    world.leaveAll();
  }

  /** A reader without any past reads the past. */
  @Then("{word}, who was never here, reads what was posted before, and what comes")
  public void readsThePast(String handle) {
    var history = world.capabilities().history();
    if (history == Capabilities.History.FULL) {
      conversation.readsEverythingInOrder(handle);
    } else {
      var declared = history.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      world.absent("the whole history: " + declared);
      assertThat(conversation.posted()).containsAll(conversation.idsAsReadBy(handle));
    }
    conversation.say("alice", "what comes");
    world.settle();
    assertThat(conversation.idsAsReadBy(handle)).endsWith(conversation.posted().getLast());
  }
}
