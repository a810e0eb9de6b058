package conductor.web;

import conductor.handlers.people.Shown;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pull request of the list.
 *
 * @param link what is said of it; without a status where only its forge knows it
 * @param repo the repository's main worktree
 * @param at when it was opened; when its run began, where only its forge knows it
 * @param run null when a person opened it
 * @param proposal what it proposes; null where only its forge knows it
 * @param asOf when its forge said so; null for one that this host keeps, or of which nothing is
 *     known
 */
record Pull(
    String url,
    PullLink link,
    Path repo,
    Instant at,
    @Nullable RunLink run,
    @Nullable Proposal proposal,
    @Nullable Instant asOf) {

  /**
   * What a pull request proposes.
   *
   * @param head the commit; null where that is not known
   * @param onto the commit that it was merged onto; null while it is not, or where that is not
   *     known
   */
  record Proposal(String branch, String target, @Nullable String head, @Nullable String onto) {}

  Pull asOf(Instant time) {
    return new Pull(url, link, repo, at, run, proposal, time);
  }

  /** Returns the id of its element. */
  String element() {
    return PullLink.element(url);
  }

  String repository() {
    return Lists.repository(repo);
  }

  /** Returns from where to where; empty where only its forge knows it. */
  String branches() {
    return proposal == null ? "" : Shown.oneLine(proposal.branch() + " → " + proposal.target());
  }

  /** Returns its status in words. */
  String status() {
    return link.status().isEmpty() ? "at its forge" : link.status();
  }

  /** Returns the address of its change. */
  String change() {
    return "/pulls/change?url=" + URLEncoder.encode(url, StandardCharsets.UTF_8);
  }
}
