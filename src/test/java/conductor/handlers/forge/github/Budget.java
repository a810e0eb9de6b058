package conductor.handlers.forge.github;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How often GitHub is asked: its primary rate limit, of which an answer that nothing changed (304,
 * RFC 9110) takes nothing.
 */
final class Budget {

  private static final String TAG = "ETag";
  private static final int USUAL = 5000;

  private final AtomicInteger spent = new AtomicInteger();

  /** How many requests have counted. */
  int spent() {
    return spent.get();
  }

  /** Counts a request, and answers 304 where the one who asks has what is there. */
  GitBackend.Reply counted(HttpExchange exchange, GitBackend.Reply reply) {
    var headers = new HashMap<>(reply.headers());
    boolean same = false;
    if (exchange.getRequestMethod().equals("GET") && reply.status() == 200) {
      String tag = tag(exchange, reply);
      headers.put(TAG, tag);
      headers.put("Cache-Control", "private, max-age=60, s-maxage=60");
      headers.put("Vary", "Accept, Authorization, Cookie, X-GitHub-OTP");
      same = matches(exchange.getRequestHeaders().get("If-None-Match"), tag);
    }
    int used = same ? spent.get() : spent.incrementAndGet();
    headers.putAll(
        Map.of(
            "X-RateLimit-Limit",
            String.valueOf(USUAL),
            "X-RateLimit-Used",
            String.valueOf(used),
            "X-RateLimit-Remaining",
            String.valueOf(USUAL - used),
            "X-RateLimit-Reset",
            String.valueOf(Instant.now().plusSeconds(3600).getEpochSecond())));
    if (!same) {
      return new GitBackend.Reply(reply.status(), headers, reply.body());
    }
    headers.remove("Content-Type");
    headers.remove("Link");
    return new GitBackend.Reply(304, headers, new byte[0]);
  }

  /**
   * What is shown differs by who asks and in which form, and so does its tag. Not by what follows.
   */
  private static String tag(HttpExchange exchange, GitBackend.Reply reply) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String header : List.of("Authorization", "Accept")) {
        String value = String.valueOf(exchange.getRequestHeaders().getFirst(header));
        digest.update((value + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return "W/\"" + HexFormat.of().formatHex(digest.digest(reply.body())) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Compares weakly: a list of tags, in one header or several, or a star. */
  private static boolean matches(@Nullable List<String> given, String tag) {
    return given != null
        && given.stream()
            .flatMap(header -> Stream.of(header.split(",", -1)))
            .map(String::strip)
            .anyMatch(one -> one.equals("*") || bare(one).equals(bare(tag)));
  }

  private static String bare(String tag) {
    return tag.replaceFirst("^W/", "");
  }
}
