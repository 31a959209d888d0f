package dev.parley.adapters.outbound.xmpp;

import dev.parley.ports.BackendException.Misconfigured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smack.util.DNSUtil;
import org.jivesoftware.smack.util.dns.javax.JavaxResolver;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.parts.Resourcepart;

/** How Smack makes one connection. */
final class ConnectionOptions {

  private ConnectionOptions() {}

  static XMPPTCPConnectionConfiguration of(XmppSettings settings) throws UnknownHostException {
    var builder =
        XMPPTCPConnectionConfiguration.builder()
            .setXmppDomain(settings.domain())
            .setUsernameAndPassword(settings.account().getLocalpart(), settings.password())
            .setResource(Resourcepart.fromOrThrowUnchecked("parley-" + Session.newId()))
            .setSecurityMode(settings.encrypted() ? SecurityMode.required : SecurityMode.disabled)
            .setSendPresence(false)
            .setCompressionEnabled(false)
            .setSocketFactory(new PromptSockets())
            .setConnectTimeout((int) settings.attempt().toMillis());
    var service = settings.service();
    if (service == null) {
      DNSUtil.setDNSResolver(JavaxResolver.getInstance());
    } else {
      builder.setHostAddress(InetAddress.getByName(service.host())).setPort(service.port());
    }
    if (!settings.encrypted()) {
      // Without one Smack reads the certificates of the system, which takes longer than all else.
      builder.setCustomX509TrustManager(new TrustsNobody());
    } else if (settings.trustStore() != null) {
      builder.setCustomX509TrustManager(trustManager(settings.trustStore()));
    }
    return builder.build();
  }

  private static X509TrustManager trustManager(Path file) {
    try (var in = Files.newInputStream(file)) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("trusted-" + store.size(), certificate);
      }
      if (store.size() == 0) {
        throw unusable(file, "holds no certificate in PEM", null);
      }
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return Stream.of(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(X509TrustManager.class::cast)
          .findFirst()
          .orElseThrow();
    } catch (IOException unreadable) {
      throw unusable(file, "cannot be read", unreadable);
    } catch (GeneralSecurityException malformed) {
      throw unusable(file, "holds no certificate in PEM", malformed);
    }
  }

  private static Misconfigured unusable(Path file, String what, @Nullable Throwable cause) {
    return Misconfigured.of(
        XmppSettings.TRUST_STORE.name(),
        "names %s, which %s: correct the path or the file".formatted(file, what),
        cause);
  }

  /** For a connection that is not encrypted. */
  private static final class TrustsNobody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind)
        throws CertificateException {
      throw new CertificateException("TLS is off");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind)
        throws CertificateException {
      throw new CertificateException("TLS is off");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
