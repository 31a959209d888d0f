package dev.parley.adapters.outbound.redis;

import dev.parley.ports.outbound.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;

/** Looks at how one server is set up: what it would forget, and what it would refuse. */
final class ServerChecks {

  private static final Duration CLOCKS_APART = Duration.ofSeconds(5);
  private static final int FULL_PERCENT = 80;
  private static final String CONFIG_ADVICE =
      "grant +info and +config|get to see it, or ask who runs the server";

  private final Link link;
  private final String where;
  private final RedisUrl.Kind kind;
  private final List<Finding> findings;
  private final Map<String, String> info = new HashMap<>();

  ServerChecks(Link link, String where, RedisUrl.Kind kind, List<Finding> findings) {
    this.link = link;
    this.where = where;
    this.kind = kind;
    this.findings = findings;
  }

  void run() {
    for (var section : List.of("server", "memory", "persistence", "replication")) {
      Replies.text(ask(Command.INFO, section))
          .lines()
          .map(line -> line.split(":", 2))
          .filter(pair -> pair.length == 2)
          .forEach(pair -> info.put(pair[0], pair[1]));
    }
    checkVersion();
    checkEviction();
    checkMemory();
    checkPersistence();
    checkReplicas();
    checkClock();
  }

  private void checkVersion() {
    var valkey = info.get("valkey_version");
    var version = valkey != null ? "Valkey " + valkey : "Redis " + info.get("redis_version");
    if (info.containsKey("redis_version")) {
      ok("version", version);
    }
  }

  private void checkEviction() {
    var policy = info.get("maxmemory_policy");
    if (policy == null) {
      warn("eviction", "the server does not say what it does when memory is full", CONFIG_ADVICE);
    } else if (policy.equals("noeviction")) {
      ok("eviction", "nothing is deleted when memory is full (noeviction)");
    } else {
      warn(
          "eviction",
          "whole topics may be deleted when memory is full (maxmemory-policy is %s)"
              .formatted(policy),
          "set maxmemory-policy to noeviction");
    }
  }

  private void checkMemory() {
    var most = number("maxmemory");
    var used = number("used_memory");
    if (most == 0) {
      ok("memory", "no limit is set (maxmemory)");
    } else if (used * 100 >= most * FULL_PERCENT) {
      warn(
          "memory",
          "%d %% of maxmemory is used; when it is full, posts are refused"
              .formatted(used * 100 / most),
          "raise maxmemory, or set retention_days");
    } else {
      ok("memory", "%d %% of maxmemory is used".formatted(used * 100 / most));
    }
  }

  private void checkPersistence() {
    if (!info.containsKey("aof_enabled")) {
      warn("persistence", "the server does not say what it keeps on disk", CONFIG_ADVICE);
    } else if (info.get("aof_enabled").equals("1")) {
      checkAppendFsync();
    } else {
      checkSnapshots();
    }
  }

  private void checkAppendFsync() {
    switch (configured("appendfsync")) {
      case "always" ->
          ok("persistence", "a post is on the disk when it returns (appendfsync always)");
      case "no" ->
          warn(
              "persistence",
              "a crash of the system may lose the posts of half a minute (appendfsync no)",
              "set appendfsync to everysec or always");
      default ->
          ok(
              "persistence",
              "a crash may lose the posts of the last second (append-only file); appendfsync always"
                  + " keeps them");
    }
  }

  private void checkSnapshots() {
    var save = configured("save");
    if (save.isEmpty()) {
      warn(
          "persistence",
          "nothing is kept on disk: a restart loses every topic",
          "set appendonly to yes");
    } else {
      warn(
          "persistence",
          "only snapshots are kept on disk: a crash loses the posts since the last one",
          "set appendonly to yes");
    }
  }

  private void checkReplicas() {
    var replicas = number("connected_slaves");
    var needed = configured("min-replicas-to-write");
    if (kind == RedisUrl.Kind.SERVER && replicas == 0) {
      return;
    }
    if (replicas == 0) {
      warn("replicas", "there is none to take over", "start a replica");
    } else if (needed.equals("0")) {
      warn(
          "replicas",
          "%d connected, but a primary that is cut off from them goes on taking posts, which a"
                  .formatted(replicas)
              + " fail-over then loses (min-replicas-to-write is 0)",
          "set min-replicas-to-write to 1");
    } else {
      ok("replicas", "%d connected".formatted(replicas));
    }
  }

  private void checkClock() {
    if (ask(Command.TIME) instanceof List<?> time && time.size() == 2) {
      var its = Instant.ofEpochSecond(Long.parseLong(Replies.text(time.getFirst())));
      var apart = Duration.between(its, Instant.now()).abs();
      if (apart.compareTo(CLOCKS_APART) > 0) {
        warn(
            "clock",
            "the server's clock and this machine's are %d s apart".formatted(apart.toSeconds()),
            "let both follow a time server");
      } else {
        ok("clock", "the server's clock agrees with this machine's");
      }
    }
  }

  private long number(String key) {
    try {
      return Long.parseLong(info.getOrDefault(key, "0"));
    } catch (NumberFormatException odd) {
      return 0;
    }
  }

  /** What a parameter is set to; "unknown" when this user may not ask. */
  private String configured(String parameter) {
    return ask(Command.CONFIG, "GET", parameter) instanceof List<?> pair && pair.size() == 2
        ? Replies.text(pair.getLast())
        : "unknown";
  }

  private @Nullable Object ask(ProtocolCommand command, String... words) {
    try {
      return link.ask(new CommandArguments(command).addObjects((Object[]) words));
    } catch (JedisDataException notAllowed) {
      return null;
    }
  }

  private void ok(String check, String found) {
    findings.add(Finding.ok(check + where, found));
  }

  private void warn(String check, String found, String remedy) {
    findings.add(Finding.warning(check + where, found, remedy));
  }
}
