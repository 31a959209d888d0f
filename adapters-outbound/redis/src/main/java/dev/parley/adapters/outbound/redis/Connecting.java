package dev.parley.adapters.outbound.redis;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.ports.BackendException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/** Opens connections, and checks that who answers is what the url says. */
final class Connecting {

  private static final int OLDEST_MAJOR = 6;
  private static final int OLDEST_MINOR = 2;

  private final RedisSettings settings;
  private final Faults faults;
  private final Health health;
  private volatile Runnable onConnect = () -> {};

  Connecting(RedisSettings settings, Faults faults, Health health) {
    this.settings = settings;
    this.faults = faults;
    this.health = health;
  }

  /** Has something done with every connection that is opened. */
  void onConnect(Runnable what) {
    onConnect = what;
  }

  /** A connection to the one server, or to the primary that the Sentinels name. */
  Link toPrimary() {
    var url = settings.url();
    return switch (url.kind()) {
      case SERVER -> toServer(url.addresses().getFirst());
      case SENTINELS -> toPrimaryOfSentinels();
      case CLUSTER -> throw new IllegalStateException("a cluster has several primaries");
    };
  }

  private Link toServer(Address address) {
    return checked(open(address), "standalone");
  }

  /** A connection to a node of the cluster. */
  Link toNode(Address address) {
    return checked(open(address), "cluster");
  }

  /** A connection to a node of the cluster, primary or replica. */
  Link toAnyNode(Address address) {
    return checkedMode(open(address), "cluster").link();
  }

  private Link toPrimaryOfSentinels() {
    BackendException last = null;
    for (var sentinel : settings.url().addresses()) {
      try {
        var address = primaryOf(sentinel);
        if (address != null) {
          return toServer(address);
        }
      } catch (BackendException next) {
        last = next;
      }
    }
    throw faults.noSentinel(last);
  }

  private @Nullable Address primaryOf(Address sentinel) {
    try (var link =
        Link.to(sentinel, settings.sentinelLogin(), settings.tls(), 0, settings.patience())) {
      link.open();
      var named =
          link.ask(
              new CommandArguments(Command.SENTINEL)
                  .add("GET-MASTER-ADDR-BY-NAME")
                  .add(settings.url().primary()));
      return named instanceof List<?> address && address.size() == 2
          ? new Address(
              Replies.text(address.getFirst()), Integer.parseInt(Replies.text(address.getLast())))
          : null;
    } catch (JedisException failure) {
      throw faults.of(failure, sentinel);
    }
  }

  private record Opened(Link link, Greeting greeting) {}

  private Opened open(Address address) {
    var link =
        Link.to(
            address,
            settings.login(),
            settings.tls(),
            settings.url().database(),
            settings.patience());
    try {
      return new Opened(link, link.open());
    } catch (JedisException failure) {
      link.close();
      throw faults.of(failure, address);
    } catch (RuntimeException failure) {
      link.close();
      throw failure;
    }
  }

  private Link checked(Opened opened, String mode) {
    if (!checkedMode(opened, mode).greeting().primary()) {
      opened.link().close();
      throw faults.isReplica(opened.link().address());
    }
    health.runs(opened.greeting().version());
    health.answered();
    onConnect.run();
    return opened.link();
  }

  private Opened checkedMode(Opened opened, String mode) {
    var greeting = opened.greeting();
    var address = opened.link().address();
    if (!greeting.isAtLeast(OLDEST_MAJOR, OLDEST_MINOR)) {
      opened.link().close();
      throw faults.isTooOld(address, greeting.version());
    }
    if (!greeting.mode().equals(mode)) {
      opened.link().close();
      throw faults.wrongMode(address, remedyFor(greeting.mode()));
    }
    return opened;
  }

  private static String remedyFor(String mode) {
    return switch (mode) {
      case "cluster" -> "a node of a cluster: begin url with redis-cluster";
      case "sentinel" -> "a Sentinel: let url look like redis-sentinel://HOST:PORT/PRIMARY";
      default -> "no node of a cluster: begin url with redis";
    };
  }
}
