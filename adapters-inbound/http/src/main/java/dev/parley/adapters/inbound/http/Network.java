package dev.parley.adapters.inbound.http;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Addresses with one prefix, written as in RFC 4632: {@code 10.0.0.0/8}, or a single address.
 *
 * @param bits how many bits of the address are the prefix
 */
record Network(InetAddress address, int bits) {

  /**
   * Reads a network.
   *
   * @throws IllegalArgumentException when the text is none
   */
  static Network of(String text) {
    var slash = text.indexOf('/');
    var address = address(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw notANetwork(text);
    }
    var longest = address.getAddress().length * Byte.SIZE;
    try {
      var bits = slash < 0 ? longest : Integer.parseInt(text.substring(slash + 1));
      if (bits < 0 || bits > longest) {
        throw notANetwork(text);
      }
      return new Network(address, bits);
    } catch (NumberFormatException _) {
      throw notANetwork(text);
    }
  }

  private static IllegalArgumentException notANetwork(String text) {
    return new IllegalArgumentException(
        "an address or network such as 127.0.0.1 or 10.0.0.0/8 is expected, found '%s'"
            .formatted(text));
  }

  /** The address that a text is literally; null when it is none, for names are never resolved. */
  static @Nullable InetAddress address(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  boolean contains(InetAddress other) {
    var mine = address.getAddress();
    var its = other.getAddress();
    if (mine.length != its.length) {
      return false;
    }
    for (var bit = 0; bit < bits; bit++) {
      var mask = 0x80 >> (bit % Byte.SIZE);
      if ((mine[bit / Byte.SIZE] & mask) != (its[bit / Byte.SIZE] & mask)) {
        return false;
      }
    }
    return true;
  }
}
