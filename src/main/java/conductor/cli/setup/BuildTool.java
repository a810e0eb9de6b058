package conductor.cli.setup;

import conductor.error.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a project is built and tested with, as the files at its top say. Runs nothing, and knows no
 * project below the top.
 *
 * @param file the file that tells
 * @param test the command that runs the tests
 * @param setup the command that a fresh checkout needs first; null when it needs none
 */
record BuildTool(String file, String test, @Nullable String setup) {

  /** A tool, and whether a directory is one of its projects. */
  private record Rule(BuildTool tool, Predicate<Path> applies) {

    static Rule of(String file, String test) {
      return of(file, test, null);
    }

    static Rule of(String file, String test, @Nullable String setup) {
      return new Rule(
          new BuildTool(file, test, setup), top -> Files.isRegularFile(top.resolve(file)));
    }

    Rule and(Predicate<Path> more) {
      return new Rule(tool, applies.and(more));
    }
  }

  /** A {@code test} script that is not the one that {@code npm init} writes. */
  private static final Pattern NODE_TEST =
      Pattern.compile("\"test\"\\s*+:\\s*+\"(?!echo \\\\\"Error: no test specified)");

  private static final Pattern MAKE_TEST = Pattern.compile("(?m)^test\\s*+:(?!=)");
  private static final Pattern POETRY = Pattern.compile("(?m)^\\[tool\\.poetry");

  private static final Predicate<Path> NODE = contains("package.json", NODE_TEST);

  /** The first that applies counts: wrappers before programs, lock files before manifests. */
  private static final List<Rule> RULES =
      List.of(
          Rule.of("mvnw", "./mvnw -q test"),
          Rule.of("gradlew", "./gradlew test"),
          Rule.of("pom.xml", "mvn -q test"),
          Rule.of("build.gradle", "gradle test"),
          Rule.of("build.gradle.kts", "gradle test"),
          Rule.of("build.sbt", "sbt test"),
          Rule.of("Cargo.toml", "cargo test"),
          Rule.of("go.mod", "go test ./..."),
          Rule.of("pnpm-lock.yaml", "pnpm test", "pnpm install --frozen-lockfile").and(NODE),
          Rule.of("yarn.lock", "yarn test", "yarn install --frozen-lockfile").and(NODE),
          Rule.of("bun.lock", "bun run test", "bun install --frozen-lockfile").and(NODE),
          Rule.of("package-lock.json", "npm test", "npm ci").and(NODE),
          Rule.of("package.json", "npm test", "npm install").and(NODE),
          Rule.of("deno.json", "deno test"),
          Rule.of("uv.lock", "uv run pytest", "uv sync"),
          Rule.of("poetry.lock", "poetry run pytest", "poetry install"),
          Rule.of("pyproject.toml", "poetry run pytest", "poetry install")
              .and(contains("pyproject.toml", POETRY)),
          Rule.of("pyproject.toml", "python3 -m pytest"),
          Rule.of("setup.py", "python3 -m pytest"),
          Rule.of("pytest.ini", "python3 -m pytest"),
          Rule.of("Gemfile", "bundle exec rake test", "bundle install"),
          Rule.of("mix.exs", "mix test", "mix deps.get"),
          Rule.of("composer.json", "composer test", "composer install"),
          Rule.of("Makefile", "make test").and(contains("Makefile", MAKE_TEST)));

  /** Returns the tool of the project in a directory; empty when its files do not tell. */
  static Optional<BuildTool> of(Path top) {
    return RULES.stream().filter(rule -> rule.applies().test(top)).map(Rule::tool).findFirst();
  }

  private static Predicate<Path> contains(String file, Pattern pattern) {
    return top -> read(top.resolve(file)).filter(text -> pattern.matcher(text).find()).isPresent();
  }

  private static Optional<String> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
    }
  }
}
