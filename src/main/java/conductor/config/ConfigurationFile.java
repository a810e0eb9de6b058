package conductor.config;

import conductor.error.Reason;
import conductor.state.JsonReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads one YAML file of settings. Does not report unknown keys. */
record ConfigurationFile(Path file) {

  /** Returns the settings by dotted keys; throws when one is wrong, or the file no YAML map. */
  List<Setting> settings() {
    var settings = new ArrayList<Setting>();
    Object tree = tree();
    if (tree instanceof Map<?, ?> map) {
      flatten("", map, settings);
    } else if (tree != null) {
      throw new BadConfiguration(file + ": expected keys and values, found " + tree);
    }
    return settings;
  }

  private @Nullable Object tree() {
    try {
      var mapper = new YAMLMapper();
      JsonNode tree = mapper.readTree(Files.readAllBytes(file));
      return tree.isMissingNode() ? null : mapper.treeToValue(tree, Object.class); // only comments
    } catch (JacksonException e) {
      var at = e.getLocation(); // null when the file is nested too deep
      throw new BadConfiguration(
          "%s%s: %s"
              .formatted(
                  file,
                  at == null ? "" : ":%d:%d".formatted(at.getLineNr(), at.getColumnNr()),
                  JsonReason.of(e)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
    }
  }

  private void flatten(String prefix, Map<?, ?> map, List<Setting> settings) {
    map.forEach((key, value) -> {
      String dotted = prefix + key;
      if (value instanceof Map<?, ?> below) {
        flatten(dotted + ".", below, settings);
      } else {
        Shape.of(dotted)
            .filter(shape -> !shape.fits(value))
            .ifPresent(shape -> {
              throw new BadConfiguration(
                  "%s: '%s' must be %s, found %s".formatted(file, dotted, shape.words, value));
            });
        settings.add(new Setting(dotted, value, file.toString()));
      }
    });
  }
}
