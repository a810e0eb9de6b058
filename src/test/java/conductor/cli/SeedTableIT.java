package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The table of the documentation is made of the tests of the seed's lines. */
class SeedTableIT {

  @Test
  void theTableOfTheDocumentationIsMadeOfTheTests() throws Exception {
    String rows =
        Stream.of(SeedCommandsIT.class, SeedEffectsIT.class)
            .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
            .filter(method -> method.isAnnotationPresent(DisplayName.class))
            .sorted(Comparator.comparing(method -> method.getAnnotation(Order.class).value()))
            .map(method ->
                "| %s | `%s.%s` |"
                    .formatted(
                        method.getAnnotation(DisplayName.class).value().replace("|", "\\|"),
                        method.getDeclaringClass().getSimpleName(),
                        method.getName()))
            .collect(Collectors.joining("\n"));
    String page =
        """
        # The seed

        Each line of the document that conductor was made from, and the test that runs it on the packaged program and a
        real repository. Made from the tests; one of them keeps the two alike.

        | line | test |
        |---|---|
        %s
        """
            .formatted(rows);
    Path file = Project.home().resolve("docs/seed.md");
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(file, page);
    }
    assertThat(Files.readString(file)).isEqualTo(page);
  }
}
