package dev.parley.bootstrap.doctor.remote;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Decides as another trust manager does, and remembers what a server has shown. */
final class ShownCertificates extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager trusted;
  private X509Certificate @Nullable [] chain;
  private String keyExchange = "";

  ShownCertificates(X509ExtendedTrustManager trusted) {
    this.trusted = trusted;
  }

  /** The server's own certificate; null when it showed none. */
  @Nullable X509Certificate first() {
    return chain == null || chain.length == 0 ? null : chain[0];
  }

  int count() {
    return chain == null ? 0 : chain.length;
  }

  /** Whether an authority vouches for the certificate, whatever its names are. */
  boolean isTrusted() {
    try {
      trusted.checkServerTrusted(chain, keyExchange);
      return true;
    } catch (CertificateException _) {
      return false;
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] shown, String authType, Socket socket)
      throws CertificateException {
    remember(shown, authType);
    trusted.checkServerTrusted(shown, authType, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] shown, String authType, SSLEngine engine)
      throws CertificateException {
    remember(shown, authType);
    trusted.checkServerTrusted(shown, authType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] shown, String authType)
      throws CertificateException {
    remember(shown, authType);
    trusted.checkServerTrusted(shown, authType);
  }

  private void remember(X509Certificate[] shown, String authType) {
    chain = shown.clone();
    keyExchange = authType;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] shown, String authType, Socket socket)
      throws CertificateException {
    trusted.checkClientTrusted(shown, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] shown, String authType, SSLEngine engine)
      throws CertificateException {
    trusted.checkClientTrusted(shown, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] shown, String authType)
      throws CertificateException {
    trusted.checkClientTrusted(shown, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return trusted.getAcceptedIssuers();
  }
}
