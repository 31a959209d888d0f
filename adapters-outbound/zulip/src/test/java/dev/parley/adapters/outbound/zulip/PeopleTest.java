package dev.parley.adapters.outbound.zulip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.adapters.outbound.zulip.realm.Account;
import dev.parley.adapters.outbound.zulip.realm.Realm;
import dev.parley.adapters.outbound.zulip.realm.RealmChannel;
import dev.parley.adapters.outbound.zulip.realm.ZulipDouble;
import dev.parley.domain.message.Draft;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is notified by a handle. */
@Timeout(60)
class PeopleTest {

  private static final TopicName TOPIC = new TopicName("planning");

  private final ZulipDouble server = new ZulipDouble().started();
  private final Realm realm = server.realm();
  private final Account bot = realm.bot("Parley");
  private final Account grace = realm.person("Grace Hopper");
  private final Account jose = realm.person("Jos\u00e9 \u00c1lvarez");
  private final Account twin = realm.person("Sam Twin");
  private final Account otherTwin = realm.person("Sam-Twin");
  private RealmChannel channel;
  private Backend backend;

  @BeforeEach
  void open() {
    channel = realm.channel("agents", bot, grace, jose, twin, otherTwin);
    backend = Fixture.open("alice", Fixture.config(server.url(), bot, "agents"));
  }

  @AfterEach
  void close() {
    backend.close();
    server.close();
  }

  private void post(String content) {
    backend.post(Draft.of(TOPIC, content));
    assertThat(Fixture.contents(backend, TOPIC)).endsWith(content);
  }

  @Test
  void one_person_is_notified_whatever_the_case() {
    post("@Grace-Hopper");
    post("see (@Grace-Hopper).");
    post("@grace-hopper");
    assertThat(realm.notifications(grace)).isEqualTo(3);
    assertThat(realm.notifications(jose)).isZero();
  }

  @Test
  void accents_are_left_out() {
    assertThat(backend.resolveIdentity(new Handle("Jose-Alvarez")).account())
        .isEqualTo("" + jose.id());
    assertThat(backend.resolveIdentity(new Handle("nobody")).account()).isNull();
  }

  @Test
  void where_zulip_sees_no_mention_the_text_stays_plain() {
    post("a,@Grace-Hopper and mail@Grace-Hopper");
    assertThat(realm.notifications(grace)).isZero();
    assertThat(realm.topic(channel, "planning").getLast().content())
        .isEqualTo("**alice:** a,@Grace-Hopper and mail@Grace-Hopper");
  }

  @Test
  void of_two_with_one_handle_nobody_is_notified() {
    post("@Sam-Twin");
    assertThat(backend.resolveIdentity(new Handle("Sam-Twin")).account()).isNull();
    assertThat(realm.notifications(twin) + realm.notifications(otherTwin)).isZero();
  }

  @Test
  void markup_that_an_agent_types_notifies_nobody() {
    post("@**Grace Hopper** and @**Grace Hopper|%d**".formatted(grace.id()));
    assertThat(realm.notifications(grace)).isZero();
  }
}
