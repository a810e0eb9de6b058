package conductor.handlers.forge.github;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What GitHub itself says of the requests that it takes; see {@code github/README.md} beside the
 * description.
 */
final class PublishedApi {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final String SERVER = "/api/v3";
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

  /** As read from the resources. */
  static final PublishedApi READ = new PublishedApi();

  private final List<Place> places;

  private PublishedApi() {
    try (InputStream in = PublishedApi.class.getResourceAsStream("/github/api.json")) {
      JsonNode paths = JSON.readTree(Objects.requireNonNull(in)).path("paths");
      places =
          paths
              .propertyStream()
              .map(entry -> Place.of(entry.getKey(), entry.getValue()))
              .sorted(Comparator.comparingInt(Place::freedom))
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A path with its operations.
   *
   * @param named the names of the groups of its pattern
   */
  private record Place(String path, Pattern pattern, List<String> named, JsonNode operations) {

    static Place of(String path, JsonNode operations) {
      var pattern = new StringBuilder();
      var named = new ArrayList<String>();
      Matcher parameter = PARAMETER.matcher(path);
      int at = 0;
      while (parameter.find()) {
        pattern.append(Pattern.quote(path.substring(at, parameter.start())));
        boolean slashes =
            described(operations, parameter.group(1)).path("x-multi-segment").asBoolean(false);
        pattern.append(slashes ? "(.+)" : "([^/]+)");
        named.add(parameter.group(1));
        at = parameter.end();
      }
      pattern.append(Pattern.quote(path.substring(at)));
      return new Place(path, Pattern.compile(pattern.toString()), named, operations);
    }

    private static JsonNode described(JsonNode operations, String name) {
      return operations
          .valueStream()
          .flatMap(operation -> operation.path("parameters").valueStream())
          .filter(one -> one.path("name").asString().equals(name))
          .findFirst()
          .orElseThrow();
    }

    /** How much of a path it leaves open; the strictest that matches is meant. */
    int freedom() {
      return (int) pattern.pattern().chars().filter(one -> one == '+').count();
    }
  }

  /** What is wrong with a request to a GitHub Enterprise Server, each with the request itself. */
  List<String> wrong(String method, URI place, byte[] body) {
    String path = place.getRawPath();
    String query = place.getRawQuery();
    String asked = method + " " + path + (query == null ? "" : "?" + query);
    String below = path.startsWith(SERVER) ? path.substring(SERVER.length()) : path;
    return wrong(method, below, query, body).stream().map(one -> asked + ": " + one).toList();
  }

  /**
   * What is wrong with a request; empty when nothing is.
   *
   * @param path below the API's address, and the query, as they were sent
   */
  List<String> wrong(String method, String path, @Nullable String query, byte[] body) {
    for (Place place : places) {
      Matcher matcher = place.pattern().matcher(path);
      if (matcher.matches()) {
        JsonNode operation = place.operations().path(method.toLowerCase(Locale.ROOT));
        return operation.isMissingNode()
            ? List.of("%s has no %s".formatted(place.path(), method))
            : wrong(operation, values(place, matcher), query, body);
      }
    }
    return List.of("there is no such path among those that are described");
  }

  private static Map<String, String> values(Place place, Matcher matcher) {
    var values = new LinkedHashMap<String, String>();
    for (int i = 0; i < place.named().size(); i++) {
      values.put(place.named().get(i), decoded(matcher.group(i + 1).replace("+", "%2B")));
    }
    return values;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static List<String> wrong(
      JsonNode operation, Map<String, String> inPath, @Nullable String query, byte[] body) {
    var wrong = new ArrayList<String>();
    inPath.forEach((name, value) -> wrong.addAll(wrong(operation, "path", name, value)));
    for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
      String[] parts = (pair + "=").split("=", 3);
      wrong.addAll(wrong(operation, "query", decoded(parts[0]), decoded(parts[1])));
    }
    wrong.addAll(wrong(operation.path("requestBody"), body));
    return wrong;
  }

  private static List<String> wrong(JsonNode operation, String in, String name, String value) {
    Optional<JsonNode> described =
        operation
            .path("parameters")
            .valueStream()
            .filter(one -> one.path("in").asString().equals(in))
            .filter(one -> one.path("name").asString().equals(name))
            .findFirst();
    String which = "the parameter '%s' of the %s".formatted(name, in);
    if (described.isEmpty()) {
      return List.of(which + " is not known");
    }
    JsonNode schema = described.get().path("schema");
    return errors(schema, typed(schema, value))
        .map(error -> "%s is '%s': %s".formatted(which, value, error))
        .toList();
  }

  /** A text as the type that it is to have, where it is one of that type. */
  private static JsonNode typed(JsonNode schema, String value) {
    boolean number = schema.path("type").asString("").equals("integer");
    return number && value.matches("-?\\d{1,18}")
        ? JsonNodeFactory.instance.numberNode(Long.parseLong(value))
        : JsonNodeFactory.instance.stringNode(value);
  }

  private static List<String> wrong(JsonNode described, byte[] body) {
    if (body.length == 0) {
      return described.path("required").asBoolean(false) ? List.of("it has no body") : List.of();
    }
    if (described.isMissingNode()) {
      return List.of("it takes no body");
    }
    try {
      return errors(described.path("schema"), JSON.readTree(body))
          .map(error -> "the body" + error)
          .toList();
    } catch (JacksonException e) {
      return List.of("the body is not JSON: " + e.getOriginalMessage());
    }
  }

  private static Stream<String> errors(JsonNode schema, JsonNode value) {
    return SCHEMAS.getSchema(schema).validate(value).stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage());
  }
}
