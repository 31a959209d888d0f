package dev.parley.bootstrap.doctor.remote;

import dev.parley.ports.outbound.Finding;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether clients can use the public URL, and whether it leads to an address. */
final class AddressCheck {

  private static final String CHECK = "public URL";
  private static final String REMEDY =
      "set http.public_url to the https URL by which clients reach this server, without a path";

  private AddressCheck() {}

  static Finding url(PublicServer server) {
    var http = server.configuration().http();
    if (http.publicUrl() == null && http.port() == 0) {
      return Finding.problem(
          CHECK,
          "http.public_url is not set and http.port is 0, so nobody can know the address",
          REMEDY);
    }
    if (server.isLoopback()) {
      return http.publicUrl() == null && !server.mode().equals("none")
          ? Finding.warning(
              CHECK,
              "http.public_url is not set, so only programs on this machine reach %s"
                  .formatted(server.endpoint()),
              REMEDY)
          : Finding.ok(CHECK, "%s, for programs on this machine only".formatted(server.endpoint()));
    }
    return server.isTls()
        ? Finding.ok(CHECK, "clients use " + server.endpoint())
        : Finding.problem(
            CHECK,
            "%s is not https, so tokens would be readable on the way".formatted(server.url()),
            REMEDY);
  }

  static Finding name(PublicServer server) {
    var host = server.host();
    try {
      var addresses = InetAddress.getAllByName(host);
      var found =
          "%s is at %s"
              .formatted(
                  host,
                  Arrays.stream(addresses)
                      .map(InetAddress::getHostAddress)
                      .collect(Collectors.joining(", ")));
      return server.isLoopback() || Stream.of(addresses).noneMatch(AddressCheck::isPrivate)
          ? Finding.ok("name", found)
          : Finding.warning(
              "name",
              found + " from here, which is no public address",
              "a chat in the cloud reaches it only if the name leads elsewhere for it; check the"
                  + " DNS record from outside");
    } catch (UnknownHostException e) {
      return Finding.problem(
          "name",
          "%s has no address".formatted(host),
          "add a DNS record for it, or mend http.public_url; new records may take a while");
    }
  }

  private static boolean isPrivate(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || address.isLinkLocalAddress()
        || (address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc);
  }
}
