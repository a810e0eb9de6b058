package conductor.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says which requests are those of the person who started the server. The first address has a
 * token, which becomes a cookie that no script reads and no other site sends. The names by which
 * the server may be called are known, so that a foreign name that leads here (DNS rebinding) gets
 * nothing. What changes something needs a second token, which only the pages have.
 */
final class Access {

  private static final int TOKEN_BYTES = 24;
  private static final String SCHEME = "http://";

  private final SecureRandom random;
  private final List<String> names;
  private final String token;
  private final String writes;

  /**
   * Creates the rule for one server.
   *
   * @param names the names and addresses by which it may be called, without a port
   */
  Access(List<String> names, SecureRandom random) {
    this.random = random;
    this.names = List.copyOf(names);
    this.token = nonce();
    this.writes = nonce();
  }

  /** Returns a number that nobody guesses. */
  String nonce() {
    var bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Returns the token of the first address. */
  String token() {
    return token;
  }

  /** Returns the token that a form sends with what it asks for. */
  String writes() {
    return writes;
  }

  /** Returns whether a request that came to a port calls the server by a name of its own. */
  boolean isOwn(@Nullable String host, int port) {
    return host != null && names.stream().anyMatch(name -> host.equals(name + ":" + port));
  }

  /** Returns whether a token is that of the first address. */
  boolean opens(@Nullable String given) {
    return given != null && same(given, token);
  }

  /** Returns the cookie that the first address is answered with, as a header's value. */
  String granted(int port) {
    return cookie(port) + token + "; Path=/; HttpOnly; SameSite=Strict";
  }

  /** Browsers share cookies between the ports of a name. */
  private static String cookie(int port) {
    return "conductor-" + port + "=";
  }

  /** Returns whether a request has the cookie. */
  boolean isKnown(Stream<String> cookies, int port) {
    Optional<String> given =
        cookies
            .flatMap(header -> Stream.of(header.split(";")))
            .map(String::strip)
            .filter(pair -> pair.startsWith(cookie(port)))
            .map(pair -> pair.substring(cookie(port).length()))
            .findFirst();
    return given.filter(value -> same(value, token)).isPresent();
  }

  /**
   * Returns whether a request that changes something comes from a page of this server.
   *
   * @param origin what the browser says of the page; null when it says nothing
   * @param given the token of the form
   */
  boolean mayWrite(@Nullable String origin, int port, @Nullable String given) {
    boolean isOwn =
        origin == null
            || (origin.startsWith(SCHEME) && isOwn(origin.substring(SCHEME.length()), port));
    return isOwn && given != null && same(given, writes);
  }

  /** Compares in a time that does not tell how much is right. */
  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
