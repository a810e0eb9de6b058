package conductor.process;

import java.nio.file.Path;

/** Says numbered lines to a job until it is killed: a program of its own. */
final class LineSayer {

  private LineSayer() {}

  public static void main(String[] arguments) {
    Job job = Job.in(Path.of(arguments[0]));
    try (LineWriter writer = LineWriter.open(job).orElseThrow()) {
      for (int n = LineWriter.written(job).size() + 1; ; n++) {
        writer.writeLine(n + " " + "x".repeat(n * 37 % 500));
      }
    }
  }
}
