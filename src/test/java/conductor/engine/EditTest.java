package conductor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.journal.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Edit and resume: what an edited script drops, what it keeps, and that law 2 holds for the rest.
 */
class EditTest {

  private static final Script.Text TWO_BRANCHES =
      script ->
          script.did("a")
              + script.gather(
                  () -> script.did("left1") + script.did("left2"),
                  () -> script.did("right1") + script.did("right2"))
              + script.did("z");

  private static Host ran(Script.Text text) throws Exception {
    var host = new Host(new World());
    host.execute(text);
    return host.afterCrash(host.journal.all().size() - 1);
  }

  private static List<String> differences(Edit edit) {
    return edit.differences().stream().map(difference -> difference.position.text()).toList();
  }

  @Test
  void anUnchangedScriptDropsNothing() throws Exception {
    Host host = ran(TWO_BRANCHES);

    Edit edit = host.edit(TWO_BRANCHES);

    assertThat(edit.differences()).isEmpty();
    assertThat(edit.abandoned()).isEmpty();
    host.world.log.clear();
    assertThat(host.execute(TWO_BRANCHES))
        .isEqualTo(new RunResult.Done("A[LEFT1LEFT2, RIGHT1RIGHT2]Z"));
    assertThat(host.world.log).isEmpty();
  }

  @Test
  void aDifferenceInABranchKeepsWhatCameBeforeItAndTheSiblings() throws Exception {
    Host host = ran(TWO_BRANCHES);
    Script.Text edited =
        script ->
            script.did("a")
                + script.gather(
                    () -> script.did("left1") + script.did("left2"),
                    () -> script.did("right1") + script.did("new") + script.did("more"))
                + script.did("z");

    Edit edit = host.edit(edited);

    assertThat(differences(edit)).containsExactly("2.1.2");
    assertThat(edit.differences().getFirst())
        .hasMessageContaining("recorded: Do {\"what\":\"right2\"}")
        .hasMessageContaining("now:      Do {\"what\":\"new\"}");
    host.world.log.clear();
    assertThat(host.execute(edited)).isEqualTo(new RunResult.Done("A[LEFT1LEFT2, RIGHT1NEWMORE]Z"));
    assertThat(host.world.log).containsExactly("new", "more", "z");
  }

  @Test
  void eachBranchHasADifferenceOfItsOwn() throws Exception {
    Host host = ran(TWO_BRANCHES);
    Script.Text edited =
        script ->
            script.did("a")
                + script.gather(
                    () -> script.did("left1") + script.did("other"),
                    () -> script.did("new") + script.did("right2"))
                + script.did("z");

    assertThat(differences(host.edit(edited))).containsExactlyInAnyOrder("2.0.2", "2.1.1");
    host.world.log.clear();
    assertThat(host.execute(edited)).isEqualTo(new RunResult.Done("A[LEFT1OTHER, NEWRIGHT2]Z"));
    assertThat(host.world.log).containsExactlyInAnyOrder("other", "new", "right2", "z");
  }

  @Test
  void aControlThatGoesTakesItsBranchesWithIt() throws Exception {
    Host host = ran(TWO_BRANCHES);
    Script.Text edited = script -> script.did("a") + script.did("b") + script.did("z");

    assertThat(differences(host.edit(edited))).containsExactly("2");
    host.world.log.clear();
    assertThat(host.execute(edited)).isEqualTo(new RunResult.Done("ABZ"));
    assertThat(host.world.log).containsExactly("b", "z");
  }

  @Test
  void anEffectThatBecomesAControlIsDropped() throws Exception {
    Host host = ran(script -> script.did("a") + script.did("b"));
    Script.Text edited = script -> script.did("a") + script.gather(() -> script.did("b"));

    assertThat(differences(host.edit(edited))).containsExactly("2");
    assertThat(host.execute(edited)).isEqualTo(new RunResult.Done("A[B]"));
  }

