package dev.parley.bootstrap.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The consent page in Chromium, of the size of a phone, where no script runs. */
class ConsentPageIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int PHONE_WIDTH = 390;

  @TempDir Path folder;

  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private HttpServer callback;
  private RemoteServer server;
  private ChromeDriver browser;

  @BeforeEach
  void open() throws IOException {
    callback = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    callback.createContext(
        "/callback",
        exchange -> {
          answers.add(String.valueOf(exchange.getRequestURI().getQuery()));
          var thanks = "back at the client".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, thanks.length);
          exchange.getResponseBody().write(thanks);
          exchange.close();
        });
    callback.start();
    server = new RemoteServer(Installation.built(folder));
    browser = phone();
  }

  private static ChromeDriver phone() {
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    var options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
    options.setExperimentalOption(
        "prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
    options.setCapability("goog:loggingPrefs", logs);
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File("/usr/bin/chromedriver"))
            .build();
    var browser = new ChromeDriver(service, options);
    browser.manage().window().setSize(new Dimension(PHONE_WIDTH, 844));
    return browser;
  }

  @AfterEach
  void close() {
    browser.quit();
    server.close();
    callback.stop(0);
  }

  private void ask(String host) throws IOException {
    var uri = "http://%s:%d/callback".formatted(host, callback.getAddress().getPort());
    var page = OAuthClient.register(server, uri).page(new CodeVerifier(), new State("a-state"));
    browser.get(page.toString());
  }

  private void decide(String passphrase, String button) {
    browser.findElement(By.name("passphrase")).sendKeys(passphrase);
    browser.findElement(By.cssSelector("button[value=%s]".formatted(button))).click();
  }

  private String answer() throws InterruptedException {
    var answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(answer).as("the client's answer; %s", browser.getPageSource()).isNotNull();
    return String.valueOf(answer);
  }

  private void assertNothingWasBlocked() {
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
        .noneMatch(entry -> entry.getMessage().contains("Content Security Policy"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void the_owner_allows_and_comes_back_to_the_client(String host)
      throws IOException, InterruptedException {
    ask(host);
    decide(RemoteServer.PASSPHRASE, "allow");

    assertThat(answer()).contains("code=", "state=a-state", "iss=" + server.url());
    assertNothingWasBlocked();
  }

  @Test
  void the_owner_refuses_and_comes_back_to_the_client() throws IOException, InterruptedException {
    ask("127.0.0.1");
    decide("", "deny");

    assertThat(answer()).contains("error=access_denied", "state=a-state");
    assertNothingWasBlocked();
  }

  @Test
  void a_wrong_passphrase_can_be_typed_again() throws IOException, InterruptedException {
    ask("127.0.0.1");
    decide("not the passphrase", "allow");
    new WebDriverWait(browser, PATIENCE)
        .until(
            ExpectedConditions.textToBePresentInElementLocated(
                By.cssSelector("[role=alert]"), "passphrase"));
    decide(RemoteServer.PASSPHRASE, "allow");

    assertThat(answer()).contains("code=");
  }

  /** The picture is for people to look at. */
  @Test
  void the_page_fits_a_phone_and_says_who_asks_and_where_the_answer_goes() throws IOException {
    ask("127.0.0.1");
    Files.copy(
        browser.getScreenshotAs(OutputType.FILE).toPath(),
        Installation.target().resolve("consent-page.png"),
        StandardCopyOption.REPLACE_EXISTING);

    assertThat(browser.findElement(By.tagName("body")).getText())
        .contains(
            "a client of the tests", "127.0.0.1:" + callback.getAddress().getPort(), "server");
    for (var element : browser.findElements(By.cssSelector("h1, p, li, input, button"))) {
      var box = element.getRect();
      assertThat(box.getX() + box.getWidth())
          .as(element.getText())
          .isLessThanOrEqualTo(PHONE_WIDTH);
    }
  }
}
