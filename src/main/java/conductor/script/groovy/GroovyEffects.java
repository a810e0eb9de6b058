package conductor.script.groovy;

import conductor.effect.BadArguments;
import conductor.effect.Body;
import conductor.effect.Control;
import conductor.effect.Effect;
import conductor.effect.Task;
import conductor.effect.vocabulary.Nearest;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import conductor.script.Yielded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words of a script: a method per effect that constructs it from named and positional
 * arguments. Imported statically into every script; performs nothing.
 */
@SuppressWarnings("MethodName") // these are the users' words
public final class GroovyEffects {

  private static final Vocabulary VOCABULARY = Vocabulary.standard();

  private GroovyEffects() {}

  /** All branches at once: a list, several arguments, or a map by name. */
  public static Effect<?> Gather(@Nullable Object... arguments) {
    Call call = Call.of(arguments);
    boolean failFast = failFast(call.named());
    if (!call.named().isEmpty()) {
      return new Control.Gather(Control.keyed(Yielded.texts(call.named())), true, failFast);
    }
    return call.only() instanceof Map<?, ?> map
        ? new Control.Gather(Control.keyed(Yielded.texts(map)), true, failFast)
        : new Control.Gather(Control.keyed(call.bodies()), false, failFast);
  }

  /** The first of several. */
  public static Effect<?> Race(@Nullable Object... arguments) {
    Call call = Call.of(arguments);
    if (!call.named().isEmpty()) {
      return new Control.Race(Control.keyed(Yielded.texts(call.named())));
    }
    return call.only() instanceof Map<?, ?> map
        ? new Control.Race(Control.keyed(Yielded.texts(map)))
        : new Control.Race(Control.keyed(call.bodies()));
  }

  /** Something that goes on beside the script. */
  public static Effect<?> Spawn(Object body) {
    return new Control.Spawn(Body.of(body));
  }

  /** The end of something spawned. */
  public static Effect<?> Wait(Object task) {
    if (task instanceof Task spawned) {
      return new Control.Wait(spawned);
    }
    throw new BadArguments("Wait takes the Task that Spawn replied with, found " + task);
  }

  /** A failure as a value. */
  public static Effect<?> Try(Object body) {
    return new Control.Try(Body.of(body));
  }

  public static Effect<?> CreateWorktree(@Nullable Object... arguments) {
    return make("CreateWorktree", arguments);
  }

  public static Effect<?> MergeBranches(@Nullable Object... arguments) {
    return make("MergeBranches", arguments);
  }

  public static Effect<?> DeleteWorktree(@Nullable Object... arguments) {
    return make("DeleteWorktree", arguments);
  }

  public static Effect<?> CreateIssue(@Nullable Object... arguments) {
    return make("CreateIssue", arguments);
  }

  public static Effect<?> ListIssues(@Nullable Object... arguments) {
    return make("ListIssues", arguments);
  }

  public static Effect<?> GetIssue(@Nullable Object... arguments) {
    return make("GetIssue", arguments);
  }

  public static Effect<?> ResolveIssue(@Nullable Object... arguments) {
    return make("ResolveIssue", arguments);
  }

  public static Effect<?> RunAgent(@Nullable Object... arguments) {
    return make("RunAgent", arguments);
  }

  public static Effect<?> SpawnAgent(@Nullable Object... arguments) {
    return make("SpawnAgent", arguments);
  }

  public static Effect<?> SendMessage(@Nullable Object... arguments) {
    return make("SendMessage", arguments);
  }

  public static Effect<?> Usage(@Nullable Object... arguments) {
    return make("Usage", arguments);
  }

  public static Effect<?> WaitForStatus(@Nullable Object... arguments) {
    return make("WaitForStatus", arguments);
  }

  public static Effect<?> CaptureOutput(@Nullable Object... arguments) {
    return make("CaptureOutput", arguments);
  }

  public static Effect<?> StopAgent(@Nullable Object... arguments) {
    return make("StopAgent", arguments);
  }

  public static Effect<?> Commit(@Nullable Object... arguments) {
    return make("Commit", arguments);
  }

  public static Effect<?> Push(@Nullable Object... arguments) {
    return make("Push", arguments);
  }

