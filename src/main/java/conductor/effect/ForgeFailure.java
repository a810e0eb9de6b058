package conductor.effect;

import java.time.Duration;
import java.util.List;

/** The failures of effects on pull requests. */
public abstract sealed class ForgeFailure extends Failure {

  private ForgeFailure(String message) {
    super(message);
  }

  /** The failure of a branch that does not differ from its target. */
  public static final class NothingToPropose extends ForgeFailure {
    public final String branch;
    public final String target;

    public NothingToPropose(String branch, String target) {
      super("%s does not differ from %s: there is nothing to propose".formatted(branch, target));
      this.branch = branch;
      this.target = target;
    }
  }

  /** The failure of a pull request that cannot be merged. */
  public static final class NotMergeable extends ForgeFailure {
    public final String url;

    /** The reason, and what to do. */
    public final String reason;

    public NotMergeable(String url, String reason) {
      super("%s cannot be merged: %s".formatted(url, reason));
      this.url = url;
      this.reason = reason;
    }
  }

  /** The failure of a change that the forge, or the state of the pull request, does not allow. */
  public static final class NotPossible extends ForgeFailure {
    public final String url;

    /** What was to be done to it, such as {@code reopened}. */
    public final String act;

    /** The reason, and what to do. */
    public final String reason;

    public NotPossible(String url, String act, String reason) {
      super("%s cannot be %s: %s".formatted(url, act, reason));
      this.url = url;
      this.act = act;
      this.reason = reason;
    }
  }

  /** The failure to find a pull request. */
  public static final class UnknownPullRequest extends ForgeFailure {

    /** The pull request as given. */
    public final String url;

    public UnknownPullRequest(String url) {
      super("there is no pull request " + url);
      this.url = url;
    }
  }

  /** The failure of a pull request whose checks failed. */
  public static final class ChecksFailed extends ForgeFailure {
    public final String url;
    public final List<Checks.Check> failed;

    public ChecksFailed(String url, List<Checks.Check> failed) {
      super(
          "checks of %s failed: %s"
              .formatted(url, String.join(", ", failed.stream().map(Checks.Check::name).toList())));
      this.url = url;
      this.failed = failed;
    }
  }

  /** The failure of a wait, for checks or a review, that took too long. */
  public static final class ForgeTimeout extends ForgeFailure {
    public final String url;

    /** Description of what did not come. */
    public final String awaited;

    public final Duration limit;

    public ForgeTimeout(String url, String awaited, Duration limit) {
      super("%s of %s did not come within %s".formatted(awaited, url, Durations.brief(limit)));
      this.url = url;
      this.awaited = awaited;
      this.limit = limit;
    }
  }

  /** The failure of a request for which conductor has no access or no right. */
  public static final class ForgeDenied extends ForgeFailure {

    /** The address of the repository or the forge. */
    public final String forge;

    /** Description of what is missing, and what to do. */
    public final String reason;

    public ForgeDenied(String forge, String reason) {
      super("%s: %s".formatted(forge, reason));
      this.forge = forge;
      this.reason = reason;
    }
  }

  /** The failure of a request that the forge refuses. */
  public static final class ForgeRefused extends ForgeFailure {

    /** The request, such as {@code POST /repos/me/it/pulls}. */
    public final String request;

    /** The HTTP status. */
    public final int status;

    /** The reason in the forge's words. */
    public final String reason;

    public ForgeRefused(String request, int status, String reason) {
      super("the forge refuses %s (%d): %s".formatted(request, status, reason));
      this.request = request;
      this.status = status;
      this.reason = reason;
    }
  }

  /** The failure of a text that would be posted and holds known secrets. */
  public static final class SecretInText extends ForgeFailure {

    /** The names of the secrets' variables. */
    public final List<String> secrets;

    /** The text that holds them, such as {@code the title}. */
    public final String where;

    public SecretInText(List<String> secrets, String where) {
      super(
          "the value of %s stands in %s; nothing was posted: take it out, and give it another value where others may have seen it"
              .formatted(String.join(", ", secrets), where));
      this.secrets = secrets;
      this.where = where;
    }
  }

  /**
   * The failure of a forge that cannot be reached, or does not answer as it should; 'resume' tries
   * again.
   */
  public static final class ForgeUnreachable extends ForgeFailure {

    /** The forge's address. */
    public final String forge;

    /** Description of what happened, and what to do. */
    public final String reason;

    public ForgeUnreachable(String forge, String reason) {
      super("%s cannot be reached: %s".formatted(forge, reason));
      this.forge = forge;
      this.reason = reason;
    }
  }
}
