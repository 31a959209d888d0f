package dev.parley.adapters.outbound.telegram;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.telegram.telegrambots.meta.api.methods.botapimethods.BotApiMethod;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;
import org.telegram.telegrambots.meta.exceptions.TelegramApiValidationException;

/**
 * A call of the library whose answer is left as JSON: to learn to read a message or a chat in full
 * takes a fresh process half a second each, of which Parley needs a few fields.
 */
final class AnswerAsJson extends BotApiMethod<ObjectNode> {

  private final BotApiMethod<?> call;

  AnswerAsJson(BotApiMethod<?> call) {
    this.call = call;
  }

  @JsonUnwrapped
  @JsonProperty
  BotApiMethod<?> call() {
    return call;
  }

  @Override
  @JsonIgnore
  public String getMethod() {
    return call.getMethod();
  }

  @Override
  public void validate() throws TelegramApiValidationException {
    call.validate();
  }

  @Override
  public ObjectNode deserializeResponse(String answer) throws TelegramApiRequestException {
    return deserializeResponse(answer, ObjectNode.class);
  }
}
