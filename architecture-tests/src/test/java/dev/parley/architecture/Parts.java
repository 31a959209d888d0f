package dev.parley.architecture;

/** The parts of the hexagon, by package. */
final class Parts {

  static final String ALL = "dev.parley..";
  static final String DOMAIN = "dev.parley.domain..";
  static final String PORTS = "dev.parley.ports..";
  static final String INBOUND_PORTS = "dev.parley.ports.inbound..";
  static final String OUTBOUND_PORTS = "dev.parley.ports.outbound..";
  static final String APPLICATION = "dev.parley.application..";
  static final String ADAPTERS = "dev.parley.adapters..";
  static final String INBOUND_ADAPTERS = "dev.parley.adapters.inbound..";
  static final String OUTBOUND_ADAPTERS = "dev.parley.adapters.outbound..";
  static final String BOOTSTRAP = "dev.parley.bootstrap..";
  static final String CONFORMANCE = "dev.parley.conformance..";

  static final String MCP = "dev.parley.adapters.inbound.mcp..";
  static final String STDIO = "dev.parley.adapters.inbound.stdio..";
  static final String HTTP = "dev.parley.adapters.inbound.http..";
  static final String CLI = "dev.parley.adapters.inbound.cli..";
  static final String STATE = "dev.parley.adapters.outbound.state..";
  static final String WIRE = "dev.parley.adapters.outbound.wire..";
  static final String CLIENT_DOCUMENTS = "dev.parley.adapters.outbound.clientdocuments..";
  static final String METRICS = "dev.parley.adapters.outbound.metrics..";
  static final String SUPPORT = "dev.parley.adapters.outbound.support..";

  static final String JAVA = "java..";
  static final String JMOLECULES = "org.jmolecules..";
  static final String JSPECIFY = "org.jspecify..";
  static final String RE2J = "com.google.re2j..";
  static final String SLF4J = "org.slf4j..";

  private Parts() {}
}
