package conductor.handlers.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.GitFailure;
import conductor.handlers.git.RepositoryReader.Order;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of what reads repositories: names, histories and contents. */
class RepositoryReaderTest extends TwoReaders {

  @ParameterizedTest
  @EnumSource
  void namesMeanCommits(Reads reads) throws Exception {
    assertThat(reader(reads).commit("HEAD")).isEmpty();
    assertThat(reader(reads).target("HEAD")).contains("refs/heads/main");
    assertThat(reader(reads).hasRef("refs/heads/main")).isFalse();
    assertThat(reader(reads).refs("refs/heads/")).isEmpty();

    String first = commit("one");
    String second = commit("two");
    git.must("tag", "-a", "-m", "annotated", "v1", first);
    git.must("tag", "-a", "-m", "a tag's tag", "v2", "v1");
    String merge = made(1_700_000_000, "merge", second, first);

    RepositoryReader reader = reader(reads);
    assertThat(reader.commit("HEAD")).contains(second);
    assertThat(reader.commit("HEAD^")).contains(first);
    assertThat(reader.commit("HEAD^^")).isEmpty();
    assertThat(reader.commit(merge + "^2")).contains(first);
    assertThat(reader.commit(merge + "^1^1")).contains(first);
    assertThat(reader.commit(merge + "^3")).isEmpty();
    assertThat(reader.commit("refs/heads/main")).contains(second);
    assertThat(reader.commit("refs/tags/v2")).contains(first);
    assertThat(reader.commit("refs/heads/none")).isEmpty();
    assertThat(reader.commit("1".repeat(40))).isEmpty();
    assertThat(reader.existing("HEAD")).isEqualTo(second);
    assertThat(reader.tree("refs/tags/v1")).isEqualTo(empty());
    assertThatThrownBy(() -> reader.existing("refs/heads/none"))
        .isInstanceOf(GitFailure.GitError.class);
    assertThatThrownBy(() -> reader.tree("HEAD^^")).isInstanceOf(GitFailure.GitError.class);
  }

