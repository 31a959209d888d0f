package dev.parley.adapters.inbound.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/**
 * A file in the form of <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a> (PEM).
 *
 * @param setting names it in what is said about it
 */
record PemFile(String setting, Path path) {

  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String KEY = "PRIVATE KEY";
  private static final String RSA_KEY = "RSA PRIVATE KEY";
  private static final String EC_KEY = "EC PRIVATE KEY";
  private static final String ENCRYPTED_KEY = "ENCRYPTED PRIVATE KEY";
  private static final Set<String> KEYS = Set.of(KEY, RSA_KEY, EC_KEY);

  /**
   * The certificates in it, in their order.
   *
   * @throws IllegalArgumentException when there are none, or one cannot be read
   */
  List<X509Certificate> certificates() {
    var certificates = new ArrayList<X509Certificate>();
    try {
      var factory = CertificateFactory.getInstance("X.509");
      for (var object : objects()) {
        if (object.getType().equals(CERTIFICATE)
            && factory.generateCertificate(new ByteArrayInputStream(object.getContent()))
                instanceof X509Certificate certificate) {
          certificates.add(certificate);
        }
      }
    } catch (GeneralSecurityException e) {
      throw refused("holds a certificate that cannot be read; get it from its authority again", e);
    }
    if (certificates.isEmpty()) {
      throw refused(
          "holds no certificate in PEM form (-----BEGIN CERTIFICATE-----); name the file with the"
              + " whole chain, usually fullchain.pem",
          null);
    }
    return certificates;
  }

  /**
   * The first private key in it; certificates and parameters may stand in the same file.
   *
   * @throws IllegalArgumentException when there is none that can be used
   */
  PrivateKey privateKey() {
    for (var object : objects()) {
      if (isEncryptedKey(object)) {
        throw refused(
            "holds an encrypted private key, and a server that starts by itself cannot ask for its"
                + " passphrase; decrypt it (openssl pkey -in FILE -out FILE.plain) and protect the"
                + " file by its permissions",
            null);
      }
      if (KEYS.contains(object.getType())) {
        try {
          return keyOf(pkcs8(object));
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
          throw refused("holds a private key that cannot be read; it may be damaged", e);
        }
      }
    }
    throw refused(
        "holds no private key in PEM form (-----BEGIN PRIVATE KEY-----); name the file of the key,"
            + " usually privkey.pem",
        null);
  }

  private static boolean isEncryptedKey(PemObject object) {
    return object.getType().equals(ENCRYPTED_KEY)
        || (KEYS.contains(object.getType()) && !object.getHeaders().isEmpty());
  }

  /** A key in the form that Java reads: the traditional forms leave out of what kind it is. */
  private static PrivateKeyInfo pkcs8(PemObject object) throws IOException {
    return switch (object.getType()) {
      case RSA_KEY ->
          new PrivateKeyInfo(
              new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
              RSAPrivateKey.getInstance(object.getContent()));
      case EC_KEY -> {
        var key = ECPrivateKey.getInstance(object.getContent());
        yield new PrivateKeyInfo(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
            key);
      }
      default -> PrivateKeyInfo.getInstance(object.getContent());
    };
  }

  private static PrivateKey keyOf(PrivateKeyInfo key) throws GeneralSecurityException, IOException {
    return KeyFactory.getInstance(key.getPrivateKeyAlgorithm().getAlgorithm().getId())
        .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
  }

  private List<PemObject> objects() {
    var objects = new ArrayList<PemObject>();
    try (var reader =
        new PemReader(new StringReader(Files.readString(path, StandardCharsets.ISO_8859_1)))) {
      for (var object = reader.readPemObject(); object != null; object = reader.readPemObject()) {
        objects.add(object);
      }
      return objects;
    } catch (NoSuchFileException e) {
      throw refused("is not there; correct the path, or remove http.tls to serve plain HTTP", e);
    } catch (IOException | RuntimeException e) {
      throw refused("cannot be read (%s)".formatted(reasonOf(e)), e);
    }
  }

  private static String reasonOf(Exception e) {
    return e instanceof AccessDeniedException
        ? "this user may not read it"
        : "it is no file in PEM form, or a damaged one";
  }

  private IllegalArgumentException refused(String why, @Nullable Throwable cause) {
    return new IllegalArgumentException("%s: %s %s".formatted(setting, path, why), cause);
  }
}
