package conductor.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;

/** Sends what a request is answered with. */
final class Answer {

  private static final String HTML = "text/html; charset=utf-8";

  private final Response response;

  Answer(Response response) {
    this.response = response;
  }

  void header(String name, String value) {
    response.getHeaders().put(name, value);
  }

  void html(int status, String text) throws IOException {
    send(status, HTML, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Says why there is no page. */
  void refuse(int status, String why) throws IOException {
    html(status, Layout.refused(status, why));
  }

  void redirect(String path) throws IOException {
    response.getHeaders().put(HttpHeader.LOCATION, oneLine(path));
    send(303, HTML, new byte[0]);
  }

  /** Sends an empty page of this server, which asks for another one. */
  void refresh(String path) throws IOException {
    response.getHeaders().put("Refresh", "0; url=" + oneLine(path));
    send(200, HTML, new byte[0]);
  }

  private static String oneLine(String path) {
    return path.replaceAll("[\\r\\n]", "");
  }

  void send(int status, String type, byte[] bytes) throws IOException {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    try (Blocker.Callback done = Blocker.callback()) {
      response.write(true, ByteBuffer.wrap(bytes), done);
      done.block();
    }
  }

  /** Begins an answer that goes on for as long as the browser wants it. */
  OutputStream stream(String type) {
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    return Content.Sink.asOutputStream(response);
  }
}
