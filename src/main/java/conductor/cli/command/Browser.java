package conductor.cli.command;

import conductor.cli.CommandContext;
import conductor.process.CannotRun;
import conductor.process.DesktopProgram;
import conductor.process.SearchPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Opens a file or an address in the desktop's browser. */
final class Browser {

  private Browser() {}

  /**
   * Opens a file or an address by {@code $BROWSER}, a program's name or path, else by what the
   * desktop has for it. Does not wait for the browser.
   *
   * @throws CannotRun when there is no browser, or it fails at once
   */
  static void open(CommandContext context, String what) throws InterruptedException {
    String program =
        program(context.environment())
            .orElseThrow(() ->
                new CannotRun(
                    "there is no browser to open %s with: set BROWSER to a program, or open it by hand"
                        .formatted(what)));
    DesktopProgram.start(List.of(program, what), context.directory(), context.environment());
  }

  private static Optional<String> program(Map<String, String> environment) {
    String chosen = environment.getOrDefault("BROWSER", "").strip();
    if (!chosen.isEmpty()) {
      return Optional.of(chosen.split(":", 2)[0]);
    }
    boolean isMac = System.getProperty("os.name").startsWith("Mac");
    boolean hasScreen =
        isMac
            || Stream.of("DISPLAY", "WAYLAND_DISPLAY")
                .anyMatch(name -> !environment.getOrDefault(name, "").isEmpty());
    String opener = isMac ? "open" : "xdg-open";
    return Optional.of(opener)
        .filter(_ -> hasScreen && SearchPath.find(opener, environment).findFirst().isPresent());
  }
}
