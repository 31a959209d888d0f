package dev.parley.bootstrap.owner;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A script that writes the passphrase as one line of UTF-8. */
record AskingInput(InputStream in) implements Asking {

  @Override
  public boolean mayReplace(Path file) throws NotSet {
    throw new NotSet(
        "%s is there already, so it was left as it is; --force replaces it".formatted(file));
  }

  @Override
  public String passphrase() throws NotSet, IOException {
    try {
      var line = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line())).toString();
      var passphrase = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
      Passphrases.requireFit(passphrase);
      return passphrase;
    } catch (CharacterCodingException e) {
      throw new NotSet("the line on standard input is not UTF-8; nothing was written");
    }
  }

  private byte[] line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (line.size() > Passphrases.MOST_BYTES) {
        break;
      }
      line.write(b);
    }
    return line.toByteArray();
  }
}
