package conductor.state;

import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes trees of JSON with Jackson's parser and generator alone. The first object mapper
 * of a process takes longer to make than most commands take in all.
 */
public final class JsonTrees {

  private static final JsonFactory FACTORY = new JsonFactory();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonTrees() {}

  /**
   * Returns the tree of one JSON document; numbers with a fraction are exact.
   *
   * @throws JacksonException when the bytes are not one JSON document
   */
  public static JsonNode parse(byte[] bytes) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
      if (parser.nextToken() == null) {
        return NODES.missingNode();
      }
      JsonNode tree = node(parser);
      if (parser.nextToken() != null) {
        throw new StreamReadException(parser, "something follows the document");
      }
      return tree;
    }
  }

  /** Returns a tree as one line of JSON. */
  public static byte[] bytes(JsonNode tree) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      write(tree, generator);
    }
    return bytes.toByteArray();
  }

  /** Returns a tree of maps and lists as JSON. */
  static String text(@Nullable Object tree, ObjectWriteContext context) {
    var text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(context, text)) {
      PlainJson.write(tree, generator);
    }
    return text.toString();
  }

  private static JsonNode node(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> NODES.stringNode(parser.getString());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
      case VALUE_NUMBER_INT ->
          switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL ->
                NODES.numberNode(parser.getBigIntegerValue());
          };
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("no value begins with " + parser.currentToken());
    };
  }

  private static ObjectNode object(JsonParser parser) {
    ObjectNode object = NODES.objectNode();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      object.set(name, node(parser));
    }
    return object;
  }

  private static ArrayNode array(JsonParser parser) {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(node(parser));
    }
    return array;
  }

  private static void write(JsonNode tree, JsonGenerator out) {
    switch (tree.getNodeType()) {
      case OBJECT -> {
        out.writeStartObject();
        tree.forEachEntry((name, value) -> {
          out.writeName(name);
          write(value, out);
        });
        out.writeEndObject();
      }
      case ARRAY -> {
        out.writeStartArray();
        tree.forEach(element -> write(element, out));
        out.writeEndArray();
      }
      case STRING -> out.writeString(tree.stringValue());
      case BOOLEAN -> out.writeBoolean(tree.booleanValue());
      case NULL, MISSING -> out.writeNull();
      case NUMBER -> number(tree, out);
      case BINARY, POJO -> throw new IllegalArgumentException("no JSON: " + tree.getNodeType());
    }
  }

  private static void number(JsonNode tree, JsonGenerator out) {
    switch (tree.numberType()) {
      case INT -> out.writeNumber(tree.intValue());
      case LONG -> out.writeNumber(tree.longValue());
      case BIG_INTEGER -> out.writeNumber(tree.bigIntegerValue());
      case FLOAT -> out.writeNumber(tree.floatValue());
      case DOUBLE -> out.writeNumber(tree.doubleValue());
      case BIG_DECIMAL -> out.writeNumber(tree.decimalValue());
    }
  }
}
