package conductor.web;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.WebDriverWait;
import tools.jackson.databind.json.JsonMapper;

/**
 * Chromium without a window, as Debian's packages chromium and chromium-driver have it. Where the
 * package chromium-headless-shell is there too, that is taken: the same engine without the parts of
 * a window, which start three times as slowly; not by its script in /usr/bin, because the driver
 * would end that one only. The driver makes each browser a profile of its own.
 */
final class Browser implements AutoCloseable {

  private static final Path CHROMIUM =
      Stream.of("/usr/lib/chromium/chromium-headless-shell", "/usr/bin/chromium")
          .map(Path::of)
          .filter(Files::isExecutable)
          .findFirst()
          .orElse(Path.of("/usr/bin/chromium"));
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Opens a browser of its own; a test is skipped on a machine that has none. */
  static Browser open(boolean dark, String... more) {
    return open(options(dark, more));
  }

  /** The same without a network: no name is found, no address reached; {@link #requests} tells. */
  static Browser offline(boolean dark) {
    ChromeOptions options = options(dark, "--host-resolver-rules=MAP * ~NOTFOUND");
    options.setCapability("goog:loggingPrefs", Map.of("performance", "ALL", "browser", "ALL"));
    Browser browser = open(options);
    browser.driver.executeCdpCommand("Network.enable", Map.of());
    browser.driver.executeCdpCommand(
        "Network.emulateNetworkConditions",
        Map.of("offline", true, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    return browser;
  }

  private static ChromeOptions options(boolean dark, String... more) {
    assumeThat(Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER))
        .as("chromium and chromium-driver are installed")
        .isTrue();
    var options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
    options.addArguments(more);
    if (dark) {
      options.addArguments("--blink-settings=preferredColorScheme=0");
    }
    return options;
  }

  private static Browser open(ChromeOptions options) {
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  void go(String address) {
    driver.get(address);
  }

  /** Sets the size of what is seen of a page; that of a window has bars only in some browsers. */
  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Waits until an element of the page has a text. */
  void awaitText(String selector, String text) {
    ExpectedCondition<Boolean> has =
        at ->
            at.findElements(By.cssSelector(selector)).stream()
                .anyMatch(element -> element.getText().contains(text));
    new WebDriverWait(driver, PATIENCE)
        .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
        .until(has);
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  void scrollTo(String selector) {
    driver.executeScript("arguments[0].scrollIntoView()", find(selector));
  }

  /** Returns what the page breaks of WCAG 2.2 AA, a line each. */
  List<String> violations() {
    Results results =
        new AxeBuilder()
            .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
            .analyze(driver);
    return results.getViolations().stream()
        .flatMap(rule ->
            rule.getNodes().stream()
                .map(node -> rule.getId() + ": " + rule.getHelp() + " " + node.getHtml()))
        .filter(line -> !isShortBar(line))
        .toList();
  }

  /**
   * What took little time is a small target; the same effect is one of full size in the list below.
   */
  private static boolean isShortBar(String violation) {
    return violation.startsWith("target-size: ") && violation.contains("<a class=\"bar ");
  }

  /** Returns what the browser complains of: errors of scripts, what the policy refused. */
  List<String> complaints() {
    return driver.manage().logs().get("browser").getAll().stream().map(Object::toString).toList();
  }

  /** Returns what pages asked for since the last call; of a browser without a network only. */
  List<String> requests() {
    return driver.manage().logs().get("performance").getAll().stream()
        .map(entry -> JsonMapper.shared().readTree(entry.getMessage()).path("message"))
        .filter(event -> event.path("method").asString().equals("Network.requestWillBeSent"))
        .map(event -> event.path("params").path("request").path("url").asString())
        .toList();
  }

  /** Returns whether a page has to be scrolled to the side. */
  boolean widerThanItsWindow() {
    Object wide = driver.executeScript("return document.documentElement.scrollWidth - innerWidth");
    return ((Number) wide).intValue() > 0;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
