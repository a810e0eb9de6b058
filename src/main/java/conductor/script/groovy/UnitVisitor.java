package conductor.script.groovy;

import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.control.SourceUnit;

/** Visits the code of one file and reports what it finds. */
abstract class UnitVisitor extends ClassCodeVisitorSupport {

  final Report report;
  private final SourceUnit unit;

  UnitVisitor(SourceUnit unit, Report report) {
    this.unit = unit;
    this.report = report;
  }

  @Override
  protected SourceUnit getSourceUnit() {
    return unit;
  }
}