  public static Effect<?> Diff(@Nullable Object... arguments) {
    return make("Diff", arguments);
  }

  public static Effect<?> Verify(@Nullable Object... arguments) {
    return make("Verify", arguments);
  }

  public static Effect<?> CreatePR(@Nullable Object... arguments) {
    return make("CreatePR", arguments);
  }

  public static Effect<?> MergePR(@Nullable Object... arguments) {
    return make("MergePR", arguments);
  }

  public static Effect<?> GetPR(@Nullable Object... arguments) {
    return make("GetPR", arguments);
  }

  public static Effect<?> ListPRs(@Nullable Object... arguments) {
    return make("ListPRs", arguments);
  }

  public static Effect<?> CommentPR(@Nullable Object... arguments) {
    return make("CommentPR", arguments);
  }

  public static Effect<?> ClosePR(@Nullable Object... arguments) {
    return make("ClosePR", arguments);
  }

  public static Effect<?> WaitForChecks(@Nullable Object... arguments) {
    return make("WaitForChecks", arguments);
  }

  public static Effect<?> WaitForReview(@Nullable Object... arguments) {
    return make("WaitForReview", arguments);
  }

  public static Effect<?> Exec(@Nullable Object... arguments) {
    return make("Exec", arguments);
  }

  public static Effect<?> ReadFile(@Nullable Object... arguments) {
    return make("ReadFile", arguments);
  }

  public static Effect<?> WriteFile(@Nullable Object... arguments) {
    return make("WriteFile", arguments);
  }

  public static Effect<?> Ask(@Nullable Object... arguments) {
    return make("Ask", arguments);
  }

  public static Effect<?> Now(@Nullable Object... arguments) {
    return make("Now", arguments);
  }

  public static Effect<?> Random(@Nullable Object... arguments) {
    return make("Random", arguments);
  }

  public static Effect<?> Uuid(@Nullable Object... arguments) {
    return make("Uuid", arguments);
  }

  public static Effect<?> Sleep(@Nullable Object... arguments) {
    return make("Sleep", arguments);
  }

  public static Effect<?> Env(@Nullable Object... arguments) {
    return make("Env", arguments);
  }

  public static Effect<?> Get(@Nullable Object... arguments) {
    return make("Get", arguments);
  }

  public static Effect<?> Put(@Nullable Object... arguments) {
    return make("Put", arguments);
  }

  public static Effect<?> Status(@Nullable Object... arguments) {
    return make("Status", arguments);
  }

  public static Effect<?> RunWorkflow(@Nullable Object... arguments) {
    return make("RunWorkflow", arguments);
  }

  private static Effect<?> make(String name, @Nullable Object[] arguments) {
    return bind(
        VOCABULARY
            .signature(name)
            .orElseThrow(() ->
                new BadArguments(
                    "unknown effect " + name + Nearest.hint(name, VOCABULARY.names()))),
        arguments);
  }

  /** Constructs an effect of the arguments of a call. */
  static Effect<?> bind(Signature signature, @Nullable Object[] arguments) {
    Call call = Call.of(arguments);
    return signature.bind(call.named(), call.positional());
  }

  private static boolean failFast(Map<String, Object> named) {
    Object snake = named.remove("fail_fast");
    Object camel = named.remove("failFast");
    return !Boolean.FALSE.equals(snake) && !Boolean.FALSE.equals(camel);
  }

  /** The arguments of a call as Groovy hands them over: named ones in a map that stands first. */
  private record Call(Map<String, Object> named, List<@Nullable Object> positional) {

    static Call of(@Nullable Object[] arguments) {
      var all = new ArrayList<@Nullable Object>();
      Collections.addAll(all, arguments);
      if (!all.isEmpty() && all.getFirst() instanceof Map<?, ?> named) {
        return new Call(Yielded.texts(named), all.subList(1, all.size()));
      }
      return new Call(new LinkedHashMap<>(), all);
    }

    @Nullable Object only() {
      return positional.size() == 1 ? positional.getFirst() : null;
    }

    List<?> bodies() {
      return only() instanceof List<?> list ? list : positional;
    }
  }
}
