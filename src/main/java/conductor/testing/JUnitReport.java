package conductor.testing;

import conductor.error.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes verdicts as XML in the form of JUnit, which continuous integration services read. */
public final class JUnitReport {

  private JUnitReport() {}

  /** Writes a file, with a suite for each test file; replaces one that is there. */
  public static void write(Path file, List<Verdict> verdicts) {
    try (OutputStream out = Files.newOutputStream(file)) {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
      xml.writeStartDocument("UTF-8", "1.0");
      start(xml, "testsuites", verdicts);
      var suites = new LinkedHashMap<String, List<Verdict>>();
      verdicts.forEach(
          one -> suites.computeIfAbsent(one.scenario().file(), _ -> new ArrayList<>()).add(one));
      for (Map.Entry<String, List<Verdict>> suite : suites.entrySet()) {
        start(xml, "testsuite", suite.getValue());
        xml.writeAttribute("name", suite.getKey());
        for (Verdict verdict : suite.getValue()) {
          one(xml, verdict);
        }
        xml.writeEndElement();
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.flush();
    } catch (IOException | XMLStreamException e) {
      String why = e instanceof IOException io ? Reason.of(io) : String.valueOf(e.getMessage());
      throw new UncheckedIOException(
          "cannot write %s: %s".formatted(file, why), new IOException(why, e));
    }
  }

  private static void start(XMLStreamWriter xml, String element, List<Verdict> verdicts)
      throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeAttribute("tests", Integer.toString(verdicts.size()));
    xml.writeAttribute(
        "failures", Long.toString(verdicts.stream().filter(verdict -> !verdict.passed()).count()));
    Duration all = verdicts.stream().map(Verdict::took).reduce(Duration.ZERO, Duration::plus);
    xml.writeAttribute("time", seconds(all));
  }

  private static void one(XMLStreamWriter xml, Verdict verdict) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", verdict.scenario().file());
    xml.writeAttribute("name", text(verdict.scenario().name()));
    xml.writeAttribute("time", seconds(verdict.took()));
    if (!verdict.passed()) {
      xml.writeStartElement("failure");
      String all = String.join("\n\n", verdict.problems());
      xml.writeAttribute("message", text(all.lines().findFirst().orElse("")));
      xml.writeCharacters(text(all));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
  }

  /** Returns a text without the control characters that XML cannot hold. */
  private static String text(String given) {
    return given.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "?");
  }
}
