package com.example.browser;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Headless Chromium with the live page in it, as people see and use it. */
final class Browser implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path PICTURES = Path.of(System.getProperty("pictures"));

    private final ChromeDriver chrome;

    /** What is exported goes to that folder. */
    Browser(Path downloads) {
        Path chromium = Programs.found("chromium chromium-driver", "chromium", "chromium-browser", "google-chrome");
        Path driver = Programs.found("chromium chromium-driver", "chromedriver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--lang=en-GB",
                "--enable-precise-memory-info", "--host-resolver-rules=MAP im.example.com 127.0.0.1");
        options.setAcceptInsecureCerts(true); // the test's proxy has a certificate of its own making
        options.setExperimentalOption("prefs", Map.of("download.default_directory", downloads.toString(),
                "profile.default_content_setting_values.automatic_downloads", 1));
        chrome = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(driver.toFile()).build(),
                options);
    }

    ChromeDriver chrome() {
        return chrome;
    }

    /** Returns when the page knows what there is. */
    void open(String address) {
        chrome.get(address);
        awaitUpToDate();
    }

    void awaitUpToDate() {
        await("the page is up to date").atMost(PATIENCE).until(() -> text("connection-text").equals("Up to date"));
    }

    /** What a script of one expression makes of the arguments. */
    @SuppressWarnings("unchecked")
    <T> T value(String expression, Object... arguments) {
        return (T) chrome.executeScript("return " + expression, arguments);
    }

    String text(String id) {
        return value("document.getElementById(arguments[0]).textContent", id);
    }

    /** The texts of all that the selector finds. */
    List<String> all(String selector) {
        return value("[...document.querySelectorAll(arguments[0])].map(each => each.textContent)", selector);
    }

    WebElement find(String selector) {
        return chrome.findElement(By.cssSelector(selector));
    }

    void click(String id) {
        chrome.executeScript("document.getElementById(arguments[0]).click()", id);
    }

    /** Opens the conversation of that agent that has begun last and runs. */
    void select(String agent) {
        String script = "const row = [...document.querySelectorAll('#conversations .row:not(.ended)')].reverse()"
                + ".find(each => each.querySelector('.who').textContent === arguments[0]); if (row) row.click(); return !!row";
        await().atMost(PATIENCE).until(() -> (Boolean) chrome.executeScript(script, agent));
    }

    /** Selects the conversation of the agent that has this text; one that has ended a moment ago may still be there. */
    void read(String agent, String text) {
        await().atMost(PATIENCE).until(() -> {
            if (!texts().contains(text)) {
                select(agent);
            }
            return texts().contains(text);
        });
    }

    /** Those of the selected conversation. */
    List<String> texts() {
        return all("#lines span.text");
    }

    void awaitText(String text) {
        await().atMost(PATIENCE).until(() -> texts().contains(text));
    }

    void size(int width, int height) {
        chrome.executeCdpCommand("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height,
                "deviceScaleFactor", 1, "mobile", false));
    }

    /** {@code light} or {@code dark}. */
    void scheme(String scheme) {
        chrome.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void picture(String name, int width, int height, String scheme) {
        size(width, height);
        scheme(scheme);
        try {
            Files.createDirectories(PICTURES);
            Files.write(PICTURES.resolve(name + "-" + width + "-" + scheme + ".png"),
                    chrome.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a telephone, a laptop and a large screen, by day and by night. */
    void pictures(String name) {
        for (String scheme : List.of("light", "dark")) {
            picture(name, 390, 844, scheme);
            picture(name, 1920, 1080, scheme);
            picture(name, 1280, 800, scheme);
        }
        scheme("light");
    }

    @Override
    public void close() {
        chrome.quit();
    }
}
