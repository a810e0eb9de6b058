package conductor.handlers.forge.project;

import conductor.config.BadConfiguration;
import conductor.config.Configuration;
import conductor.config.Places;
import conductor.effect.ForgeFailure;
import conductor.handlers.forge.Forge;
import conductor.handlers.forge.Forges;
import conductor.handlers.git.Credentials;
import conductor.handlers.git.Git;
import conductor.handlers.git.RepositoryReaders;
import conductor.journal.Redactor;
import conductor.state.Locks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Chooses the forge of a repository by its remotes and the configuration, and supplies the logins
 * for remotes. Safe for use by several threads.
 */
public final class ProjectForges implements Forges, Credentials {

  private final Map<String, String> environment;
  private final Optional<String> type;
  private final Optional<Duration> limit;
  private final RepositoryReaders readers = new RepositoryReaders();
  private final Map<String, Sites> sites = new LinkedHashMap<>();
  private final ForgePlace here;

  public ProjectForges(
      Places places,
      Configuration configuration,
      Locks locks,
      Supplier<Redactor> secrets,
      InstantSource clock) {
    this.environment = withoutTokens(places.environment());
    var host = new HostParts(places, configuration, environment, locks, secrets, clock);
    this.type = host.type().map(ProjectForges::checked);
    KnownForges.all().forEach(forge -> sites.put(forge.name(), forge.sites(host)));
    this.limit = host.duration("git.timeout", "10m");
    this.here = KnownForges.HERE.place(host);
  }

  private static Map<String, String> withoutTokens(Map<String, String> host) {
    var environment = new TreeMap<>(host);
    KnownForges.all().forEach(forge -> forge.variables().forEach(environment::remove));
    return environment;
  }

  private static String checked(String type) {
    if (!KnownForges.names().contains(type)) {
      throw new BadConfiguration(
          "'forge.type' must be one of %s, found '%s'"
              .formatted(String.join(", ", KnownForges.names()), type));
    }
    return type;
  }

  /** Returns the host's environment without the tokens of forges, for other programs. */
  public Map<String, String> environment() {
    return new TreeMap<>(environment);
  }

  /** Returns git in a directory, with logins for the forges' remotes and the configured limit. */
  public Git git(Path directory) {
    Git git = Git.in(directory, environment).with(this).readBy(readers);
    return limit.map(git::limited).orElse(git);
  }

  /** Returns {@code upstream} if this repository is a fork; empty for the usual remote. */
  public Optional<String> proposalRemote(Git git) throws InterruptedException {
    return hosted(git).filter(ForgePlace::isForked).map(_ -> ProjectRemotes.UPSTREAM);
  }

  @Override
  public Forge of(Git git, Consumer<String> waiting) throws InterruptedException {
    return place(git).forge(git, waiting);
  }

  /**
   * Returns the place of the pull requests of a directory's repository.
   *
   * @throws ForgeFailure when the configured forge does not match the remotes; this host is not
   *     used instead silently
   */
  public ForgePlace place(Git git) throws InterruptedException {
    ProjectRemotes remotes = ProjectRemotes.of(git);
    Optional<ForgePlace> hosted = hosted(remotes);
    if (hosted.isPresent()) {
      return hosted.get();
    }
    if (type.isPresent()) {
      Optional<ForgeFailure> missing = meant().getFirst().missing(remotes);
      if (missing.isPresent()) {
        throw missing.get();
      }
    }
    return here;
  }

  /** Returns the place of a repository's pull requests; empty when that is this host. */
  public Optional<ForgePlace> hosted(Git git) throws InterruptedException {
    return hosted(ProjectRemotes.of(git));
  }

  private Optional<ForgePlace> hosted(ProjectRemotes remotes) throws InterruptedException {
    for (Sites each : meant()) {
      Optional<ForgePlace> place = each.place(remotes);
      if (place.isPresent()) {
        return place;
      }
    }
    return Optional.empty();
  }

  /** Returns the sites of the configured forge, or those of all forges when none is configured. */
  private List<Sites> meant() {
    return type.map(sites::get).map(List::of).orElseGet(() -> List.copyOf(sites.values()));
  }

  @Override
  public Forge of(String reference, Git project, Consumer<String> waiting)
      throws InterruptedException {
    for (Sites each : sites.values()) {
      Optional<ForgePlace> place = each.place(reference);
      if (place.isPresent()) {
        return place.get().forge(project, waiting);
      }
    }
    return reference.matches("#?\\d+") ? of(project, waiting) : here.forge(project, waiting);
  }

  @Override
  public Optional<Login> of(String url) throws InterruptedException {
    for (Sites each : meant()) {
      Optional<Login> login = each.of(url);
      if (login.isPresent()) {
        return login;
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean renewed(String url, Login old) throws InterruptedException {
    for (Sites each : meant()) {
      if (each.renewed(url, old)) {
        return true;
      }
    }
    return false;
  }
}
