package conductor.cli;

import conductor.handlers.forge.github.FakeGitHub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Looks for the fake GitHub's token where nobody may see it. */
final class TokenSearch {

  /** The token, and as git sends it. */
  private static final List<String> FORMS =
      List.of(FakeGitHub.TOKEN, base64("x-access-token:" + FakeGitHub.TOKEN));

  private TokenSearch() {}

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a text holds it. */
  static boolean isIn(String text) {
    return FORMS.stream().anyMatch(text::contains);
  }

  /** The files below a directory that hold it. */
  static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(TokenSearch::isIn).toList();
    }
  }

  /** The processes of this machine that show it, in arguments or environment. */
  static List<String> processes() throws IOException {
    var showing = new ArrayList<String>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : processes.filter(one -> one.toString().matches("/proc/\\d+")).toList()) {
        for (String part : List.of("cmdline", "environ")) {
          try {
            if (isIn(process.resolve(part))) {
              showing.add(process + "/" + part);
            }
          } catch (UncheckedIOException e) {
            continue; // it has ended, or is another user's
          }
        }
      }
    }
    return showing;
  }

  private static boolean isIn(Path file) {
    try {
      return Files.isRegularFile(file)
          && isIn(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
