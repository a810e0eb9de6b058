package conductor.cli;

import static conductor.cli.WildRow.WORKED;
import static conductor.cli.WildRow.row;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Diffs that are patches, whatever the settings are. */
class WildRepositoriesPatchesTest {

  private static final List<String> FROM_CASE =
      List.of(
          "diff.external @ROOT@/difft",
          "color.ui always",
          "diff.noprefix true",
          "diff.mnemonicPrefix true",
          "diff.submodule log",
          "diff.shown.textconv 'tr a-z A-Z <'");

  /** Applies a patch without regard to the settings: what comes out is what was proposed. */
  private static final String APPLIES =
      """
      export GIT_CONFIG_GLOBAL=/dev/null GIT_INDEX_FILE=$W/index; git read-tree main
      git apply --whitespace=nowarn --cached DIFF
      test $(git write-tree) = $(git -C $O rev-parse "$b^{tree}") && echo same || echo other
      """;

  @TempDir private Path temp;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void diffsArePatches(WildRow row) throws Exception {
    row.on(Project.withOrigin(temp));
  }

  private static Stream<WildRow> rows() {
    return Stream.of(
            "diff.external @ROOT@/difft",
            "color.ui always",
            "color.diff always",
            "diff.noprefix true",
            "diff.mnemonicPrefix true",
            "diff.submodule log",
            "diff.shown.textconv 'tr a-z A-Z <'",
            "diff.relative true",
            "diff.context 0",
            "diff.renames copies",
            "diff.wordRegex .",
            "diff.colorMoved zebra",
            "diff.suppressBlankEmpty true",
            "diff.orderFile @ROOT@/order",
            "diff.wsErrorHighlight all",
            "core.quotePath false",
            "apply.whitespace fix")
        .map(WildRepositoriesPatchesTest::of);
  }

  private static WildRow of(String setting) {
    String cited = FROM_CASE.contains(setting) ? "G30" : "G30 neighbour:";
    return row("%s Diff and pr diff are patches with %s".formatted(cited, setting))
        .pushed(
            "seq 40 > numbers; mkdir sub; seq 5 > sub/old; printf 'a  \\n\\tb\\n' > blanks; git add .")
        .file("difft", "#!/bin/sh\necho side by side\n")
        .file("order", "sub*\n")
        .sh("chmod +x $W/difft; printf '*.txt diff=shown\\n' > .git/info/attributes")
        .settings(setting)
        .agent(
            """
            sed -i 's/^5$/five/; s/^30$/thirty/' numbers; git mv sub/old 'sub/ne w'; printf 'a \\n \\tb\\n' > blanks
            echo text > gr\u00fc\u00dfe.txt
            """)
        .flowIn(
            "repo/sub",
            WORKED + "def d = yield Diff(e)\nyield CreatePR(env: e, title: 'T')\nreturn d")
        .ok()
        .keeps("diff")
        .conductorIn("repo/sub", "pr", "diff", "1")
        .ok()
        .keeps("prdiff")
        .holds(APPLIES.replace("DIFF", "$W/diff"), "same")
        .holds(APPLIES.replace("DIFF", "$W/prdiff"), "same");
  }
}
