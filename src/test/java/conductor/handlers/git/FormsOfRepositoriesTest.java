package conductor.handlers.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of what reads repositories: their forms, and what becomes of them meanwhile. */
class FormsOfRepositoriesTest extends TwoReaders {

  @ParameterizedTest
  @EnumSource
  void aLinkedWorktreeHasItsOwnHead(Reads reads) throws Exception {
    String first = commit("one");
    git.must("worktree", "add", "-q", "-b", "work", "../linked");
    Git linked = git.at(temp.resolve("linked"));
    String theirs = commit(linked, "theirs");
    git.must("worktree", "add", "-q", "--detach", "../detached", first);

    assertThat(reader(reads, linked).commit("HEAD")).contains(theirs);
    assertThat(reader(reads, linked).target("HEAD")).contains("refs/heads/work");
    assertThat(reader(reads, linked).refs("refs/heads/"))
        .isEqualTo(Map.of("refs/heads/main", first, "refs/heads/work", theirs));
    assertThat(reader(reads).commit("HEAD")).contains(first);
    Git detached = git.at(temp.resolve("detached"));
    assertThat(reader(reads, detached).commit("HEAD")).contains(first);
    assertThat(reader(reads, detached).target("HEAD")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void refsAndObjectsMayBePacked(Reads reads) throws Exception {
    String first = commit("one");
    git.must("branch", "deep/er");
    git.must("tag", "-a", "-m", "annotated", "v1");
    git.must("gc", "-q");
    git.must("update-ref", "refs/heads/loose", first);
    Files.writeString(git.directory().resolve(".git/refs/heads/half.lock"), "");

    RepositoryReader reader = reader(reads);
    assertThat(reader.commit("HEAD")).contains(first);
    assertThat(reader.hasRef("refs/heads/deep/er")).isTrue();
    assertThat(reader.hasRef("refs/heads/deep")).isFalse();
    assertThat(reader.refs("refs/heads/").keySet())
        .containsExactly("refs/heads/deep/er", "refs/heads/loose", "refs/heads/main");
    assertThat(reader.refs("refs/heads/deep/")).containsOnlyKeys("refs/heads/deep/er");
    assertThat(reader.refs("refs/tags/"))
        .isEqualTo(Map.of("refs/tags/v1", git.must("rev-parse", "refs/tags/v1")));
  }

  @ParameterizedTest
  @EnumSource
  void submodulesAreRepositoriesAndLinks(Reads reads) throws Exception {
    Git library = git.at(Files.createDirectory(temp.resolve("library")));
    library.must("init", "-q", "-b", "main");
    String theirs = commit(library, "library");
    Files.createDirectories(git.directory().resolve("was/directory"));
    Files.writeString(git.directory().resolve("was/directory/file"), "x");
    git.must("add", ".");
    String first = commit("one");
    git.set("protocol.file.allow", "always")
        .must("submodule", "--quiet", "add", library.directory().toString(), "lib/ü x");
    git.must("rm", "-q", "-r", "--", "was");
    git.must("update-index", "--add", "--cacheinfo", "160000," + theirs + ",was/directory");
    String second = commit("links");

    Git inside = git.at(git.directory().resolve("lib/ü x"));
    assertThat(reader(reads, inside).commit("HEAD")).contains(theirs);
    assertThat(reader(reads).changedLinks(first, second))
        .isEqualTo(Map.of("lib/ü x", theirs, "was/directory", theirs));
    assertThat(reader(reads).changedLinks(second, second)).isEmpty();
    assertThat(reader(reads).changedLinks(second, first)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aShallowHistoryEndsWhereItWasCut(Reads reads) throws Exception {
    commit("one");
    String second = commit("two");
    String third = commit("three");
    git.at(temp).must("clone", "-q", "--depth=2", "file://" + git.directory(), "shallow");
    Git shallow = git.at(temp.resolve("shallow"));
    RepositoryReader reader = reader(reads, shallow);
    assertThat(reader.commit("HEAD^")).contains(second);
    assertThat(reader.commit("HEAD^^")).isEmpty();
    assertThat(reader.beyond(second, third)).isEqualTo(1);
    assertThat(reader.isAncestor(second, third)).isTrue();
    shallow.must("fetch", "-q", "--unshallow");
    assertThat(reader(reads, shallow).commit("HEAD^^")).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void whatOthersWroteIsSeenAtOnce(Reads reads) throws Exception {
    commit("one");
    for (int i = 0; i < 12; i++) {
      String now = commit("commit " + i);
      assertThat(reader(reads).commit("HEAD")).contains(now);
      assertThat(reader(reads).commit("refs/heads/main")).contains(now);
      if (i % 4 == 1) {
        git.must("pack-refs", "--all");
      } else if (i % 4 == 3) {
        git.must("repack", "-q", "-a", "-d");
        git.must("prune-packed", "-q");
      }
      assertThat(reader(reads).commit("refs/heads/main")).contains(now);
      assertThat(reader(reads).beyond("HEAD^", "HEAD")).isEqualTo(1);
      git.must("update-ref", "refs/heads/passing", now);
      assertThat(reader(reads).hasRef("refs/heads/passing")).isTrue();
      git.must("update-ref", "-d", "refs/heads/passing");
      assertThat(reader(reads).hasRef("refs/heads/passing")).isFalse();
      assertThat(reader(reads).refs("refs/heads/")).isEqualTo(Map.of("refs/heads/main", now));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRefThatIsJustPackedIsNotMissed(Reads reads) throws Exception {
    String first = commit("one");
    // JGit may be disturbed: git answers then
    RepositoryReader reader = reads == Reads.PROGRAM ? git.reader() : git.readBy(jgit).reader();
    Thread packing =
        Thread.ofVirtual()
            .start(() -> {
              try {
                for (int i = 0; i < 15; i++) {
                  git.must("pack-refs", "--all");
                  git.must("update-ref", "refs/heads/other", commit(git, "more " + i));
                }
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    git.must("branch", "steady", first);
    do {
      assertThat(reader.commit("refs/heads/steady")).contains(first);
      assertThat(reader.hasRef("refs/heads/steady")).isTrue();
      assertThat(reader.refs("refs/heads/")).containsEntry("refs/heads/steady", first);
    } while (packing.isAlive());
    packing.join();
    assertThat(reader.commit("refs/heads/other"))
        .isEqualTo(Optional.of(git.must("rev-parse", "HEAD")));
  }
}
