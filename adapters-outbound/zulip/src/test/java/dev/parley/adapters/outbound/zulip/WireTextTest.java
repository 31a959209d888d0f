package dev.parley.adapters.outbound.zulip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.adapters.outbound.support.TextHeader;
import dev.parley.adapters.outbound.zulip.realm.Realm;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Texts on their way through a Zulip message. */
class WireTextTest {

  private static final List<String> PIECES =
      List.of(
          "a",
          " ",
          "\n",
          "\r\n",
          "\t",
          "\u00a0",
          "\u0085",
          "\u2028",
          "\u2060",
          "\u2060\u2060",
          "@",
          "*",
          "**",
          "_",
          "@**all**",
          "@*admins*",
          "@_**Grace|2**",
          "@**Grace Hopper|2**",
          "|2**",
          "[\u21a9](",
          "[\u21a9](https://x/#narrow/stream/1/near/2)\n",
          ")",
          "**bob:** ",
          "> ",
          "```",
          "1. ",
          "- ",
          "#",
          "$$",
          "\ud83d\ude00",
          "/me ",
          "'",
          "(");
  private static final int TRIES = 20_000;

  private final WireText wire = new WireText("https://double.example", 7);

  private String written(String text, @Nullable MessageId parent) {
    var content = wire.write(WireText.harmless(text), parent);
    return TextHeader.write(new Handle("alice"), Sender.Kind.AGENT, content);
  }

  @Test
  void any_text_comes_back_and_notifies_nobody() {
    var seed = System.nanoTime();
    var random = new Random(seed);
    var realm = new Realm(100_000);
    realm.slowestTransaction(Duration.ZERO);
    var grace = realm.person("Grace Hopper");
    var bot = realm.bot("Parley");
    var channel = realm.channel("agents", grace, bot);
    for (var n = 0; n < TRIES; n++) {
      var text =
          random
              .ints(1 + random.nextInt(8), 0, PIECES.size())
              .mapToObj(PIECES::get)
              .collect(Collectors.joining());
      var parent = random.nextBoolean() ? new MessageId("" + random.nextInt(1_000)) : null;

      var id = realm.send(bot, channel, "planning", written(text, parent));

      var stored = realm.topic(channel, "planning").getLast();
      assertThat(stored.id()).isEqualTo(id);
      var said = WireText.read(stored.content()).orElseThrow();
      assertThat(said.content()).as("seed %d: %s", seed, stored.content()).isEqualTo(text);
      assertThat(said.parent()).as("seed %d", seed).isEqualTo(parent);
      realm.delete(List.of(stored));
    }
    assertThat(realm.notifications(grace)).isZero();
  }

  @Test
  void a_block_begins_on_a_line_of_its_own() {
    assertThat(written("```java\nx\n```", null)).isEqualTo("**alice:** \n```java\nx\n```");
    assertThat(written("plain", null)).isEqualTo("**alice:** plain");
  }

  @Test
  void a_reply_links_to_what_it_answers() {
    assertThat(written("yes", new MessageId("42")))
        .isEqualTo("**alice:** [\u21a9](https://double.example/#narrow/stream/7/near/42)\nyes");
  }
}
