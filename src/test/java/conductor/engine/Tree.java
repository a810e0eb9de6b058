package conductor.engine;

import conductor.effect.Attempt;
import conductor.effect.Body;
import conductor.effect.Control;
import conductor.effect.Failure;
import conductor.effect.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A workflow as data, so that it can be made at random, be run by the engine and be told by {@link
 * Reference}. Each node has a text as its value.
 */
public sealed interface Tree {

  /** An act that can be found again. */
  record Do(String what) implements Tree {}

  /** An effect of two steps. */
  record Twice(String what) implements Tree {}

  /** Does what depends on what other branches did last. */
  record Shared(String name) implements Tree {}

  /** Never comes back by itself. */
  record Hang(String what) implements Tree {}

  record Sequence(List<Tree> parts) implements Tree {}

  record Gather(List<Tree> branches, boolean failFast) implements Tree {}

  record Race(List<Tree> branches) implements Tree {}

  record Try(Tree body) implements Tree {}

  record Caught(Tree body, Tree then) implements Tree {}

  record Cleaned(Tree body, Tree cleanup) implements Tree {}

  record Spawned(Tree task, Tree meanwhile, boolean awaited) implements Tree {}

  record Handled(String what, Tree body) implements Tree {}

  /** The workflow that performs a tree. */
  static Script.Text text(Tree tree) {
    return script -> new Walk(script, new ArrayList<>()).of(tree);
  }

  /** One execution: all its branches see the same list. */
  record Walk(Script script, List<String> shared) {

    String of(Tree tree) throws Exception {
      return switch (tree) {
        case Do(var what) -> script.did(what);
        case Twice(var what) -> script.<String>yield(new World.Twice(what));
        case Shared(var name) -> script.did(follow(shared, name));
        case Hang(var what) -> script.<String>yield(new World.Hang(what));
        case Sequence(var parts) -> {
          var text = new StringBuilder();
          for (Tree part : parts) {
            text.append(of(part));
          }
          yield text.toString();
        }
        case Gather(var branches, var failFast) ->
            String.valueOf(
                script.<Object>yield(
                    new Control.Gather(Control.keyed(bodies(branches)), false, failFast)));
        case Race(var branches) ->
            String.valueOf(script.<Object>yield(new Control.Race(Control.keyed(bodies(branches)))));
        case Try(var body) ->
            switch (script.<Attempt>yield(new Control.Try(body(body)))) {
              case Attempt.Ok(var value) -> "ok " + value;
              case Attempt.Err _ -> "err";
            };
        case Caught(var body, var then) -> {
          try {
            yield of(body);
          } catch (Failure e) {
            yield "caught " + of(then);
          }
        }
        case Cleaned(var body, var cleanup) -> {
          try {
            yield of(body);
          } finally {
            of(cleanup);
          }
        }
        case Spawned(var task, var meanwhile, var awaited) -> {
          Task spawned = script.<Task>yield(new Control.Spawn(body(task)));
          String text = of(meanwhile);
          yield awaited ? text + script.await(spawned) : text;
        }
        case Handled(var what, var body) ->
            String.valueOf(
                script.<Object>yield(new Control.Handled(new World.Do(what), body(body))));
      };
    }

    private Body body(Tree tree) {
      return new Body.Block(() -> of(tree));
    }

    private List<Callable<?>> bodies(List<Tree> trees) {
      return trees.stream().<Callable<?>>map(tree -> () -> of(tree)).toList();
    }
  }

  /** What a shared node does, after what was there before. */
  static String follow(List<String> shared, String name) {
    String before = shared.isEmpty() ? "nothing" : shared.getLast();
    shared.add(name);
    return name + " after " + before;
  }

  /** Makes trees whose deeds have names of their own. */
  final class Grower {

    private final RandomGenerator random;
    private int names;

    Grower(RandomGenerator random) {
      this.random = random;
    }

    /** A tree that ends by itself. */
    Tree grow(int depth) {
      if (depth == 0) {
        return leaf();
      }
      return switch (random.nextInt(14)) {
        case 0, 1, 2 -> new Sequence(some(2, 4, depth));
        case 3, 4, 5 -> new Gather(some(2, 4, depth), random.nextBoolean());
        case 6 -> new Race(some(2, 3, depth));
        case 7 -> new Race(shuffled(grow(depth - 1), hanging()));
        case 8 -> new Try(grow(depth - 1));
        case 9 -> new Caught(grow(depth - 1), leaf());
        case 10 -> new Cleaned(grow(depth - 1), grow(random.nextInt(2)));
        case 11 -> new Spawned(grow(depth - 1), grow(depth - 1), random.nextBoolean());
        case 12 -> new Handled(name(), grow(depth - 1));
        default -> leaf();
      };
    }

    /** The same tree with one deed made another. */
    Tree edited(Tree tree) {
      return switch (tree) {
        case Do _, Twice _, Shared _ -> leaf();
        case Hang hang -> hang;
        case Sequence(var parts) -> new Sequence(edited(parts));
        case Gather(var branches, var failFast) -> new Gather(edited(branches), failFast);
        case Race(var branches) -> new Race(edited(branches));
        case Try(var body) -> new Try(edited(body));
        case Caught(var body, var then) -> new Caught(edited(body), then);
        case Cleaned(var body, var cleanup) -> new Cleaned(edited(body), cleanup);
        case Spawned(var task, var meanwhile, var awaited) ->
            new Spawned(task, edited(meanwhile), awaited);
        case Handled(var what, var body) -> new Handled(what, edited(body));
      };
    }

    private List<Tree> edited(List<Tree> trees) {
      int at = random.nextInt(trees.size());
      return IntStream.range(0, trees.size())
          .mapToObj(i -> i == at ? edited(trees.get(i)) : trees.get(i))
          .toList();
    }

    private Tree leaf() {
      return switch (random.nextInt(6)) {
        case 0 -> new Twice(name());
        case 1 -> new Shared(name());
        default -> new Do(name());
      };
    }

    private Tree hanging() {
      Tree hang = new Hang(name());
      return random.nextBoolean() ? hang : new Cleaned(hang, leaf());
    }

    private List<Tree> some(int least, int most, int depth) {
      int count = random.nextInt(least, most + 1);
      return IntStream.range(0, count)
          .mapToObj(_ -> grow(random.nextInt(depth)))
          .collect(Collectors.toList());
    }

    private List<Tree> shuffled(Tree one, Tree other) {
      return random.nextBoolean() ? List.of(one, other) : List.of(other, one);
    }

    private String name() {
      return "d" + ++names;
    }
  }

  /** Whether branches see what others do. */
  static boolean shares(Tree tree) {
    return tree.toString().contains(Shared.class.getSimpleName() + "[");
  }

  /** The names of all deeds that can fail. */
  static List<String> deeds(Tree tree) {
    return switch (tree) {
      case Do(var what) -> List.of(what);
      case Twice(var what) -> List.of(what + "1", what + "2");
      case Shared _, Hang _ -> List.of();
      case Sequence(var parts) -> deeds(parts);
      case Gather(var branches, var _) -> deeds(branches);
      case Race(var branches) -> deeds(branches);
      case Try(var body) -> deeds(body);
      case Caught(var body, var then) -> deeds(List.of(body, then));
      case Cleaned(var body, var cleanup) -> deeds(List.of(body, cleanup));
      case Spawned(var task, var meanwhile, var _) -> deeds(List.of(task, meanwhile));
      case Handled(var _, var body) -> deeds(body);
    };
  }

  private static List<String> deeds(List<Tree> trees) {
    return trees.stream().flatMap(tree -> deeds(tree).stream()).toList();
  }
}
