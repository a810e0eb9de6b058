package conductor.cli.doctor;

import static conductor.cli.doctor.CheckResult.note;
import static conductor.cli.doctor.CheckResult.ok;
import static conductor.cli.doctor.CheckResult.wrong;

import conductor.config.BadConfiguration;
import conductor.config.Configuration;
import conductor.config.Places;
import conductor.config.VariableReferences;
import conductor.process.CannotRun;
import conductor.run.execution.NotificationChannels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks whether people can be told of what runs do, without telling them. */
record NotifyCheck(Places places) {

  List<CheckResult> all() {
    Configuration configuration = Configuration.trusted(places, Map.of());
    var found = new ArrayList<CheckResult>();
    if (configuration.text("notify.desktop").filter("true"::equals).isPresent()) {
      found.add(desktop());
    }
    configuration.text("notify.webhook").ifPresent(address -> found.add(webhook(address)));
    configuration
        .texts("notify.headers")
        .forEach((name, value) -> {
          try {
            VariableReferences.filled(value, places.environment());
          } catch (BadConfiguration e) {
            found.add(wrong("notify", "notify.headers." + name + ": " + e.getMessage()));
          }
        });
    return found;
  }

  private CheckResult desktop() {
    try {
      return ok("notify", "notify.desktop: " + NotificationChannels.desktop(places.environment()));
    } catch (CannotRun e) {
      return note("notify", "notify.desktop: " + e.getMessage());
    }
  }

  private CheckResult webhook(String given) {
    try {
      String filled = VariableReferences.filled(given, places.environment());
      return NotificationChannels.webAddress(filled)
          .map(address -> ok("notify", "notify.webhook: " + address.getHost()))
          .orElseGet(() -> wrong("notify", "notify.webhook is no address of the web"));
    } catch (BadConfiguration e) {
      return wrong("notify", "notify.webhook: " + e.getMessage());
    }
  }
}
