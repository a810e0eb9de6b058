package conductor.cli;

import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Points at which runs were disturbed, and what was not as in an undisturbed run.
 *
 * @param what what was disturbed, for the last line
 */
record CrashReport(String what, long seed, List<Trial> all) {

  private static final int PROGRESS = 50;
  private static final int SHOWN = 6;

  /**
   * A point that was tried.
   *
   * @param hit what was disturbed there
   * @param wrong each begins with its kind: lost, repeated or left behind
   * @param alone the command that tries this point alone
   */
  record Trial(String point, String hit, List<String> wrong, String alone) {

    boolean failed() {
      return !wrong.isEmpty();
    }

    private boolean is(String kind) {
      return wrong.stream().anyMatch(line -> line.startsWith(kind));
    }

    private String brief() {
      long more = Math.max(0, wrong.size() - SHOWN);
      String some = wrong.stream().limit(SHOWN).collect(Collectors.joining("\n    "));
      return more == 0 ? some : some + "\n    and %d more".formatted(more);
    }

    @Override
    public String toString() {
      return "%n%s  %s%n    %s%n  alone: %s%n".formatted(point, hit, brief(), alone);
    }
  }

  /**
   * Tries points, several at once; every fifty a line says how far it is.
   *
   * @param skipped how many were left out before
   */
  static CrashReport of(
      String what, long seed, int workers, int skipped, List<Callable<Trial>> points)
      throws Exception {
    System.out.println("seed " + seed);
    var done = new AtomicInteger(skipped);
    var work = new ArrayList<Callable<Trial>>();
    for (Callable<Trial> point : points) {
      work.add(() -> {
        Trial one = point.call();
        if (done.incrementAndGet() % PROGRESS == 0) {
          System.out.printf("%d of %d points tried%n", done.get(), skipped + points.size());
        }
        if (one.failed()) {
          System.out.println(one);
        }
        return one;
      });
    }
    var all = new ArrayList<Trial>();
    try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      for (Future<Trial> one : pool.invokeAll(work)) {
        all.add(one.get());
      }
    }
    return new CrashReport(what, seed, all);
  }

  /** Prints the figures; fails when one is not zero. */
  void mustBeClean() {
    System.out.println(this);
    if (all.stream().anyMatch(Trial::failed)) {
      fail(toString());
    }
  }

  private long count(String kind) {
    return all.stream().filter(one -> one.is(kind)).count();
  }

  @Override
  public String toString() {
    return all.stream().filter(Trial::failed).map(Trial::toString).collect(Collectors.joining())
        + "%n%s: %d points, %d lost, %d repeated, %d left something behind (seed %d)"
            .formatted(
                what, all.size(), count("lost"), count("repeated"), count("left behind"), seed);
  }
}
