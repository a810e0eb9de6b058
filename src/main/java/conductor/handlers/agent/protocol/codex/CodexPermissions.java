package conductor.handlers.agent.protocol.codex;

import conductor.handlers.agent.protocol.Permission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What codex asks. Agents that codex begins by itself ask, too, and their turns are not the turn
 * that is open.
 */
final class CodexPermissions {

  private final CodexSaid said;
  private final Map<String, Asked> asked = new LinkedHashMap<>();
  private final Set<String> settled = new HashSet<>();
  private final Set<String> unknown = new HashSet<>();
  private final Map<String, List<String>> changes = new HashMap<>();

  /**
   * @param turn the turn that asks
   * @param during the turn that was open then
   */
  private record Asked(Permission permission, String turn, String during) {}

  CodexPermissions(CodexSaid said) {
    this.said = said;
  }

  /** A change of files; who asks for it names it only. */
  void changes(JsonNode item) {
    changes.put(item.path("id").asString(""), CodexItems.paths(item));
  }

  /** Returns a request; the permission that it asks for, if it is known what it asks. */
  Optional<Permission> asks(String request, String method, JsonNode params, String during) {
    Optional<Permission> permission = permission(request, method, params);
    permission.ifPresentOrElse(
        known -> asked.put(request, new Asked(known, params.path("turnId").asString(""), during)),
        () -> unknown.add(request));
    return permission;
  }

  private Optional<Permission> permission(String request, String method, JsonNode params) {
    return switch (method) {
      case "item/commandExecution/requestApproval" -> Optional.of(command(request, params));
      case "item/fileChange/requestApproval" -> Optional.of(change(request, params));
      default -> Optional.empty();
    };
  }

  private static Permission command(String request, JsonNode params) {
    JsonNode network = params.path("networkApprovalContext");
    if (network.isObject()) {
      String address =
          network.path("protocol").asString("") + "://" + network.path("host").asString("");
      return new Permission(request, CodexItems.COMMAND, Permission.Kind.FETCH, address, List.of());
    }
    String command = CodexItems.command(params);
    return new Permission(request, CodexItems.COMMAND, Permission.Kind.EXECUTE, command, List.of());
  }

  private Permission change(String request, JsonNode params) {
    var paths =
        new ArrayList<>(changes.getOrDefault(params.path("itemId").asString(""), List.of()));
    if (params.path("grantRoot").isString()) {
      paths.add(params.path("grantRoot").asString());
    }
    return new Permission(
        request, CodexItems.CHANGE, Permission.Kind.EDIT, String.join(", ", paths), paths);
  }

  /** Returns whether a permission is settled now that was not. */
  boolean resolved(String request) {
    settled.add(request);
    return asked.containsKey(request);
  }

  /** A turn is over, and with it what it asked. */
  void ended(String turn) {
    asked.forEach((request, question) -> {
      if (question.turn().equals(turn)) {
        settled.add(request);
      }
    });
  }

  List<Permission> open() {
    return asked.entrySet().stream()
        .filter(entry -> !settled.contains(entry.getKey()) && !said.hasAnswered(entry.getKey()))
        .map(entry -> entry.getValue().permission())
        .toList();
  }

  /** Returns the requests that nobody understands and nobody answered. */
  List<String> unknown() {
    return unknown.stream().filter(request -> !said.hasAnswered(request)).sorted().toList();
  }

  /** Returns what was not permitted while a turn was open. */
  List<String> denied(String turn) {
    return asked.entrySet().stream()
        .filter(entry -> entry.getValue().during().equals(turn) && said.hasDenied(entry.getKey()))
        .map(entry -> entry.getValue().permission().what())
        .toList();
  }
}
