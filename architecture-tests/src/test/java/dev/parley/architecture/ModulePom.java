package dev.parley.architecture;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What a module says it depends on.
 *
 * @param folder its path in the checkout, such as {@code adapters-outbound/sqlite}
 */
record ModulePom(String folder, List<Needed> dependencies) {

  private static final Path CHECKOUT = Path.of(System.getProperty("parley.checkout", ".."));

  /** One dependency; the scope is {@code compile} where the file names none. */
  record Needed(String group, String artifact, String scope) {

    boolean isOwn() {
      return group.equals("dev.parley");
    }

    boolean isForTests() {
      return scope.equals("test");
    }
  }

  /** Every module that the parent lists. */
  static List<ModulePom> all() {
    var parent = elementOf(read(CHECKOUT.resolve("pom.xml")));
    return children(children(parent, "modules").findFirst().orElseThrow(), "module")
        .map(Element::getTextContent)
        .map(folder -> of(folder, read(CHECKOUT.resolve(folder).resolve("pom.xml"))))
        .toList();
  }

  /** The module of this folder with this pom. */
  static ModulePom of(String folder, String xml) {
    var dependencies =
        children(elementOf(xml), "dependencies")
            .flatMap(list -> children(list, "dependency"))
            .map(one ->
                new Needed(
                    text(one, "groupId", ""),
                    text(one, "artifactId", ""),
                    text(one, "scope", "compile")))
            .toList();
    return new ModulePom(folder, dependencies);
  }

  /** The folder's last part, which names the artifact. */
  String name() {
    return folder.substring(folder.lastIndexOf('/') + 1);
  }

  boolean isBackend() {
    return folder.startsWith("adapters-outbound/")
        && !name().equals("state")
        && !name().equals("wire")
        && !name().equals("clientdocuments")
        && !name().equals("metrics")
        && !name().equals("support");
  }

  boolean isInboundAdapter() {
    return folder.startsWith("adapters-inbound/");
  }

  /** The packages of its production classes, by the folders that hold them. */
  List<String> packages() {
    var sources = CHECKOUT.resolve(folder).resolve("src/main/java");
    if (!Files.isDirectory(sources)) {
      return List.of();
    }
    try (var files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
          .distinct()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Element elementOf(String xml) {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)))
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalArgumentException("not a pom: " + xml, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Element> children(Element parent, String name) {
    var nodes = parent.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(Element.class::isInstance)
        .map(Element.class::cast)
        .filter(element -> element.getTagName().equals(name));
  }

  private static String text(Element parent, String name, String fallback) {
    return children(parent, name)
        .map(element -> element.getTextContent().strip())
        .findFirst()
        .orElse(fallback);
  }
}
