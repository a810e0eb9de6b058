package conductor.cli.doctor;

import conductor.cli.CommandContext;
import conductor.config.Places;
import conductor.run.record.RunStore;
import java.util.ArrayList;
import java.util.List;

/** All checks of what conductor needs and of what runs left behind. */
public final class Checks {

  private Checks() {}

  public static List<CheckResult> all(CommandContext context, Places places, RunStore store)
      throws InterruptedException {
    var found = new ArrayList<CheckResult>();
    found.addAll(new MachineCheck(places).all());
    found.addAll(new RepositoryCheck(context, places).all());
    found.addAll(new AgentCheck(places).all());
    found.addAll(new ForgeCheck(places).all());
    found.addAll(new NotifyCheck(places).all());
    found.addAll(new LeftoverCheck(places, store).all());
    return found;
  }
}
