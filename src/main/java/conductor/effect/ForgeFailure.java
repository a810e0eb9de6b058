package conductor.effect;

import java.time.Duration;
import java.util.List;

/** How pull requests fail. */
public abstract sealed class ForgeFailure extends Failure
    permits ForgeFailure.NothingToPropose,
        ForgeFailure.NotMergeable,
        ForgeFailure.UnknownPullRequest,
        ForgeFailure.ChecksFailed,
        ForgeFailure.ForgeTimeout,
        ForgeFailure.ForgeDenied,
        ForgeFailure.ForgeRefused,
        ForgeFailure.SecretInText,
        ForgeFailure.ForgeUnreachable {

  private ForgeFailure(String message) {
    super(message);
  }

  /** The branch does not differ from the target. */
  public static final class NothingToPropose extends ForgeFailure {

    /** what was proposed */
    public final String branch;

    /** for which */
    public final String target;

    public NothingToPropose(String branch, String target) {
      super("%s does not differ from %s: there is nothing to propose".formatted(branch, target));
      this.branch = branch;
      this.target = target;
    }
  }

  /** A pull request cannot be merged. */
  public static final class NotMergeable extends ForgeFailure {

    /** the pull request */
    public final String url;

    /** why, and what to do */
    public final String reason;

    public NotMergeable(String url, String reason) {
      super("%s cannot be merged: %s".formatted(url, reason));
      this.url = url;
      this.reason = reason;
    }
  }

  /** There is no such pull request. */
  public static final class UnknownPullRequest extends ForgeFailure {

    /** as given */
    public final String url;

    public UnknownPullRequest(String url) {
      super("there is no pull request " + url);
      this.url = url;
    }
  }

  /** Checks of a pull request failed. */
  public static final class ChecksFailed extends ForgeFailure {

    /** the pull request */
    public final String url;

    /** those that failed */
    public final List<Checks.Check> failed;

    public ChecksFailed(String url, List<Checks.Check> failed) {
      super(
          "checks of %s failed: %s"
              .formatted(url, String.join(", ", failed.stream().map(Checks.Check::name).toList())));
      this.url = url;
      this.failed = failed;
    }
  }

  /** What was waited for did not come. */
  public static final class ForgeTimeout extends ForgeFailure {

    /** the pull request */
    public final String url;

    /** what did not come */
    public final String awaited;

    /** how long it was waited for */
    public final Duration limit;

    public ForgeTimeout(String url, String awaited, Duration limit) {
      super("%s of %s did not come within %s".formatted(awaited, url, Durations.brief(limit)));
      this.url = url;
      this.awaited = awaited;
      this.limit = limit;
    }
  }

  /** The forge does not let conductor in, or not do this. */
  public static final class ForgeDenied extends ForgeFailure {

    /** the repository's or the forge's address */
    public final String forge;

    /** what is missing, and what to do */
    public final String reason;

    public ForgeDenied(String forge, String reason) {
      super("%s: %s".formatted(forge, reason));
      this.forge = forge;
      this.reason = reason;
    }
  }

  /** The forge will not do what it was asked for. */
  public static final class ForgeRefused extends ForgeFailure {

    /** what it was asked for, such as {@code POST /repos/me/it/pulls} */
    public final String request;

    /** the HTTP status */
    public final int status;

    /** in the forge's words */
    public final String reason;

    public ForgeRefused(String request, int status, String reason) {
      super("the forge refuses %s (%d): %s".formatted(request, status, reason));
      this.request = request;
      this.status = status;
      this.reason = reason;
    }
  }

  /** A text that would be posted holds known secrets. */
  public static final class SecretInText extends ForgeFailure {

    /** the names of their variables */
    public final List<String> secrets;

    /** where they stand, such as {@code the title} */
    public final String where;

    public SecretInText(List<String> secrets, String where) {
      super(
          "the value of %s stands in %s; nothing was posted: take it out, and give it another value where others may have seen it"
              .formatted(String.join(", ", secrets), where));
      this.secrets = secrets;
      this.where = where;
    }
  }

  /** The forge cannot be reached, or does not answer as it should; 'resume' tries again. */
  public static final class ForgeUnreachable extends ForgeFailure {

    /** its address */
    public final String forge;

    /** what happened, and what to do */
    public final String reason;

    public ForgeUnreachable(String forge, String reason) {
      super("%s cannot be reached: %s".formatted(forge, reason));
      this.forge = forge;
      this.reason = reason;
    }
  }
}
