package conductor.handlers.forge.github;

import static conductor.handlers.forge.github.FakeRepository.object;

import conductor.handlers.forge.github.Rest.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The used part of GitHub's GraphQL API: errors come with the status 200. */
final class GraphQlApi {

  private static final Pattern MUTATION =
      Pattern.compile("mutation\\(\\$input: (\\w+)!\\) \\{ (\\w+)\\(input: \\$input\\) \\{.*");
  private static final Pattern FIELD = Pattern.compile("(?m)^  (\\w+): \\w+(!?)");

  private final Collection<FakeRepository> repositories;
  private final String root;

  GraphQlApi(Collection<FakeRepository> repositories, String root) {
    this.repositories = repositories;
    this.root = root;
  }

  /** The fields of an input of the published schema, and whether each must be given. */
  private static Map<String, Boolean> fields(String type) {
    try (InputStream in = GraphQlApi.class.getResourceAsStream("/github/schema.graphql")) {
      String schema = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      Matcher input = Pattern.compile("input " + type + " \\{([^}]*)}").matcher(schema);
      var fields = new LinkedHashMap<String, Boolean>();
      if (input.find()) {
        FIELD
            .matcher(input.group(1))
            .results()
            .forEach(field -> fields.put(field.group(1), field.group(2).equals("!")));
      }
      return fields;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Reply answer(JsonNode body) {
    JsonNode variables = body.path("variables");
    Matcher mutation = MUTATION.matcher(body.path("query").asString());
    if (!mutation.matches()) {
      return query(body.path("query").asString(), variables);
    }
    JsonNode input = variables.path("input");
    Map<String, Boolean> fields = fields(mutation.group(1));
    String wrong =
        java.util.stream.Stream.concat(
                input.propertyNames().stream().filter(name -> !fields.containsKey(name)),
                fields.keySet().stream().filter(name -> fields.get(name) && !input.has(name)))
            .collect(Collectors.joining(", "));
    if (fields.isEmpty() || !wrong.isEmpty()) {
      return error(
          null,
          null,
          "Variable $input of type %s is wrong: %s".formatted(mutation.group(1), wrong));
    }
    String id = input.path("pullRequestId").asString();
    for (FakeRepository repository : repositories) {
      for (Numbered item : repository.items) {
        if (item.pull && new Shown(repository, root).nodeId(item).equals(id)) {
          repository.refresh(item);
          return mutated(mutation.group(2), repository, item, input);
        }
      }
    }
    return error(
        mutation.group(2),
        "NOT_FOUND",
        "Could not resolve to a node with the global id of '%s'".formatted(id));
  }

  private Reply query(String query, JsonNode variables) {
    String owner = variables.path("owner").asString();
    String name = variables.path("name").asString();
    Optional<FakeRepository> asked =
        repositories.stream()
            .filter(one -> one.owner.equals(owner) && one.name.equals(name))
            .findFirst();
    if (asked.isEmpty()) {
      return error(
          "repository",
          "NOT_FOUND",
          "Could not resolve to a Repository with the name '%s/%s'.".formatted(owner, name));
    }
    int number = variables.path("number").asInt();
    if (query.contains("isInMergeQueue")) {
      Optional<Numbered> pull = asked.get().item(number);
      boolean queued = pull.map(item -> item.queued).orElse(false);
      String left = pull.map(item -> item.leftQueue).orElse(null);
      List<?> events =
          left == null
              ? List.of()
              : List.of(object("__typename", "RemovedFromMergeQueueEvent", "reason", left));
      Object queue = asked.get().mergeQueue ? object("id", "MQ_1") : null;
      Object shown = object("isInMergeQueue", queued, "timelineItems", object("nodes", events));
      return new Reply(
          200,
          object("data", object("repository", object("mergeQueue", queue, "pullRequest", shown))));
    }
    return new Reply(200, new Shown(asked.get(), root).threads(number));
  }

  private static Reply mutated(
      String name, FakeRepository repository, Numbered pull, JsonNode input) {
    Optional<String> refused =
        switch (name) {
          case "markPullRequestReadyForReview" -> ready(pull);
          case "enablePullRequestAutoMerge" -> autoMerge(repository, pull, input);
          default -> Optional.of("Field '%s' doesn't exist on type 'Mutation'".formatted(name));
        };
    return refused
        .map(words -> error(name, "UNPROCESSABLE", words))
        .orElseGet(() ->
            new Reply(
                200, object("data", object(name, object("pullRequest", object("id", "PR"))))));
  }

  private static Optional<String> ready(Numbered pull) {
    if (!pull.open) {
      return Optional.of("Pull request is closed");
    }
    pull.draft = false;
    return Optional.empty();
  }

  private static Optional<String> autoMerge(
      FakeRepository repository, Numbered pull, JsonNode input) {
    boolean clean = repository.hasPassed(pull) && !pull.draft;
    if (!pull.open) {
      return Optional.of("Pull request Pull request is closed");
    }
    if (!repository.autoMerge && !repository.mergeQueue) {
      return Optional.of("Pull request Auto merge is not allowed for this repository");
    }
    if (!input.path("expectedHeadOid").asString(pull.head).equals(pull.head)) {
      return Optional.of("Head sha didn't match the expected one");
    }
    if (pull.queued) {
      return Optional.of("Pull request Pull request is already in the merge queue");
    }
    if (repository.mergeQueue && clean) {
      pull.queued = true;
      pull.leftQueue = null;
      return Optional.empty();
    }
    if (clean) {
      return Optional.of("Pull request Pull request is in clean status");
    }
    pull.autoMerge = input.path("mergeMethod").asString("MERGE").toLowerCase(java.util.Locale.ROOT);
    return Optional.empty();
  }

  private static Reply error(@Nullable String path, @Nullable String type, String message) {
    var error = new LinkedHashMap<String, @Nullable Object>();
    if (type != null) {
      error.put("type", type);
    }
    if (path != null) {
      error.put("path", List.of(path));
    }
    error.put("locations", List.of(object("line", 1, "column", 1)));
    error.put("message", message);
    Object data = path == null ? null : object(path, null);
    return new Reply(200, object("data", data, "errors", List.of(error)));
  }
}
