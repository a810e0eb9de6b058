package conductor.cli.doctor;

import static conductor.cli.doctor.CheckResult.note;
import static conductor.cli.doctor.CheckResult.ok;
import static conductor.cli.doctor.CheckResult.wrong;

import conductor.config.Configuration;
import conductor.config.Places;
import conductor.config.Trust;
import conductor.effect.ForgeFailure;
import conductor.handlers.forge.project.ForgePlace;
import conductor.handlers.forge.project.ProjectForges;
import conductor.handlers.git.Git;
import conductor.process.CannotRun;
import conductor.run.execution.Conductor;
import conductor.state.Locks;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the forge of the current directory's repository. */
record ForgeCheck(Places places) {

  List<CheckResult> all() throws InterruptedException {
    if (!new Trust(places).given()) {
      return List.of(note("forge", "not looked at: the project's .conductor is not trusted"));
    }
    var conductor =
        new Conductor(
            places,
            Configuration.load(places, Map.of()),
            new Locks(),
            InstantSource.system(),
            new SecureRandom());
    try {
      return looked(conductor);
    } catch (ForgeFailure e) {
      return List.of(wrong("forge", String.valueOf(e.getMessage())));
    } catch (CannotRun e) {
      return List.of(); // a missing git is reported by MachineCheck
    }
  }

  private List<CheckResult> looked(Conductor conductor) throws InterruptedException {
    ProjectForges forges = conductor.forges();
    Git git = forges.git(places.directory());
    Optional<ForgePlace> hosted = forges.hosted(git);
    if (hosted.isEmpty()) {
      // fails when the configuration asks for another forge
      return List.of(ok("forge", forges.place(git).about()));
    }
    boolean ready = conductor.isForgeReady(places.directory());
    String source = hosted.get().tokenSource().orElse("missing");
    String detail = "%s; the token is %s".formatted(hosted.get().about(), source);
    return List.of(
        ready ? ok("forge", detail) : note("forge", detail + "; it does not answer now"));
  }
}
