package conductor.web;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.AgentUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What agents have cost. */
@Timeout(120)
class MoneyTest extends UiScene {

  private static final String AGENT =
      """
      read -r line
      id=${line##*request_id\\":\\"}; id=${id%%\\"*}
      printf '{"type":"control_response","response":{"subtype":"success","request_id":"%s","response":{}}}\\n' "$id"
      read -r line
      printf '{"type":"result","subtype":"success","is_error":false,"result":"done","session_id":"s","total_cost_usd":1.204,"modelUsage":{"m":{"inputTokens":1234,"outputTokens":4}}}\\n'
      cat > /dev/null
      """;

  private void worked() throws Exception {
    Path agent = project.root.resolve("teller");
    Files.writeString(agent, "#!/bin/sh\n" + AGENT);
    project.sh("chmod +x '" + agent + "'");
    project.configure(
        """
        agent: teller
        agents:
          teller:
            protocol: claude
            command: ["%s"]
          mute:
            command: ["sh", "-c", "echo done"]
        """
            .formatted(agent));
    project
        .flow(
            """
            def env = yield CreateWorktree()
            yield RunAgent(env: env, prompt: 'x', name: 'impl')
            yield RunAgent(env: env, prompt: 'y', name: 'reviewer', agent: 'mute')
            yield Status('over')
            """,
            "--name",
            "costs")
        .ok();
  }

  @Test
  void costsAreSummedUpAndSilenceIsSaid() throws Exception {
    worked();
    String page = get("/money").body();
    assertThat(page)
        .contains("<dt>Today</dt><dd>at least $1.20</dd>", "<dt>Last hour</dt>")
        .contains("No cost was told by mute of 1 turn")
        .contains(">costs</a>", "1,234", "not told");
    assertThat(page.indexOf(">teller<")).isPositive().isLessThan(page.lastIndexOf(">mute<"));
    assertThat(page).contains(">impl<", ">reviewer<", "scope=\"row\"");
  }

  /** A turn that a fork has from another run was paid once. */
  @Test
  void theCopiedTurnsOfAForkCountOnce() throws Exception {
    worked();
    String run = project.onlyRun();
    String before = get("/money").body();

    project.conductor("fork", run, "--at", "4").ok();

    assertThat(project.conductor("ps", "--json").json()).hasSize(2);
    assertThat(facts(get("/money").body())).isEqualTo(facts(before)).contains("mute of 1 turn");
  }

  private static String facts(String page) {
    return page.substring(page.indexOf("<dl"), page.indexOf("</dl>"))
        + page.replaceAll("(?s).*(No cost was told[^<]*).*", "$1");
  }

  @Test
  void aTurnOfAnotherWeekIsInNoSum() throws Exception {
    worked();
    String run = project.onlyRun();
    try (var ends = Files.walk(project.state.run(run).agents())) {
      for (Path end : ends.filter(file -> file.endsWith("end.json")).toList()) {
        String text = Files.readString(end);
        String old = text.replaceFirst("(\"at\"\\s*:\\s*)\"[^\"]*\"", "$1\"2020-01-01T00:00:00Z\"");
        assertThat(old).isNotEqualTo(text);
        Files.writeString(end, old);
      }
    }
    assertThat(get("/money").body())
        .contains("<dt>Last 7 days</dt><dd>$0.00</dd>", "No turn has ended in the last 7 days")
        .doesNotContain(">costs</a>");
  }

  @Test
  void aRunThatEndedBeforeTheWeekIsNotRead() throws Exception {
    worked();
    String run = project.onlyRun();
    Path meta = project.state.run(run).meta();
    String text = Files.readString(meta);
    Files.writeString(
        meta, text.replaceFirst("(\"updated\"\\s*:\\s*)\"[^\"]*\"", "$1\"2020-01-01T00:00:00Z\""));
    Files.setLastModifiedTime(meta, FileTime.from(Instant.now().minus(Duration.ofDays(30))));
    assertThat(get("/money").body()).doesNotContain(">costs</a>");
  }

  @Test
  void aDamagedRecordIsSaidAndTheOthersCount() throws Exception {
    worked();
    Path record = project.state.run(project.onlyRun()).agents().resolve("reviewer.json");
    assertThat(record).exists();
    Files.writeString(record, "{");
    assertThat(get("/money").body()).contains("This cannot be read", "reviewer.json", "$1.20");
  }

  @Test
  void aRateIsThatOfTurnsWhoseCostIsKnown() {
    Money.Sum sum =
        Money.Sum.NONE
            .plus(new AgentUsage(1, 1, 2.0, 1800, 1))
            .plus(new AgentUsage(1, 1, null, 3600, 1));
    assertThat(Money.Sum.NONE.plus(new AgentUsage(1, 1, 2.0, 59, 1)).rate()).isEmpty();
    assertThat(sum.rate()).isEqualTo("$4.00");
    assertThat(sum.cost()).isEqualTo("at least $2.00");
    assertThat(Money.Sum.NONE.cost()).isEqualTo("$0.00");
    assertThat(Money.Sum.NONE.rate()).isEmpty();
  }
}