  @Test
  void aScriptThatEndsEarlierDropsTheRest() throws Exception {
    Host host = ran(TWO_BRANCHES);
    Script.Text edited = script -> script.did("a");

    assertThat(differences(host.edit(edited))).containsExactly("2");
    host.world.log.clear();
    assertThat(host.execute(edited)).isEqualTo(new RunResult.Done("A"));
    assertThat(host.world.log).isEmpty();
  }

  @Test
  void aBranchThatEndsEarlierDropsItsRest() throws Exception {
    Host host = ran(TWO_BRANCHES);
    Script.Text edited =
        script ->
            script.did("a")
                + script.gather(
                    () -> script.did("left1"), () -> script.did("right1") + script.did("right2"))
                + script.did("z");

    assertThat(differences(host.edit(edited))).containsExactly("2.0.2");
    assertThat(host.execute(edited)).isEqualTo(new RunResult.Done("A[LEFT1, RIGHT1RIGHT2]Z"));
  }

  @Test
  void moreAtTheEndDropsNothing() throws Exception {
    Host host = ran(script -> script.did("a"));
    Script.Text edited = script -> script.did("a") + script.did("b");

    assertThat(host.edit(edited).differences()).isEmpty();
    assertThat(host.execute(edited)).isEqualTo(new RunResult.Done("AB"));
    assertThat(host.world.log).containsExactly("a", "b");
  }

  @Test
  void whatWasUnderWayWhereTheScriptDiffersIsToBeEnded() throws Exception {
    var host = new Host(new World());
    Run run = host.started();
    Thread.ofVirtual()
        .start(() -> {
          try {
            host.world.hung.await();
            run.suspend();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    run.execute(
        Script.of(
            script -> script.gather(() -> script.yield(new World.Hang("x")), () -> "nothing")));
    host.afterCrash();
    Script.Text edited = script -> script.gather(() -> script.did("y"), () -> "nothing");

    Edit edit = host.edit(edited);

    assertThat(edit.abandoned())
        .singleElement()
        .satisfies(open -> assertThat(open.position().text()).isEqualTo("1.0.1"));
    assertThat(host.execute(edited)).isEqualTo(new RunResult.Done(List.of("Y", "nothing")));
  }

  @Test
  void whatIsDroppedAndAskedForAgainIsDoneAgain() throws Exception {
    Host host = ran(script -> script.did("a") + script.did("b") + script.did("c"));
    Script.Text edited = script -> script.did("x") + script.did("b") + script.did("c");
    host.edit(edited);
    host.world.log.clear();

    assertThat(host.execute(edited)).isEqualTo(new RunResult.Done("XBC"));
    assertThat(host.world.log).containsExactly("x", "b", "c");
    Host later = host.afterCrash(host.journal.all().size() - 1);
    later.world.log.clear();
    assertThat(later.execute(edited)).isEqualTo(new RunResult.Done("XBC"));
    assertThat(later.world.log).as("law 2").isEmpty();
  }

  @Test
  void aTaskThatDiffersDropsWhatCameAfterItWasWaitedFor() throws Exception {
    Script.Text text =
        script -> {
          var task = script.spawn(() -> script.did("t1") + script.did("t2"));
          return script.did("a") + script.await(task) + script.did("b");
        };
    Script.Text edited =
        script -> {
          var task = script.spawn(() -> script.did("t1") + script.did("new"));
          return script.did("a") + script.await(task) + script.did("b");
        };
    Host host = ran(text);

    assertThat(differences(host.edit(edited))).containsExactly("1.0.2");
    host.world.log.clear();
    assertThat(host.execute(edited)).isEqualTo(new RunResult.Done("AT1NEWB"));
    assertThat(host.world.log).containsExactly("new", "b");
  }

  /** Law 4: without the edit nothing is performed. */
  @Test
  void withoutTheEditItIsAMismatch() throws Exception {
    Host host = ran(TWO_BRANCHES);
    host.world.log.clear();

    assertThatThrownBy(() -> host.execute(script -> script.did("b"))).isInstanceOf(Mismatch.class);
    assertThat(host.world.log).isEmpty();
    assertThat(host.journal.all()).noneMatch(Entry.Edited.class::isInstance);
  }
}
