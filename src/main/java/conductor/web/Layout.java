package conductor.web;

import gg.jte.Content;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.function.Consumer;

/** Puts a page's parts between what all pages have: where one is, and where one can go. */
final class Layout {

  private static final List<Link> LINKS =
      List.of(
          new Link("/", "Runs", "runs"),
          new Link("/gates", "Questions", "gates"),
          new Link("/board", "Board", "board"),
          new Link("/issues", "Issues", "issues"),
          new Link("/pulls", "Pull requests", "pulls"),
          new Link("/worktrees", "Worktrees", "worktrees"),
          new Link("/money", "Money", "money"));

  private Layout() {}

  /**
   * Lays a page out.
   *
   * @param address the page's own, with its query
   * @param nonce what tells the styles of the page's own scripts
   */
  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  static String of(Page page, String address, String nonce) {
    String live =
        "/live" + address + (address.contains("?") ? "&" : "?") + "seen=" + page.version();
    Content parts = output -> page.parts().forEach(part -> output.writeContent(part.html()));
    return html(
        out -> JtelayoutGenerated.render(out, null, page, LINKS, parts, live, address, nonce));
  }

  /** Lays out why there is no page. */
  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  static String refused(int status, String why) {
    return html(out -> JterefusedGenerated.render(out, null, status, why));
  }

  /** Returns what a template writes. */
  static String html(Consumer<OwaspHtmlTemplateOutput> template) {
    var text = new StringOutput();
    template.accept(new OwaspHtmlTemplateOutput(text));
    return text.toString();
  }
}
