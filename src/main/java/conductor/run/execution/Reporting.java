package conductor.run.execution;

import conductor.effect.ReportEffect;
import conductor.engine.handler.Act;
import conductor.engine.handler.Handler;
import conductor.handlers.agent.AgentStatusFile;
import conductor.report.Changes;
import conductor.report.ReportReader;
import conductor.report.ReportSummary;
import conductor.run.record.RunStore;
import conductor.state.RunDirectory;
import java.time.ZoneId;

/** Performs {@code Report}: reads the run's own records as any other process would. */
record Reporting(Host host, RunDirectory run) implements Handler<ReportEffect<?>> {

  @Override
  public Act<?> act(ReportEffect<?> effect) {
    return switch (effect) {
      case ReportEffect.Report _ -> Act.repeatable(call -> summary());
    };
  }

  private String summary() {
    var store = new RunStore(host.state());
    var changes = new Changes(host.forges()::git);
    return ReportSummary.of(
        new ReportReader(changes, host.secrets(), ZoneId.systemDefault())
            .brief(
                run,
                store.stored(run),
                store.view(run),
                AgentStatusFile.used(run.agents()),
                host.clock().instant()));
  }
}
