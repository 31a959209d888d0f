package dev.parley.adapters.inbound.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** A certificate for this machine that a test made, with its key. */
record SelfSigned(KeyPair keys, X509Certificate certificate) {

  /** One that is valid now; {@code EC} or {@code RSA}. */
  static SelfSigned of(String algorithm) {
    return of(algorithm, Instant.now().plus(Duration.ofDays(1)));
  }

  static SelfSigned of(String algorithm, Instant until) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("RSA")) {
        // The shortest that is taken, since longer ones take seconds to make.
        generator.initialize(2048);
      }
      var keys = generator.generateKeyPair();
      return new SelfSigned(keys, certificate(keys, until));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate certificate(KeyPair keys, Instant until)
      throws GeneralSecurityException, IOException {
    var signing = Signing.by(keys);
    var algorithm = new AlgorithmIdentifier(signing.identifier());
    var name = new X500Name("CN=a test");
    var generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(BigInteger.valueOf(System.nanoTime())));
    generator.setIssuer(name);
    generator.setSubject(name);
    generator.setStartDate(new Time(Date.from(until.minus(Duration.ofDays(90)))));
    generator.setEndDate(new Time(Date.from(until)));
    generator.setSubjectPublicKeyInfo(
        SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
    generator.setSignature(algorithm);
    var extensions = new ExtensionsGenerator();
    extensions.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
    generator.setExtensions(extensions.generate());
    var toBeSigned = generator.generateTBSCertificate();
    var signature = Signature.getInstance(signing.name());
    signature.initSign(keys.getPrivate());
    signature.update(toBeSigned.getEncoded(ASN1Encoding.DER));
    var der =
        new DERSequence(
                new ASN1Encodable[] {toBeSigned, algorithm, new DERBitString(signature.sign())})
            .getEncoded(ASN1Encoding.DER);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  /** How a key signs, by name and by identifier. */
  private record Signing(String name, ASN1ObjectIdentifier identifier) {
    static Signing by(KeyPair keys) {
      return switch (keys.getPrivate().getAlgorithm()) {
        case "RSA" -> new Signing("SHA256withRSA", PKCSObjectIdentifiers.sha256WithRSAEncryption);
        case "EC" -> new Signing("SHA256withECDSA", X9ObjectIdentifiers.ecdsa_with_SHA256);
        default -> new Signing("EdDSA", EdECObjectIdentifiers.id_Ed25519);
      };
    }
  }

  String certificatePem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key as most programs write it today. */
  String keyPem() {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  /** The key as OpenSSL wrote it for long, and some clients of authorities still do. */
  String traditionalKeyPem() {
    try {
      var info = PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded());
      var key =
          keys.getPrivate() instanceof ECPrivateKey secret
              ? new org.bouncycastle.asn1.sec.ECPrivateKey(
                  secret.getParams().getOrder().bitLength(),
                  secret.getS(),
                  info.getPrivateKeyAlgorithm().getParameters())
              : info.parsePrivateKey();
      return pem(
          keys.getPrivate().getAlgorithm() + " PRIVATE KEY",
          key.toASN1Primitive().getEncoded(ASN1Encoding.DER));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(String type, byte[] content) {
    var text = new StringWriter();
    try (var writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, content));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  /** What a client uses that trusts this certificate and no other. */
  SSLContext trusted() {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("it", certificate);
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
