package conductor.journal;

import conductor.effect.AgentEffect;
import conductor.effect.AgentRef;
import conductor.effect.AgentStatus;
import conductor.effect.AgentUsage;
import conductor.effect.Attempt;
import conductor.effect.Checks;
import conductor.effect.CommandEffect;
import conductor.effect.Effect;
import conductor.effect.Entered;
import conductor.effect.Evidence;
import conductor.effect.ExecResult;
import conductor.effect.Failure;
import conductor.effect.FileEffect;
import conductor.effect.ForgeEffect;
import conductor.effect.GitEffect;
import conductor.effect.Issue;
import conductor.effect.IssueEffect;
import conductor.effect.MergeStrategy;
import conductor.effect.OnCrash;
import conductor.effect.PRHandle;
import conductor.effect.PRReference;
import conductor.effect.PRReview;
import conductor.effect.PeopleEffect;
import conductor.effect.RecordedEffect;
import conductor.effect.RunEffect;
import conductor.effect.Secret;
import conductor.effect.SessionEffect;
import conductor.effect.Task;
import conductor.effect.WorkflowEffect;
import conductor.effect.WorktreeEffect;
import conductor.effect.WorktreeEnv;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The records, enums and failures that a journal can hold, by the name it knows them by. */
final class ValueTypes {

  private static final List<Class<?>> REPLIES =
      List.of(
          WorktreeEnv.class,
          Issue.class,
          Issue.Status.class,
          AgentRef.class,
          AgentStatus.class,
          AgentUsage.class,
          PRHandle.class,
          PRHandle.Status.class,
          PRReference.class,
          ForgeEffect.Selection.class,
          Checks.class,
          Checks.Check.class,
          PRReview.class,
          PRReview.Verdict.class,
          PRReview.Comment.class,
          Evidence.class,
          ExecResult.class,
          Secret.class,
          Task.class,
          Attempt.Ok.class,
          Attempt.Err.class,
          MergeStrategy.class,
          OnCrash.class,
          CommandEffect.Command.class,
          WorktreeEffect.OnConflict.class,
          IssueEffect.Selection.class,
          Entered.class);

  private static final List<Class<?>> FAMILIES =
      List.of(
          WorktreeEffect.class,
          GitEffect.class,
          ForgeEffect.class,
          IssueEffect.class,
          AgentEffect.class,
          CommandEffect.class,
          FileEffect.class,
          PeopleEffect.class,
          RecordedEffect.class,
          RunEffect.class,
          WorkflowEffect.class,
          SessionEffect.class);

  private final Map<String, Class<?>> values = new HashMap<>();
  private final Map<String, Class<?>> failures = new HashMap<>();

  ValueTypes() {
    REPLIES.forEach(type -> values.put(nameOf(type), type));
    FAMILIES.stream()
        .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
        .forEach(type -> values.put(nameOf(type), type));
    concrete(Failure.class).forEach(type -> failures.put(type.getSimpleName(), type));
  }

  boolean holds(Class<?> type) {
    return values.get(nameOf(type)) == type;
  }

  Optional<Class<?>> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The effect of a name; empty for other values. */
  Optional<Class<?>> effect(String name) {
    return values.values().stream()
        .filter(type -> Effect.class.isAssignableFrom(type) && type.getSimpleName().equals(name))
        .findFirst();
  }

  Optional<Class<?>> failure(String name) {
    return Optional.ofNullable(failures.get(name));
  }

  /** All failures, for a test that each survives the journal. */
  List<Class<?>> failures() {
    return List.copyOf(failures.values());
  }

  /** The name within its package: {@code Issue.Status}. */
  static String nameOf(Class<?> type) {
    return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
  }

  private static Stream<Class<?>> concrete(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(ValueTypes::concrete)
        : Stream.of(type);
  }
}
