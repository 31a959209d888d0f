package dev.parley.adapters.outbound.discord;

import java.io.IOException;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.requests.Request;
import net.dv8tion.jda.api.requests.Response;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.internal.requests.RestActionImpl;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * One request as JDA queues and sends it, with the answer as Discord gave it. JDA's own actions
 * hang on channels that it only knows while the gateway is up.
 */
final class Call extends RestActionImpl<Answer> {

  Call(JDA jda, Route.CompiledRoute route, @Nullable RequestBody body) {
    super(jda, route, body);
  }

  @Override
  public void handleResponse(Response response, Request<Answer> request) {
    var raw = response.getRawResponse();
    if (raw == null) {
      var cause = response.getException();
      request.onFailure(cause == null ? new IOException("no answer") : cause);
      return;
    }
    try {
      request.onSuccess(new Answer(raw.code(), response.getString()));
    } catch (RuntimeException broken) {
      request.onFailure(new IOException("the answer broke off", broken));
    }
  }
}