  @ParameterizedTest
  @EnumSource
  void symbolicRefsAreFollowed(Reads reads) throws Exception {
    String first = commit("one");
    git.must("update-ref", "refs/remotes/origin/main", first);
    git.must("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
    git.must("symbolic-ref", "refs/remotes/gone/HEAD", "refs/remotes/gone/main");

    RepositoryReader reader = reader(reads);
    assertThat(reader.target("refs/remotes/origin/HEAD")).contains("refs/remotes/origin/main");
    assertThat(reader.target("refs/remotes/gone/HEAD")).contains("refs/remotes/gone/main");
    assertThat(reader.target("refs/heads/main")).isEmpty();
    assertThat(reader.target("refs/remotes/none/HEAD")).isEmpty();
    assertThat(reader.commit("refs/remotes/origin/HEAD")).contains(first);
    assertThat(reader.hasRef("refs/remotes/gone/HEAD")).isFalse();
    assertThat(reader.refs("refs/remotes/"))
        .isEqualTo(Map.of("refs/remotes/origin/HEAD", first, "refs/remotes/origin/main", first));
  }

  @ParameterizedTest
  @EnumSource
  void namesOfRefsMayBeUnusual(Reads reads) throws Exception {
    String first = commit("one");
    List<String> names =
        List.of("refs/heads/a'b\"#%@!$&()+,;=|<>", "refs/heads/ünïcode-枝", "refs/heads/-dash");
    for (String name : names) {
      git.must("update-ref", name, first);
    }
    for (String name : names) {
      assertThat(reader(reads).hasRef(name)).as(name).isTrue();
      assertThat(reader(reads).commit(name)).as(name).contains(first);
    }
    assertThat(reader(reads).refs("refs/heads/").keySet()).containsAll(names).hasSize(4);
    assertThat(reader(reads).hasRef("refs/heads/a..b")).isFalse();
    assertThat(reader(reads).hasRef("refs/heads/../../HEAD")).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void historiesAreCompared(Reads reads) throws Exception {
    String root = made(1000, "root");
    String left = made(1010, "left", root);
    String right = made(1020, "right", root);
    String third = made(1030, "third", root);
    String octopus = made(1040, "octopus", left, right, third);
    String crossed = made(1050, "crossed", left, right);
    String other = made(1060, "other", right, left);
    String alone = made(1070, "alone");

    RepositoryReader reader = reader(reads);
    assertThat(reader.beyond(root, octopus)).isEqualTo(4);
    assertThat(reader.beyond(octopus, root)).isZero();
    assertThat(reader.beyond(crossed, octopus)).isEqualTo(2);
    assertThat(reader.beyond(alone, octopus)).isEqualTo(5);
    assertThat(reader.hasMerges(root, octopus)).isTrue();
    assertThat(reader.hasMerges(root, left)).isFalse();
    assertThat(reader.isAncestor(third, octopus)).isTrue();
    assertThat(reader.isAncestor(octopus, third)).isFalse();
    assertThat(reader.isAncestor(left, left)).isTrue();
    assertThat(reader.isAncestor(alone, octopus)).isFalse();
    assertThat(reader.mergeBase(left, right)).isEqualTo(root);
    assertThat(reader.mergeBase(octopus, left)).isEqualTo(left);
    assertThat(reader.mergeBase(octopus, made(1080, "more", third))).isEqualTo(third);
    assertThatThrownBy(() -> reader.mergeBase(alone, octopus))
        .isInstanceOf(GitFailure.GitError.class);
    if (reads == Reads.JGIT) { // git has an order among the two
      assertThatThrownBy(() -> reader.mergeBase(crossed, other))
          .isInstanceOf(GitFailure.GitError.class);
    }
    assertThat(git.readBy(jgit).reader().mergeBase(crossed, other))
        .isEqualTo(git.must("merge-base", crossed, other));
  }

  @ParameterizedTest
  @EnumSource
  void clocksMayHaveBeenWrong(Reads reads) throws Exception {
    String root = made(5_000, "root");
    String shared = made(9_000, "shared", root);
    String old = made(10, "a base of a machine without a clock", shared);
    String next = made(20, "upon it", old);
    String head = made(9_500, "head", shared);
    String ahead = made(900_000, "from the future", next);
    String late = made(30, "upon the future", ahead);

    RepositoryReader reader = reader(reads);
    assertThat(reader.beyond(old, head)).isEqualTo(1);
    assertThat(reader.beyond(next, head)).isEqualTo(1);
    assertThat(reader.beyond(late, head)).isEqualTo(1);
    assertThat(reader.beyond(head, late)).isEqualTo(4);
    assertThat(reader.isAncestor(shared, late)).isTrue();
    assertThat(reader.isAncestor(ahead, late)).isTrue();
    assertThat(reader.isAncestor(head, late)).isFalse();
    assertThat(reader.mergeBase(late, head)).isEqualTo(shared);
    assertThat(reader.mergeBase(old, late)).isEqualTo(old);
    assertThat(reader.commits(shared, late, Order.TOPOLOGICAL))
        .containsExactly(old, next, ahead, late);
  }

  @ParameterizedTest
  @EnumSource
  void commitsAreToldInTheirOrder(Reads reads) throws Exception {
    String first = commit("one");
    String second = commit("two");
    String third = commit("three");
    for (Order order : Order.values()) {
      assertThat(reader(reads).commits(first, "HEAD", order)).containsExactly(second, third);
      assertThat(reader(reads).commits("HEAD", first, order)).isEmpty();
    }
    String merge = made(1_800_000_000, "merge", third, made(1_700_000_000, "beside", first));
    if (reads == Reads.JGIT) { // git's order among lines of work is its own
      assertThatThrownBy(() -> reader(reads).commits(first, merge, Order.DATE))
          .isInstanceOf(GitFailure.GitError.class);
    }
    assertThat(git.readBy(jgit).reader().commits(first, merge, Order.DATE)).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource
  void commitsSayTheirTextToTheLetter(Reads reads) throws Exception {
    for (String message :
        List.of("plain", "\n\nsubject\n\nbody \n\n\nKey: value\n\n", "ünï ☃\n", " blank\r\n")) {
      String id = commit(message);
      CommitText text = reader(reads).text(id);
      assertThat(text.name()).isEqualTo("Ann O'Nym");
      assertThat(text.author()).isEqualTo("Ann O'Nym <ann@example.com>");
      assertThat(text.date()).isEqualTo("1700000000 +0130");
      assertThat(text.message())
          .isEqualTo(git.text("log", "-1", "--format=%B", id))
          .isEqualTo(git.reader().text(id).message());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsOddInACommitIsLeftToGit(Reads reads) throws Exception {
    String head = "tree " + empty() + "\n";
    for (String raw :
        List.of(
            "author A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\nencoding ISO-8859-1\n\n\u00fc\n",
            "author A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\n\u00fc\n",
            "author  A  <a b> 01 -0000\ncommitter A <a@b> 1 +0000\n\nx",
            "author <> 1 +0000\ncommitter A <a@b> 1 +0000\n\nx\n")) {
      Path file = temp.resolve("raw");
      Files.write(file, (head + raw).getBytes(StandardCharsets.ISO_8859_1));
      String id = git.must("hash-object", "-t", "commit", "-w", "--literally", file.toString());
      RepositoryReader reader = reads == Reads.PROGRAM ? git.reader() : git.readBy(jgit).reader();
      assertThat(reader.text(id)).as(raw).isEqualTo(git.reader().text(id));
    }
  }

  @ParameterizedTest
  @EnumSource
  void blobsAreRead(Reads reads) throws Exception {
    commit("one");
    String blob = git.textFed("a\0b\nü", "hash-object", "-w", "--stdin").strip();
    assertThat(reader(reads).blob(blob)).contains("a\0b\nü");
    assertThat(reader(reads).blob("1".repeat(40))).isEmpty();
    assertThat(reader(reads).blob(empty())).isEmpty();
  }
}
