package dev.parley.adapters.outbound.clientdocuments;

import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.spi.DnsResolver;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;

/**
 * Resolves names to public addresses only, at the moment of connecting: what was checked is what is
 * connected to, so that a name which resolves otherwise a second time leads nowhere else. A name of
 * which one address is not public is refused as a whole.
 */
final class PublicAddresses implements DnsResolver {

  private final Names names;

  /** Addresses that the system knows. */
  PublicAddresses() {
    this(InetAddress::getAllByName);
  }

  PublicAddresses(Names names) {
    this.names = names;
  }

  /** Finds all addresses of a name, or of an address that is written out. */
  @FunctionalInterface
  interface Names {
    InetAddress[] addressesOf(String host) throws UnknownHostException;
  }

  @Override
  public InetAddress resolveAddress(String host, DnsAddressLookup lookup) {
    try {
      var addresses = names.addressesOf(host);
      if (!Stream.of(addresses).allMatch(PublicAddresses::isPublic)) {
        throw new NotPublic("'%s' is not at a public address".formatted(host));
      }
      // With the name that was asked for: the certificate has to be of that one.
      return InetAddress.getByAddress(host, addresses[0].getAddress());
    } catch (UnknownHostException _) {
      throw new NotPublic("'%s' has no address".formatted(host));
    }
  }

  /** A name that leads to no public address. */
  static final class NotPublic extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotPublic(String message) {
      super(message);
    }
  }

  /** Whether an address is one of the public Internet (RFC 6890 lists those that are not). */
  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    var bytes = address.getAddress();
    return switch (address) {
      case Inet4Address _ -> isPublicV4(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff);
      case Inet6Address _ -> isPublicV6(bytes);
      default -> false;
    };
  }

  private static boolean isPublicV4(int a, int b, int c) {
    var sharedOrBenchmark = (a == 100 && (b & 0xc0) == 64) || (a == 198 && (b & 0xfe) == 18);
    var documentationOrRelay =
        (a == 192 && b == 0 && (c == 0 || c == 2))
            || (a == 192 && b == 88 && c == 99)
            || (a == 198 && b == 51 && c == 100)
            || (a == 203 && b == 0 && c == 113);
    return a != 0 && a < 224 && !sharedOrBenchmark && !documentationOrRelay;
  }

  /** Global unicast, without what carries an IPv4 address inside and could lead back. */
  private static boolean isPublicV6(byte[] bytes) {
    var first = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
    var second = ((bytes[2] & 0xff) << 8) | (bytes[3] & 0xff);
    var globalUnicast = (first & 0xe000) == 0x2000;
    var protocols = first == 0x2001 && (second & 0xfe00) == 0;
    var documentation =
        (first == 0x2001 && second == 0x0db8) || (first == 0x3fff && (second & 0xf000) == 0);
    var sixToFour = first == 0x2002;
    return globalUnicast && !protocols && !documentation && !sixToFour;
  }
}
