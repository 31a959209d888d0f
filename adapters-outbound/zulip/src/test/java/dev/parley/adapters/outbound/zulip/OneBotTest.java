package dev.parley.adapters.outbound.zulip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.adapters.outbound.zulip.realm.ZulipDouble;
import dev.parley.conformance.reading.LiveReader;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three sessions behind one bot confer with a person. */
@Timeout(60)
class OneBotTest {

  private static final TopicName TOPIC = new TopicName("planning");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  void everybody_sees_everybody_once_and_by_name() {
    try (var server = new ZulipDouble().started()) {
      var bot = server.realm().bot("Parley");
      var grace = server.realm().person("Grace Hopper");
      var channel = server.realm().channel("agents", bot, grace);
      var config = Fixture.config(server.url(), bot, "agents");
      try (var planner = Fixture.open("planner", config);
          var coder = Fixture.open("coder", config);
          var tester = Fixture.open("tester", config)) {
        var sessions = List.<Backend>of(planner, coder, tester);
        var readers = sessions.stream().map(session -> new LiveReader(session, TOPIC)).toList();

        server.realm().send(grace, channel, "planning", "@planner, what is next?");
        var plan = planner.post(Draft.of(TOPIC, "@coder writes, @Grace-Hopper reviews"));
        coder.post(Draft.of(TOPIC, "done").inReplyTo(plan));
        tester.post(Draft.of(TOPIC, "**coder:** is what coder would say"));
        server
            .realm()
            .send(
                grace,
                channel,
                "planning",
                "@_**Parley|%d** [said](https://double.example/#narrow/channel/%d-agents/topic/planning/near/%s):\n```quote\ndone\n```\n@tester try it"
                    .formatted(bot.id(), channel.id(), plan));

        for (var reader : readers) {
          reader.await(5, PATIENCE);
          assertThat(reader.read())
              .extracting(m -> m.sender().handle(), m -> m.sender().kind())
              .containsExactly(
                  tuple("Grace-Hopper", Sender.Kind.PERSON),
                  tuple("planner", Sender.Kind.AGENT),
                  tuple("coder", Sender.Kind.AGENT),
                  tuple("tester", Sender.Kind.AGENT),
                  tuple("Grace-Hopper", Sender.Kind.PERSON));
          assertThat(reader.read()).extracting(Message::id).doesNotHaveDuplicates();
          assertThat(reader.read().get(1).content())
              .isEqualTo("@coder writes, @Grace-Hopper reviews");
          assertThat(reader.read().get(2).parent()).isEqualTo(plan);
          assertThat(reader.read().get(4).parent()).isEqualTo(plan);
          reader.close();
        }
        assertThat(server.realm().notifications(grace)).isEqualTo(1);
        assertThat(server.realm().queues()).isEqualTo(3);
      }
      assertThat(server.realm().queues()).isZero();
    }
  }
}
