package conductor.effect;

/** How pull requests fail. */
public abstract sealed class ForgeFailure extends Failure
    permits ForgeFailure.NothingToPropose,
        ForgeFailure.NotMergeable,
        ForgeFailure.UnknownPullRequest {

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
}
