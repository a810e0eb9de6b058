package conductor.handlers.agent.protocol;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Composes messages of JSON-RPC 2.0, and reads their ids as JSON text: 1 and "1" differ. */
public final class JsonRpc {

  private static final int NO_SUCH_METHOD = -32601;

  private JsonRpc() {}

  /** Returns a message without an id, which is a notification once it has a method. */
  public static ObjectNode message() {
    return Lines.object().put("jsonrpc", "2.0");
  }

  public static String request(String id, String method, ObjectNode params) {
    return message().put("id", id).put("method", method).set("params", params).toString();
  }

  /** Returns the beginning of the answer to a request. */
  public static ObjectNode answer(String id) {
    ObjectNode answer = message();
    answer.set("id", Lines.value(id).orElseThrow());
    return answer;
  }

  /** Returns the answer to a request whose method is not supported. */
  public static String unknown(String id, String about) {
    ObjectNode answer = answer(id);
    answer.putObject("error").put("code", NO_SUCH_METHOD).put("message", about);
    return answer.toString();
  }

  /** Returns the id of a message; an empty text when there is none. */
  public static String id(JsonNode message) {
    JsonNode id = message.path("id");
    return id.isString() || id.isNumber() ? id.toString() : "";
  }
}
