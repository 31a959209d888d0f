package dev.parley.adapters.outbound.slack;

import dev.parley.domain.history.Window;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Self;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One topic in one workspace of a double, and sessions on it. */
final class Fixture implements AutoCloseable {

  static final TopicName TOPIC = new TopicName("planning");

  private final SlackDouble slack = new SlackDouble().started();
  private final Workspace workspace = slack.newWorkspace();
  private final DoubleChannel channel = workspace.newChannel();
  private final List<Backend> sessions = new ArrayList<>();

  SlackDouble slack() {
    return slack;
  }

  Workspace workspace() {
    return workspace;
  }

  DoubleChannel channel() {
    return channel;
  }

  /** A session that meets the others of its machine. */
  Backend session(String handle) {
    return session(handle, Map.of());
  }

  Backend session(String handle, Map<String, Object> settings) {
    return kept(new SlackPlugin().open(config(settings), self(handle)));
  }

  /** A session on a machine of its own: it meets those that meet in the same folder. */
  Backend sessionOn(Path machine, String handle) {
    var settings = SlackSettings.from(config(Map.of()));
    return kept(new SlackBackend(settings, MeetingPlace.in(machine, settings), self(handle)));
  }

  private Backend kept(Backend session) {
    sessions.add(session);
    return session;
  }

  private static Self self(String handle) {
    return new Self(
        new Handle(handle), Sender.Kind.AGENT, new InstanceId(handle), Path.of("unused"));
  }

  BackendConfig config(Map<String, Object> settings) {
    var values = new HashMap<String, Object>();
    values.put("bot_token", workspace.botToken());
    values.put("app_token", workspace.appToken());
    values.put("api_url", slack.url());
    values.put("channel_map", Map.of(TOPIC.value(), channel.id()));
    values.put("request_timeout_ms", 5_000L);
    values.putAll(settings);
    return new BackendConfig(values);
  }

  /** Every message of the topic, oldest first. */
  static List<Message> history(Backend backend) {
    var page = backend.fetchRecent(TOPIC, Window.oldest(100));
    var messages = new ArrayList<>(page.messages());
    while (page.more()) {
      page = backend.fetchRecent(TOPIC, Window.after(page.next(), 100));
      messages.addAll(page.messages());
    }
    return messages;
  }

  static List<String> contents(Backend backend) {
    return history(backend).stream().map(Message::content).toList();
  }

  @Override
  public void close() {
    sessions.forEach(Backend::close);
    slack.close();
  }
}
