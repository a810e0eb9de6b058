package conductor.cli;

import conductor.effect.Failure;
import conductor.effect.IssueFailure;
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
    int code = code(error);
    if (line.getCommand() instanceof Subcommand base && base.json) {
      ErrorJson.of(error, message(error), code).print(base.context().console());
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

  private static int code(Exception error) {
    return switch (error) {
      case UserError told ->
          switch (told.kind()) {
            case REQUEST -> Exit.USAGE;
            case MACHINE -> Exit.BROKEN;
          };
      case IssueFailure _ -> Exit.USAGE;
      case Failure _ -> Exit.FAILED;
      default -> Exit.BROKEN;
    };
  }
}
