package conductor.handlers.forge.github;

import conductor.engine.handler.WallClock;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Waits when GitHub reports a rate limit: until the time that GitHub names, or a minute when it
 * names none.
 */
record RateLimit(GitHubSite site, InstantSource clock, Consumer<String> waiting) {

  private static final Duration UNSAID = Duration.ofMinutes(1);

  /** How the GraphQL API reports that the limit is spent. */
  private static final Pattern GRAPHQL = Pattern.compile("\"type\"\\s*:\\s*\"RATE_LIMITED\"");

  private static final Pattern HASTE = Pattern.compile("(?i)submitted too quickly");
  private static final Pattern LIMITS =
      Pattern.compile("(?i)rate limit|abuse detection|" + HASTE.pattern());

  /** The shortest wait, because the clocks of two hosts can differ. */
  private static final Duration LEAST = Duration.ofSeconds(1);

  /** Returns whether an answer reports a rate limit; if so, after waiting for its end. */
  boolean waited(Response response) throws InterruptedException {
    if (!limited(response)) {
      return false;
    }
    Instant until = until(response.headers());
    Duration left = Duration.between(clock.instant(), until);
    waiting.accept(
        "%s limits how often it is asked: waiting until %s (%s)"
            .formatted(site.host(), time(until), brief(left)));
    WallClock.sleepUntil(until, clock);
    return true;
  }

  private static boolean limited(Response response) {
    HttpHeaders headers = response.headers();
    boolean spent = headers.firstValue("X-RateLimit-Remaining").equals(Optional.of("0"));
    return switch (response.status()) {
      case 429 -> true;
      case 403 -> spent || headers.firstValue("Retry-After").isPresent() || says(response, LIMITS);
      case 422 -> says(response, HASTE);
      case 200 -> spent && says(response, GRAPHQL);
      default -> false;
    };
  }

  private static boolean says(Response response, Pattern what) {
    return what.matcher(response.body()).find();
  }

  private Instant until(HttpHeaders headers) {
    Instant now = clock.instant();
    Optional<Instant> after = number(headers, "Retry-After").map(now::plusSeconds);
    Optional<Instant> reset =
        headers.firstValue("X-RateLimit-Remaining").equals(Optional.of("0"))
            ? number(headers, "X-RateLimit-Reset").map(Instant::ofEpochSecond)
            : Optional.empty();
    Instant until = after.or(() -> reset).orElse(now.plus(UNSAID));
    return until.isAfter(now.plus(LEAST)) ? until : now.plus(LEAST);
  }

  private static Optional<Long> number(HttpHeaders headers, String name) {
    return headers.firstValue(name).filter(value -> value.matches("\\d{1,12}")).map(Long::valueOf);
  }

  private static String time(Instant at) {
    return DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT)
        .withZone(ZoneId.systemDefault())
        .format(at.truncatedTo(ChronoUnit.SECONDS));
  }

  private static String brief(Duration left) {
    Duration time = left.isNegative() ? Duration.ZERO : left;
    return time.toMinutes() > 0
        ? "%d h %d min".formatted(time.toHours(), time.toMinutesPart())
        : time.toSeconds() + " s";
  }
}
