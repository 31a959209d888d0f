package dev.parley.adapters.outbound.redis;

import dev.parley.adapters.outbound.redis.RedisSettings.Login;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.Unavailable;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What an error reply means: the server answered, and has not done what it was asked to. Each
 * begins with a code.
 */
final class Refusals {

  private static final String CHANGING_PLACES =
      "the Redis servers around %s are changing places: try again in a moment";

  private static final Map<String, String> NOT_NOW =
      Map.ofEntries(
          Map.entry(
              "OOM",
              "the memory of the Redis server at %s is used up: raise maxmemory, or set"
                  + " retention_days"),
          Map.entry(
              "NOREPLICAS",
              "the Redis server at %s has too few replicas to take writes (min-replicas-to-write):"
                  + " start them again"),
          Map.entry(
              "MISCONF",
              "the Redis server at %s cannot save to its disk and takes no writes: see its log"),
          Map.entry(
              "READONLY",
              "the Redis server at %s is a read-only replica: name the primary in url, or its"
                  + " Sentinels"),
          Map.entry("LOADING", "the Redis server at %s is loading its data: try again in a moment"),
          Map.entry("MASTERDOWN", CHANGING_PLACES),
          Map.entry("CLUSTERDOWN", CHANGING_PLACES),
          Map.entry("TRYAGAIN", CHANGING_PLACES),
          Map.entry("MOVED", CHANGING_PLACES),
          Map.entry("ASK", CHANGING_PLACES),
          Map.entry("UNBLOCKED", CHANGING_PLACES));

  private static final Set<String> OF_ONE_COMMAND =
      Set.of("OOM", "NOREPLICAS", "MISCONF", "NOPERM", "WRONGTYPE", "ERR");
  private static final Set<String> OF_ONE_KEY = Set.of("WRONGTYPE", "NOPERM");

  private final Login login;
  private final int database;

  Refusals(Login login, int database) {
    this.login = login;
    this.database = database;
  }

  /** Whether a refusal concerns the one key only, not the server. */
  static boolean isOfKey(JedisDataException refusal) {
    return OF_ONE_KEY.contains(codeOf(refusal));
  }

  /** Whether the server would refuse everything else as well. */
  static boolean isOfServer(JedisDataException refusal) {
    return !OF_ONE_COMMAND.contains(codeOf(refusal));
  }

  /**
   * Says it in words.
   *
   * @param since when the server is unavailable, null for now
   */
  BackendException inWords(JedisDataException refusal, Object address, @Nullable Instant since) {
    var notNow = NOT_NOW.get(codeOf(refusal));
    if (notNow != null) {
      return new Unavailable(notNow.formatted(address), since, refusal);
    }
    return switch (codeOf(refusal)) {
      case "NOAUTH" ->
          new AccessDenied(
              "the Redis server at %s wants a password: set password".formatted(address), refusal);
      case "WRONGPASS" ->
          new AccessDenied(
              "the Redis server at %s refuses the login of %s: correct username and password"
                  .formatted(address, login),
              refusal);
      case "NOPERM" ->
          new AccessDenied(
              "%s lacks a permission at %s (%s): grant what docs/backends/redis.md lists with ACL SETUSER"
                  .formatted(login, address, firstLine(refusal)),
              refusal);
      case "WRONGTYPE" ->
          new Misconfigured(
              "a key of this topic at %s holds something else than a stream: choose another key_prefix, or remove that key"
                  .formatted(address),
              refusal);
      case "DENIED" ->
          new AccessDenied(
              "the Redis server at %s takes no connections from other machines (protected mode): give it a password"
                  .formatted(address),
              refusal);
      default -> otherwise(firstLine(refusal), refusal, address, since);
    };
  }

  private BackendException otherwise(
      String said, JedisDataException refusal, Object address, @Nullable Instant since) {
    if (said.contains("without any password configured") || said.contains("no password is set")) {
      return new AccessDenied(
          "the Redis server at %s has no password for the default user: remove password, or set username"
              .formatted(address),
          refusal);
    }
    if (said.contains("unknown command")) {
      return Faults.tooOld(address, "older than 6.2");
    }
    if (said.contains("DB index") || said.contains("SELECT is not allowed")) {
      return new Misconfigured(
          "the Redis server at %s has no database %d: correct the number at the end of url"
              .formatted(address, database),
          refusal);
    }
    return new Unavailable(
        "the Redis server at %s refused a command (%s): see its log".formatted(address, said),
        since,
        refusal);
  }

  private static String codeOf(JedisDataException refusal) {
    return firstLine(refusal).split("[ :]", 2)[0];
  }

  private static String firstLine(JedisDataException refusal) {
    return String.valueOf(refusal.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
