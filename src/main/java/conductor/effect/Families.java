package conductor.effect;

import java.util.List;
import java.util.stream.Stream;

/**
 * The list of the families of effects that handlers answer. The vocabulary, the journal, the plans
 * and all others that need every effect take them from here.
 */
public final class Families {

  private static final List<Class<?>> OF_SCRIPTS =
      List.of(
          WorktreeEffect.class,
          IssueEffect.class,
          AgentEffect.class,
          GitEffect.class,
          ForgeEffect.class,
          CommandEffect.class,
          FileEffect.class,
          PeopleEffect.class,
          RecordedEffect.class,
          RunEffect.class,
          ReportEffect.class,
          WorkflowEffect.class);

  private Families() {}

  /** Returns the sealed interfaces of the effects that scripts construct. */
  public static List<Class<?>> ofScripts() {
    return OF_SCRIPTS;
  }

  /** Returns the records that a journal may hold: those of scripts and of sessions. */
  public static List<Class<?>> effects() {
    return Stream.concat(OF_SCRIPTS.stream(), Stream.of(SessionEffect.class))
        .<Class<?>>flatMap(family -> Stream.of(family.getPermittedSubclasses()))
        .toList();
  }

  /** Returns the types of all failures, without their families. */
  public static List<Class<?>> failures() {
    return concrete(Failure.class).toList();
  }

  private static Stream<Class<?>> concrete(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(Families::concrete)
        : Stream.of(type);
  }
}
