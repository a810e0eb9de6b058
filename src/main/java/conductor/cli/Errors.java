package conductor.cli;

import conductor.effect.Failure;
import conductor.error.UserError;
import conductor.handlers.people.Shown;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Reports errors to the user and maps each to its exit code; with a stack trace only when asked
 * for.
 */
public final class Errors implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception error, CommandLine line, ParseResult result) {
    if (error instanceof ClosedPipe) {
      return Exit.OK;
    }
    boolean all = line.getCommand() instanceof Subcommand base && base.stacktrace;
    line.getErr().println(Shown.of(all ? frames(error) : message(error)));
    line.getErr().flush();
    ErrorJson.Kind kind = ErrorJson.kind(error);
    int code = code(kind);
    if (line.getCommand() instanceof Subcommand base && base.json) {
      ErrorJson.of(error, kind, message(error), code).print(base.context().console());
    }
    return code;
  }

  public static String frames(Throwable error) {
    var frames = new StringWriter();
    error.printStackTrace(new PrintWriter(frames));
    return frames.toString().stripTrailing();
  }

  private static String message(Exception error) {
    return switch (error) {
      case UserError _, Failure _, UncheckedIOException _ -> String.valueOf(error.getMessage());
      default ->
          "internal error: %s; this is a bug of conductor, --stacktrace shows more"
              .formatted(error);
    };
  }

  private static int code(ErrorJson.Kind kind) {
    return switch (kind) {
      case REQUEST -> Exit.USAGE;
      case FAILURE -> Exit.FAILED;
      case MACHINE, INTERNAL -> Exit.BROKEN;
    };
  }
}
