package conductor.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;
import org.jspecify.annotations.Nullable;

/** Answers requests of browsers: who may ask, what is asked, and how the answer is sent. */
final class SiteHandler extends Handler.Abstract {

  /** What a form may hold, in bytes. */
  private static final int FORM = 1 << 20;

  private static final String LIVE = "live";

  /** A path of this server: browsers take two slashes, of either kind, for another server. */
  private static final Pattern OWN_PAGE = Pattern.compile("/(?![/\\\\]).*");

  private static final String POLICY = "Content-Security-Policy";

  private static final String ALLOWED =
      "default-src 'none'; script-src 'self'; style-src 'self'%s; style-src-attr 'unsafe-inline'; img-src 'self';"
          + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  private static final Map<String, String> HEADERS =
      Map.of(
          POLICY,
          ALLOWED.formatted(""),
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private final Access access;
  private final Pages pages;
  private final Actions actions;
  private final Live live;

  SiteHandler(Access access, Pages pages, Actions actions, Live live) {
    this.access = access;
    this.pages = pages;
    this.actions = actions;
    this.live = live;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    try {
      HEADERS.forEach(response.getHeaders()::put);
      answer(request, new Answer(response));
      callback.succeeded();
    } catch (IOException e) {
      callback.failed(e); // the browser is gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      callback.failed(e);
    }
    return true;
  }

  private void answer(Request request, Answer answer) throws IOException, InterruptedException {
    String host = request.getHeaders().get(HttpHeader.HOST);
    int port = Request.getLocalPort(request);
    if (!access.isOwn(host, port)) {
      answer.refuse(421, "This server is not called " + host + ".");
      return;
    }
    List<String> path = PageRequest.path(Request.getPathInContext(request));
    if (path.size() == 2 && path.getFirst().equals("assets")) {
      Optional<Assets.Asset> asset = Assets.find(path.getLast());
      if (asset.isPresent()) {
        answer.send(200, asset.get().type(), asset.get().bytes());
      } else {
        answer.refuse(404, "There is no such file.");
      }
      return;
    }
    Map<String, String> query = fields(Request.extractQueryParameters(request));
    if (access.opens(query.get("token"))) {
      answer.header("Set-Cookie", access.granted(port));
      enter(request, "/" + String.join("/", path), answer);
      return;
    }
    if (!access.isKnown(
        request.getHeaders().getFields(HttpHeader.COOKIE).stream().map(HttpField::getValue),
        port)) {
      answer.refuse(
          403, "Open the address that 'conductor ui' printed: it has the token of this server.");
      return;
    }
    switch (request.getMethod()) {
      case "GET" -> get(new PageRequest(path, query), request.getHttpURI().getQuery(), answer);
      case "POST" -> post(request, path, answer);
      default -> answer.refuse(405, "Pages are read with GET, and change with POST.");
    }
  }

  /** Leads to a page: after a redirect from elsewhere the browser would keep the cookie back. */
  private static void enter(Request request, String page, Answer answer) throws IOException {
    if ("cross-site".equals(request.getHeaders().get("Sec-Fetch-Site"))) {
      answer.refresh(page);
    } else {
      answer.redirect(page);
    }
  }

  private void get(PageRequest asked, @Nullable String query, Answer answer)
      throws IOException, InterruptedException {
    boolean follows = !asked.path().isEmpty() && asked.path().getFirst().equals(LIVE);
    PageRequest page = follows ? asked.below() : asked;
    Optional<Live.Reader> reader = pages.find(page);
    if (reader.isEmpty()) {
      answer.refuse(404, "There is no such page.");
    } else if (follows) {
      follow(page, reader.get(), answer);
    } else {
      show(page, query, reader.get().read(), answer);
    }
  }

  private void follow(PageRequest asked, Live.Reader reader, Answer answer)
      throws IOException, InterruptedException {
    var fields = new LinkedHashMap<>(asked.fields());
    fields.remove("seen");
    try (OutputStream to = answer.stream("text/event-stream")) {
      live.send(asked.path() + " " + fields, asked.field("seen"), reader, to);
    }
  }

  private void show(PageRequest asked, @Nullable String query, Page page, Answer answer)
      throws IOException {
    String address = "/" + String.join("/", asked.path()) + (query == null ? "" : "?" + query);
    String nonce = access.nonce(); // for the one style that Turbo brings with it
    answer.header(POLICY, ALLOWED.formatted(" 'nonce-" + nonce + "'"));
    answer.html(200, Layout.of(page, address, nonce));
  }

  private void post(Request request, List<String> path, Answer answer) throws IOException {
    Map<String, String> form;
    try (var in = Content.Source.asInputStream(request)) {
      byte[] bytes = in.readNBytes(FORM + 1);
      if (bytes.length > FORM) {
        in.transferTo(OutputStream.nullOutputStream()); // or the browser never reads the answer
        answer.refuse(413, "A form may have 1 MB.");
        return;
      }
      var read = new Fields();
      String text = new String(bytes, StandardCharsets.UTF_8);
      UrlEncoded.decodeUtf8To(text, 0, text.length(), read::add);
      form = fields(read);
    } catch (IllegalArgumentException e) {
      answer.refuse(400, "The form cannot be read.");
      return;
    }
    if (!access.mayWrite(
        request.getHeaders().get(HttpHeader.ORIGIN),
        Request.getLocalPort(request),
        form.get("writes"))) {
      answer.refuse(
          403,
          "This form is not one of this server's pages, or of a page from before its restart: load the page again.");
      return;
    }
    var asked = new PageRequest(path, form);
    Optional<Commands.Done> done = actions.perform(asked);
    if (done.isEmpty()) {
      answer.refuse(404, "There is no such action.");
    } else if (done.get().ok()) {
      String back = asked.field("back");
      answer.redirect(OWN_PAGE.matcher(back).matches() ? back : "/");
    } else {
      answer.refuse(409, done.get().said());
    }
  }

  private static Map<String, String> fields(Fields fields) {
    var map = new LinkedHashMap<String, String>();
    for (Fields.Field field : fields) {
      map.put(field.getName(), field.getValue() == null ? "" : field.getValue());
    }
    return map;
  }
}
