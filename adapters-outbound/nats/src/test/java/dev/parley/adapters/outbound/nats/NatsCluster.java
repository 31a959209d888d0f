package dev.parley.adapters.outbound.nats;

import dev.parley.conformance.server.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Three servers on the loopback address that are one cluster. */
final class NatsCluster implements AutoCloseable {

  private static final int NODES = 3;

  private final List<NatsServer> nodes = new ArrayList<>();

  private NatsCluster() {
    var routes = new ArrayList<Integer>();
    for (var n = 0; n < NODES; n++) {
      routes.add(Ports.free());
    }
    var all =
        routes.stream().map(port -> "nats://127.0.0.1:" + port).collect(Collectors.joining(", "));
    for (var n = 0; n < NODES; n++) {
      nodes.add(
          NatsServer.configured(
              NatsServer.current(),
              """
              server_name: %s
              cluster {name: parley-test, listen: "127.0.0.1:%d", routes: [%s]}
              """
                  .formatted(nameOf(n), routes.get(n), all)));
    }
  }

  private static String nameOf(int node) {
    return "node-" + node;
  }

  static NatsCluster started() {
    var cluster = new NatsCluster();
    try {
      cluster.nodes.forEach(NatsServer::launch);
      cluster.nodes.forEach(NatsServer::awaitReady);
      return cluster;
    } catch (RuntimeException notReady) {
      cluster.close();
      throw notReady;
    }
  }

  List<NatsServer> nodes() {
    return List.copyOf(nodes);
  }

  List<String> urls() {
    return nodes.stream().map(NatsServer::url).toList();
  }

  /** The server of a name. */
  NatsServer named(String name) {
    for (var n = 0; n < NODES; n++) {
      if (nameOf(n).equals(name)) {
        return nodes.get(n);
      }
    }
    throw new IllegalArgumentException(name);
  }

  @Override
  public void close() {
    nodes.forEach(NatsServer::close);
  }
}
