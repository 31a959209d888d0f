package dev.parley.adapters.outbound.redis;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Finding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/** What {@code doctor} says about the servers: reaches them, tries what is needed, looks around. */
final class Diagnosis {

  private final RedisSettings settings;
  private final Faults faults;
  private final Connecting connecting;
  private final List<Finding> findings = new ArrayList<>();

  Diagnosis(RedisSettings settings) {
    var health = new Health();
    this.settings = settings;
    this.faults = new Faults(settings, health);
    this.connecting = new Connecting(settings, faults, health);
  }

  /** Makes the checks, in an order in which a later one needs the earlier ones. */
  List<Finding> findings() {
    try {
      switch (settings.url().kind()) {
        case SERVER -> checkServer();
        case SENTINELS -> {
          checkSentinels();
          checkServer();
        }
        case CLUSTER -> checkCluster();
      }
    } catch (BackendException fault) {
      problem("reachable", fault);
    }
    return List.copyOf(findings);
  }

  private void checkServer() {
    try (var link = connecting.toPrimary()) {
      check(link, "");
      new Trial(link, "", settings, faults).on(findings, 0);
    } catch (JedisException failure) {
      problem("reachable", faults.of(failure, settings.url().place()));
    }
  }

  private void checkSentinels() {
    var addresses = settings.url().addresses();
    var answering = new ArrayList<Address>();
    for (var sentinel : addresses) {
      try (var link =
          Link.to(sentinel, settings.sentinelLogin(), settings.tls(), 0, settings.timeout())) {
        link.open();
        answering.add(sentinel);
      } catch (JedisException silent) {
        findings.add(
            Finding.warning(
                "Sentinel " + sentinel,
                String.valueOf(faults.of(silent, sentinel).getMessage()),
                "start it, or take it out of url"));
      }
    }
    if (answering.size() == addresses.size()) {
      findings.add(Finding.ok("Sentinels", "all %d answer".formatted(addresses.size())));
    }
    if (addresses.size() < 2) {
      findings.add(
          Finding.warning(
              "Sentinels", "url names only one", "name at least three, on different machines"));
    }
  }

  private void checkCluster() {
    var primaries = new LinkedHashSet<Address>();
    var slots = 0;
    for (var range : slotRanges()) {
      primaries.add(range.primary());
      slots += range.last() - range.first() + 1;
    }
    if (primaries.isEmpty()) {
      throw faults.noNodeFor(0);
    }
    findings.add(
        Finding.ok("cluster", "%,d slots on %d primaries".formatted(slots, primaries.size())));
    for (var primary : primaries) {
      try (var link = connecting.toNode(primary)) {
        check(link, " of " + primary);
        for (var range : slotRanges()) {
          if (range.primary().equals(primary)) {
            new Trial(link, " of " + primary, settings, faults).on(findings, range.first());
            break;
          }
        }
      } catch (JedisException failure) {
        problem("reachable", faults.of(failure, primary));
      }
    }
  }

  private List<SlotRange> slotRanges() {
    var seed = settings.url().addresses().getFirst();
    try (var link = connecting.toAnyNode(seed)) {
      return SlotRange.all(link.ask(new CommandArguments(Command.CLUSTER).add("SLOTS")), seed);
    } catch (JedisException failure) {
      throw faults.of(failure, seed);
    }
  }

  private void check(Link link, String where) {
    findings.add(Finding.ok("reachable" + where, "%s answers".formatted(link.address())));
    new ServerChecks(link, where, settings.url().kind(), findings).run();
  }

  private void problem(String check, BackendException fault) {
    findings.add(
        Finding.problem(
            check,
            String.valueOf(fault.getMessage()),
            "put that right and run `parley doctor` again"));
  }
}
