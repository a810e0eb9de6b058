package conductor.report;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;

/**
 * Lays a report out as one HTML page that needs no network and no other file. Its only script
 * colours code; the page is whole without it.
 */
public final class ReportPage {

  private ReportPage() {}

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  public static String of(Report report) {
    var text = new StringOutput();
    JtereportGenerated.render(new OwaspHtmlTemplateOutput(text), null, report, Highlighting.read());
    return text.toString();
  }

  /** Returns the styles of reports and of pages that show parts of them, as a style sheet. */
  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  public static String styles() {
    var text = new StringOutput();
    JtestyleGenerated.render(new OwaspHtmlTemplateOutput(text), null);
    JtediffstyleGenerated.render(new OwaspHtmlTemplateOutput(text), null);
    return text.toString().replaceAll("</?style>", "");
  }
}
