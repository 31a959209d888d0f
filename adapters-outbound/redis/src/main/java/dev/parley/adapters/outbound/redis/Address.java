package dev.parley.adapters.outbound.redis;

/** Host and port of a server. */
record Address(String host, int port) {

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
