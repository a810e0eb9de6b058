package conductor.cli;

import conductor.config.BadConfiguration;
import conductor.config.NotTrusted;
import conductor.effect.Failure;
import conductor.effect.IssueFailure;
import conductor.engine.Mismatch;
import conductor.handlers.people.Shown;
import conductor.journal.JournalException;
import conductor.process.CannotRun;
import conductor.run.record.OwnedElsewhere;
import conductor.run.record.UnknownRun;
import conductor.state.UnreadableState;
import conductor.workflow.CannotStart;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells errors to the user, each with its exit code; the host's frames only when asked for. */
public final class Errors implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception error, CommandLine line, ParseResult result) {
    if (error instanceof ClosedPipe) {
      return Exit.OK;
    }
    boolean all = line.getCommand() instanceof Subcommand base && base.stacktrace;
    line.getErr().println(Shown.of(all ? frames(error) : message(error)));
    line.getErr().flush();
    return code(error);
  }

  /** An error with the host's frames. */
  public static String frames(Throwable error) {
    var frames = new StringWriter();
    error.printStackTrace(new PrintWriter(frames));
    return frames.toString().stripTrailing();
  }

  private static String message(Exception error) {
    return code(error) == Exit.BROKEN && !isKnown(error)
        ? "internal error: %s; this is a bug of conductor, --stacktrace shows more".formatted(error)
        : String.valueOf(error.getMessage());
  }

  private static boolean isKnown(Exception error) {
    return error instanceof JournalException
        || error instanceof UnreadableState
        || error instanceof UncheckedIOException
        || error instanceof CannotRun
        || error instanceof Mismatch;
  }

  private static int code(Exception error) {
    return switch (error) {
      case Usage _, CannotStart _, BadConfiguration _, UnknownRun _, OwnedElsewhere _ -> Exit.USAGE;
      case NotTrusted _, IssueFailure _ -> Exit.USAGE;
      case Failure _ -> Exit.FAILED;
      case RuntimeException e when isBadScript(e) -> Exit.USAGE;
      default -> Exit.BROKEN;
    };
  }

  /** By name, so that looking at an error loads no script host. */
  private static boolean isBadScript(Exception error) {
    String type = error.getClass().getName();
    return type.equals("conductor.script.ScriptErrors")
        || type.equals("conductor.script.BadParameters");
  }
}
