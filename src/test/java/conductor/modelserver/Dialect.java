package conductor.modelserver;

import java.io.IOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How a protocol asks and is answered. Instances keep nothing. */
interface Dialect {

  /**
   * Reads a request.
   *
   * @param path the path of the request with its query
   */
  Asked read(String path, JsonNode request);

  /** Writes a whole answer, as events when the request asks for a stream. */
  void write(Asked asked, Answer answer, Wire wire) throws IOException;

  /** The body of an HTTP error, which tells more under {@code error}. */
  ObjectNode error(int status);
}
