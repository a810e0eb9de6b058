package conductor.report;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;

/** Lays a report out as one HTML page that needs no network, no script and no other file. */
public final class ReportPage {

  private ReportPage() {}

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  public static String of(Report report) {
    var text = new StringOutput();
    JtereportGenerated.render(new OwaspHtmlTemplateOutput(text), null, report);
    return text.toString();
  }
}
