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
 * The permission requests of codex. Agents that codex starts by itself make requests too; their
 * turns are other than the open turn.
 */
final class CodexPermissions {

  private final CodexSaid said;
  private final Map<String, Asked> asked = new LinkedHashMap<>();
  private final Set<String> settled = new HashSet<>();
  private final Set<String> unknown = new HashSet<>();
  private final Map<String, List<String>> changes = new HashMap<>();

  /** A permission request, the turn that asks, and the turn that was open at that time. */
  private record Asked(Permission permission, String turn, String during) {}

  CodexPermissions(CodexSaid said) {
    this.said = said;
  }

  /** Keeps the files of a change: the permission request has only the item's id. */
  void changes(JsonNode item) {
    changes.put(item.path("id").asString(""), CodexItems.paths(item));
  }

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
      case "mcpServer/elicitation/request" ->
          params.path("_meta").path("codex_approval_kind").asString("").equals("mcp_tool_call")
              ? Optional.of(server(request, params))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Returns the request for a tool of an MCP server, which is named as claude names it. */
  private static Permission server(String request, JsonNode params) {
    JsonNode about = params.path("_meta");
    String tool =
        "mcp__%s__%s"
            .formatted(
                params.path("serverName").asString(""), about.path("tool_name").asString(""));
    String what = about.path("tool_params").toString();
    return new Permission(request, tool, Permission.Kind.OTHER, what, List.of());
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

  /** Marks a request as settled; returns whether it is a permission request. */
  boolean resolved(String request) {
    settled.add(request);
    return asked.containsKey(request);
  }

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

  List<String> unknown() {
    return unknown.stream().filter(request -> !said.hasAnswered(request)).sorted().toList();
  }

  List<String> denied(String turn) {
    return asked.entrySet().stream()
        .filter(entry -> entry.getValue().during().equals(turn) && said.hasDenied(entry.getKey()))
        .map(entry -> entry.getValue().permission().what())
        .toList();
  }
}
