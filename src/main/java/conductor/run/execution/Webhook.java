package conductor.run.execution;

import conductor.error.Reason;
import conductor.process.CannotRun;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Posts JSON to an address, without following it elsewhere: headers may hold secrets. */
final class Webhook {

  private Webhook() {}

  /**
   * Posts a document. The address may be a secret too: messages name the host only.
   *
   * @throws CannotRun when nobody takes it
   */
  static void post(URI address, Map<String, String> headers, String json)
      throws InterruptedException {
    try (HttpClient http =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build()) {
      var request =
          HttpRequest.newBuilder(address)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(json));
      headers.forEach(request::setHeader);
      HttpResponse<Void> answer = http.send(request.build(), BodyHandlers.discarding());
      if (answer.statusCode() / 100 != 2) {
        throw new CannotRun(address.getHost() + " answers " + answer.statusCode());
      }
    } catch (IOException e) {
      throw new CannotRun("cannot reach " + address.getHost() + ": " + Reason.of(e));
    } catch (IllegalArgumentException e) {
      throw new CannotRun("notify.headers has a header that cannot be sent");
    }
  }
}
