package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Handle;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.outbound.Capabilities;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** S10 and S13: texts come back as they were posted, or are refused. */
public final class TextSteps {

  private static final String PADDED = "  in the middle\n\n ";
  private final World world;
  private final Conversation conversation;
  private final LiveSteps live;
  private String text = "";
  private @Nullable Throwable refusal;

  /** The steps of one scenario. */
  public TextSteps(World world, Conversation conversation, LiveSteps live) {
    this.live = live;
    this.world = world;
    this.conversation = conversation;
  }

  /** A text that is special. */
  @Given("a text with {}")
  public void textWith(String trait) {
    text = Texts.with(trait, world.capabilities().contentLimit());
  }

  /** A text that is larger than the limit. */
  @Given("a text of {word} that is {int} too long")
  public void textTooLong(String characters, int excess) {
    var limit = world.capabilities().contentLimit();
    var character = characters.equals("emoji") ? "\ud83d\ude00" : "x";
    text = Texts.ofSize(limit.size() + excess, limit, character);
  }

  /** Posts the text. */
  @When("alice posts the text")
  public void postsTheText() {
    conversation.say("alice", text);
    world.settle();
  }

  /** Posts a text that begins and ends with blanks. */
  @When("alice posts a text with blanks at both ends")
  public void postsPadded() {
    text = PADDED;
    postsTheText();
  }

  /** Tries to post what is too long. */
  @When("alice tries to post the text")
  public void triesToPost() {
    var draft = Draft.of(world.topic(), text);
    refusal = catchThrowable(() -> world.participant("alice").post(draft));
  }

  /** The history has it, code point for code point. */
  @Then("it reads back equal, code point for code point")
  public void readsBackEqual() {
    assertThat(conversation.asReadBy("bob").getLast().content().codePoints().toArray())
        .isEqualTo(text.codePoints().toArray());
  }

  /** The feed has it too. */
  @Then("the reader has read it live, code point for code point")
  public void handedOverEqual() {
    assertThat(live.awaited().read().getLast().content()).isEqualTo(text);
  }

  /** The blanks at the ends are kept or not, as declared. */
  @Then("it reads back with its blanks, or without where that is declared")
  public void readsBackAsDeclared() {
    var exact = world.capabilities().text() == Capabilities.Text.EXACT;
    if (!exact) {
      world.absent("blanks at the ends of a text");
    }
    assertThat(conversation.asReadBy("bob").getLast().content())
        .isEqualTo(exact ? PADDED : PADDED.strip());
  }

  /** The refusal says both figures. */
  @Then("it is refused, naming the limit and the size")
  public void refusedWithFigures() {
    var limit = world.capabilities().contentLimit();
    assertThat(refusal).isInstanceOf(ContentRejected.class);
    assertThat(String.valueOf(refusal).replaceAll("(?<=\\d)[,. ](?=\\d{3})", ""))
        .contains("" + limit.size(), "" + limit.sizeOf(text));
  }

  /** Nothing was posted, not even a part. */
  @Then("nothing was posted, and the next message is posted as ever")
  public void nothingPosted() {
    world.settle();
    assertThat(conversation.asReadBy("bob")).isEmpty();
    conversation.say("alice", "short");
    conversation.readsEverythingInOrder("bob");
  }

  /** Nobody is told. */
  @Then("no person was notified and no link was unfurled")
  public void nobodyNotified() {
    var person = world.store().person();
    if (person.isEmpty()) {
      world.absent("people who could be notified");
      return;
    }
    assertThat(person.get().notifications()).isZero();
    assertThat(person.get().previews()).isZero();
  }

  /** A single mention is a native one where there is an account to mention. */
  @Then("a mention of a person notifies that person alone, and reads back as it was posted")
  public void mentionIsNative() {
    var person = world.store().person();
    var handle = person.map(p -> p.handle()).orElse("grace");
    var account = world.participant("alice").resolveIdentity(new Handle(handle)).account();
    conversation.say("alice", "@%s please look".formatted(handle));
    world.settle();
    assertThat(conversation.asReadBy("bob"))
        .extracting(Message::content)
        .containsExactly("@%s please look".formatted(handle));
    if (person.isEmpty() || account == null) {
      world.absent("accounts to mention");
      return;
    }
    Awaitility.await().atMost(world.patience()).until(() -> person.get().notifications() == 1);
  }
}
