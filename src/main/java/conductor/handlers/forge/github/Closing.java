package conductor.handlers.forge.github;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Words in the text of a pull request by which GitHub closes an issue when it is merged into the
 * default branch.
 *
 * @param base the repository that the pull request is for, by its present name
 */
record Closing(GitHubSite site, Slug base) {

  private static final Pattern ISSUE =
      Pattern.compile("(https?://[^/]+)/([^/]+)/([^/]+)/issues/(\\d{1,9})");

  /**
   * Returns the words that close an issue, such as {@code Closes #12}; an empty text when the issue
   * is on another site, or the text has such words already.
   *
   * @param url the url of the issue; null for none
   */
  String words(String text, @Nullable String url) {
    Matcher issue = ISSUE.matcher(url == null ? "" : url);
    if (!issue.matches() || !GitHubSite.at(issue.group(1)).web().equalsIgnoreCase(site.web())) {
      return "";
    }
    var slug = new Slug(issue.group(2), issue.group(3));
    boolean own = slug.toString().equalsIgnoreCase(base.toString());
    String shown = (own ? "" : slug) + "#" + issue.group(4);
    String any = (own ? "(" + Pattern.quote(slug.toString()) + ")?#" : Pattern.quote(slug + "#"));
    Pattern said =
        Pattern.compile(
            "(?i)\\b(close[sd]?|fix(e[sd])?|resolve[sd]?):?\\s+(%s%s|%s)\\b"
                .formatted(any, issue.group(4), Pattern.quote(issue.group())));
    return said.matcher(text).find() ? "" : "Closes " + shown;
  }
}
