package conductor.run.execution;

import conductor.config.BadConfiguration;
import conductor.config.Configuration;
import conductor.config.Setting;
import conductor.config.VariableReferences;
import conductor.process.CannotRun;
import conductor.process.Command;
import conductor.process.SearchPath;
import conductor.state.StateJson;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The channels that the settings below {@code notify} name, but for the terminal's bell. */
public final class NotificationChannels {

  /** The programs that show a message on a desktop, by what they are called with before it. */
  private static final Map<String, List<String>> DESKTOPS =
      new TreeMap<>(
          Map.of(
              "notify-send",
              List.of("--app-name=conductor", "--"),
              "osascript",
              List.of(
                  "-e",
                  "on run argv",
                  "-e",
                  "display notification (item 2 of argv) with title (item 1 of argv)",
                  "-e",
                  "end run")));

  /** Longer than a channel has: it is interrupted before. */
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private NotificationChannels() {}

  /**
   * Returns the channels of a configuration.
   *
   * @throws BadConfiguration when the webhook's address is none
   */
  static List<NotificationChannel> of(
      Configuration configuration, Path project, Map<String, String> environment) {
    var channels = new ArrayList<NotificationChannel>();
    if (isOn(configuration, "notify.desktop")) {
      channels.add(new Desktop(project, environment));
    }
    configuration
        .command("notify.command")
        .ifPresent(words -> channels.add(new Program(words, project, environment)));
    configuration
        .setting("notify.webhook")
        .ifPresent(address ->
            channels.add(new Posts(address, configuration.texts("notify.headers"), environment)));
    return channels;
  }

  /** Returns whether a setting is true. */
  static boolean isOn(Configuration configuration, String key) {
    return configuration.text(key).filter("true"::equals).isPresent();
  }

  /**
   * Returns the program on the PATH that can show a message on a desktop.
   *
   * @throws CannotRun when there is none
   */
  public static Path desktop(Map<String, String> environment) {
    return DESKTOPS.keySet().stream()
        .flatMap(name -> SearchPath.find(name, environment))
        .findFirst()
        .orElseThrow(() ->
            new CannotRun(
                "neither " + String.join(" nor ", DESKTOPS.keySet()) + " is on the PATH"));
  }

  /** Shows the text on the desktop. */
  private record Desktop(Path project, Map<String, String> environment)
      implements NotificationChannel {

    @Override
    public String key() {
      return "notify.desktop";
    }

    @Override
    public void tell(Notification notification) throws InterruptedException {
      Path program = desktop(environment);
      String name = program.getFileName().toString();
      var words = new ArrayList<String>(List.of(program.toString()));
      words.addAll(DESKTOPS.getOrDefault(name, List.of()));
      words.add("conductor: " + notification.run());
      words.add(name.equals("notify-send") ? escaped(notification.text()) : notification.text());
      ran(new Command(words, project, environment, "", LIMIT));
    }

    /** The text may have markup. */
    private static String escaped(String text) {
      return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
  }

  /** Runs a command, which gets the event as JSON on its standard input, and as variables. */
  private record Program(List<String> words, Path project, Map<String, String> environment)
      implements NotificationChannel {

    @Override
    public String key() {
      return "notify.command";
    }

    @Override
    public void tell(Notification notification) throws InterruptedException {
      var all = new TreeMap<>(environment);
      all.put("CONDUCTOR_EVENT", notification.event());
      all.put("CONDUCTOR_RUN", notification.run());
      all.put("CONDUCTOR_WORKFLOW", notification.name());
      all.put("CONDUCTOR_TEXT", notification.text());
      ran(new Command(words, project, all, StateJson.line(notification) + "\n", LIMIT));
    }
  }

  /** Runs a program; one that fails has told nobody. */
  private static void ran(Command command) throws InterruptedException {
    var ended = command.run();
    if (!ended.ok()) {
      String said = (ended.out() + ended.err()).strip().lines().findFirst().orElse("");
      throw new CannotRun(
          "exit code %d%s".formatted(ended.code(), said.isEmpty() ? "" : ": " + said));
    }
  }

  /** Posts the event as JSON. */
  private record Posts(
      Setting address, Map<String, String> headers, Map<String, String> environment)
      implements NotificationChannel {

    @Override
    public String key() {
      return "notify.webhook";
    }

    @Override
    public void tell(Notification notification) throws InterruptedException {
      var filled = new TreeMap<String, String>();
      headers.forEach(
          (name, value) -> filled.put(name, VariableReferences.filled(value, environment)));
      String given = VariableReferences.filled(String.valueOf(address.value()), environment);
      URI to =
          webAddress(given)
              .orElseThrow(() ->
                  new BadConfiguration(
                      address.origin()
                          + ": notify.webhook must be an address that begins with http:// or https://"));
      Webhook.post(to, filled, StateJson.line(notification));
    }
  }

  /** Returns an address of the web; empty when the text is none. */
  public static Optional<URI> webAddress(String text) {
    try {
      URI address = new URI(text);
      boolean isWeb =
          "http".equalsIgnoreCase(address.getScheme())
              || "https".equalsIgnoreCase(address.getScheme());
      return isWeb && address.getHost() != null ? Optional.of(address) : Optional.empty();
    } catch (java.net.URISyntaxException e) {
      return Optional.empty();
    }
  }
}
