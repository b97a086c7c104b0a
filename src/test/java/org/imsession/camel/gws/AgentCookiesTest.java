package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imsession.camel.gws.Agent.LOGGED_IN;
import static org.imsession.camel.gws.Agent.result;

import java.net.URI;
import java.util.List;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpFields;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.spi.AgentCredentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentCookiesTest {

    private static final URI HERE = URI.create("https://gws.example.com/api/v2/me");

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 401, 403, 407, 429, 500, 503})
    void theCookieOfOneAgentIsNeverInTheRequestOfAnother(int status) {
        Answer setting = Answer.json(status, "{\"statusCode\":4}").header("Set-Cookie", "LEAK=of-alice;Path=/")
                .header("Set-Cookie", "JSESSIONID=" + Agent.COOKIE + ";Path=/").header("Location", "/login");
        try (LyingServer server = LyingServer.telling(setting); Agent alice = Agent.at(server)) {
            GwsSession bob = new GwsSession("bob", Agent.settings(server.url()), alice.http(),
                    AgentCredentials.ofPassword("bob", "b0b"), Runnable::run, Agent.json(), Agent.CLOCK,
                    LoginPace.NONE, new RefusedCredentials(System::nanoTime), Agent.REST);
            alice.session().login().exceptionally(failure -> null).join();
            server.tell(LOGGED_IN);

            result(bob.login());

            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().get(1).everything()).doesNotContain("LEAK", Agent.COOKIE);
            assertThat(alice.session().cookies().all()).hasSize(2);
            assertThat(bob.cookies().all()).hasSize(1);
        }
    }

    @Test
    void allCookiesOfAnAnswerAreSentBack() {
        Answer two = LOGGED_IN.header("Set-Cookie", "LB=node-2;Path=/");
        try (LyingServer server = LyingServer.telling(two); Agent alice = Agent.at(server)) {
            result(alice.session().get(List.of("me", "devices")));

            assertThat(server.requests().get(1).header("Cookie").orElseThrow().split("; "))
                    .containsExactlyInAnyOrder("JSESSIONID=" + Agent.COOKIE, "LB=node-2");
        }
    }

    @Test
    void hostPathAndSecureAreRespected() {
        AgentCookies cookies = new AgentCookies();
        cookies.learn(URI.create("https://gws.example.com/api/v2/me"), HttpFields.build()
                .add("Set-Cookie", "here=1;Path=/api").add("Set-Cookie", "there=1;Domain=evil.example.org")
                .add("Set-Cookie", "safe=1;Path=/;Secure").add("Set-Cookie", "gone=1;Path=/;Max-Age=0"));

        assertThat(cookies.match(URI.create("https://gws.example.com/api/v2/notifications")))
                .extracting(HttpCookie::getName).containsExactlyInAnyOrder("here", "safe");
        assertThat(cookies.match(URI.create("http://gws.example.com/api/v2/me")))
                .extracting(HttpCookie::getName).containsExactly("here");
        assertThat(cookies.match(URI.create("https://gws.example.com/other"))).hasSize(1);
        assertThat(cookies.match(URI.create("https://evil.example.org/api"))).isEmpty();
    }

    /** Load balancers still write the dot of RFC 2109, which says nothing (RFC 6265, 5.2.3). */
    @ParameterizedTest
    @CsvSource({"gws.example.com, true, false", ".gws.example.com, true, false", "example.com, true, true",
            ".example.com, true, true", ".EXAMPLE.com, true, true", "'', true, false", "., true, false",
            ".com, false, false", "..example.com, false, false", ".other.example.com, false, false"})
    void aDomainWithADotInFrontIsTheSameDomain(String domain, boolean sent, boolean sentToNeighbours) {
        AgentCookies cookies = new AgentCookies();
        cookies.learn(URI.create("https://gws.example.com/api/v2/me"),
                HttpFields.build().add("Set-Cookie", "LB=node-2;Path=/;Domain=" + domain));

        assertThat(cookies.match(URI.create("https://gws.example.com/api"))).hasSize(sent ? 1 : 0);
        assertThat(cookies.match(URI.create("https://other.example.com/"))).hasSize(sentToNeighbours ? 1 : 0);
        assertThat(cookies.match(URI.create("https://badexample.com/"))).isEmpty();
    }

    @Test
    void aServerCannotFillTheMemoryWithCookies() {
        AgentCookies cookies = new AgentCookies();
        URI uri = URI.create("https://gws.example.com/");
        for (int i = 0; i < 1000; i++) {
            cookies.add(uri, HttpCookie.from("c" + i, "v"));
        }
        cookies.add(uri, HttpCookie.from("big", "x".repeat(5000)));

        assertThat(cookies.all()).hasSize(180).extracting(HttpCookie::getName).doesNotContain("big");
    }

    /** What was found for an address is remembered, for each event asks for it. */
    @Test
    void whatChangesBetweenTwoRequestsToOneAddressIsSent() {
        AgentCookies cookies = new AgentCookies();
        assertThat(sent(cookies)).isEmpty();
        cookies.learn(HERE, setting("a=1"));
        assertThat(sent(cookies)).containsExactly("a=1");
        assertThat(cookies.match(HERE)).isSameAs(cookies.match(HERE));
        cookies.learn(HERE, setting("a=2"));
        assertThat(sent(cookies)).containsExactly("a=2");
        cookies.remove(HERE, cookies.all().get(0));
        assertThat(sent(cookies)).isEmpty();
        cookies.learn(HERE, setting("b=1"));
        sent(cookies);
        cookies.clear();
        assertThat(sent(cookies)).isEmpty();
    }

    /** Or else one that ends by itself would be sent for ever. */
    @Test
    void oneThatEndsByItselfIsLookedUpEachTime() {
        AgentCookies cookies = new AgentCookies();
        cookies.learn(HERE, setting("a=1;Max-Age=600"));
        assertThat(cookies.match(HERE)).isNotSameAs(cookies.match(HERE));
    }

    @Test
    void aFullStoreTakesTheRenewedSessionAndTheOldestGivesWay() {
        AgentCookies cookies = new AgentCookies();
        cookies.learn(HERE, setting("JSESSIONID=old"));
        for (int i = 0; i < 179; i++) {
            cookies.learn(HERE, setting("c" + i + "=v"));
        }
        cookies.learn(HERE, setting("JSESSIONID=new"));
        cookies.learn(HERE, setting("more=v"));

        assertThat(sent(cookies)).hasSize(180).contains("JSESSIONID=new", "more=v").doesNotContain("c0=v");
    }

    @Test
    void aNewNameWithEachAnswerDoesNotPushOutTheSession() {
        AgentCookies cookies = new AgentCookies();
        cookies.learnOfLogin(HERE, setting("JSESSIONID=1"));
        cookies.learn(HERE, setting("JSESSIONID=2"));
        for (int i = 0; i < 400; i++) {
            cookies.learn(HERE, setting("g" + i + "=v"));
        }

        assertThat(sent(cookies)).hasSize(180).contains("JSESSIONID=2", "g399=v").doesNotContain("g0=v");
    }

    @Test
    void aFreshLoginKeepsAllThatItIsGivenWhateverWasThere() {
        AgentCookies cookies = new AgentCookies();
        for (int i = 0; i < 200; i++) {
            cookies.learn(HERE, setting("old" + i + "=v"));
        }
        HttpFields.Mutable sixty = HttpFields.build();
        for (int i = 0; i < 60; i++) {
            sixty.add("Set-Cookie", "JSESSIONID" + i + "=v;Path=/");
        }
        cookies.learnOfLogin(HERE, sixty);
        for (int i = 0; i < 300; i++) {
            cookies.learn(HERE, setting("late" + i + "=v"));
        }

        assertThat(sent(cookies)).hasSize(180).filteredOn(each -> each.startsWith("JSESSIONID")).hasSize(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Expires=0", "Expires=1798900000", "Expires=", "Max-Age=session", "Max-Age=3600.0",
        "Max-Age=", "Max-Age=99999999999999999999", "SameSite=Foo", "SameSite=", "SameSite=None", "Domain=", "Domain=.",
        "Path", "Path=x", "HttpOnly=x", "Secure=false", "Partitioned", "Priority=High", "=", "",
        "Domain=.example.com", "Domain=example.com"})
    void anUnreadableAttributeCostsThatAttributeAndNotTheCookie(String attribute) {
        AgentCookies cookies = new AgentCookies();
        cookies.learn(HERE, HttpFields.build().add("Set-Cookie", "JSESSIONID=1; " + attribute + "; HttpOnly"));

        assertThat(sent(cookies)).containsExactly("JSESSIONID=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Max-Age=0", "Max-Age=-1", "Expires=Thu, 01-Jan-1970 00:00:10 GMT",
        "Expires=Thu, 01 Jan 1970 00:00:00 GMT", "Max-Age=0; SameSite=Foo", "Max-Age=-1; Expires=0"})
    void aCookieIsTakenBackInEveryForm(String attributes) {
        AgentCookies cookies = new AgentCookies();
        cookies.learn(HERE, setting("JSESSIONID=1"));
        cookies.learn(HERE, setting("JSESSIONID=; " + attributes));

        assertThat(sent(cookies)).isEmpty();
    }

    @Test
    void whatIsRightlyNotSentIsNamedWhenTheServerAsksWhoItIs() {
        Answer denied = Answer.json(401, "{\"statusCode\":2}").header("Set-Cookie", "SAFE=1234567890;Path=/;Secure")
                .header("Set-Cookie", "ELSEWHERE=0987654321;Path=/other").header("Set-Cookie", "SENT=1;Path=/");
        try (LyingServer server = LyingServer.telling(denied); Agent alice = Agent.at(server)) {
            GwsException failure = Agent.failure(alice.session().login());

            assertThat(failure).hasMessageContainingAll("the cookie SAFE (Secure, and this is http)",
                    "the cookie ELSEWHERE (for the path /other");
            assertThat(failure.getMessage()).doesNotContain("1234567890", "0987654321", "the cookie SENT");
        }
    }

    @Test
    void whatAServerSetsForAllAgentsAlikeIsKeptOnce() {
        HttpCookie one = SetCookie.read("JSESSIONID=" + Agent.COOKIE + "1;Path=/;HttpOnly").orElseThrow();
        HttpCookie other = SetCookie.read("JSESSIONID=" + Agent.COOKIE + "2;Path=/;HttpOnly").orElseThrow();
        HttpCookie elsewhere = SetCookie.read("JSESSIONID=" + Agent.COOKIE + "3;Path=/other").orElseThrow();

        assertThat(other.getAttributes()).isSameAs(one.getAttributes()).containsEntry("Path", "/");
        assertThat(other.getName()).isSameAs(one.getName());
        assertThat(elsewhere.getPath()).isEqualTo("/other");
        assertThat(elsewhere.isHttpOnly()).isFalse();
        assertThat(one.toString()).doesNotContain(Agent.COOKIE);
    }

    private static HttpFields setting(String cookie) {
        return HttpFields.build().add("Set-Cookie", cookie + ";Path=/");
    }

    private static List<String> sent(AgentCookies cookies) {
        return cookies.match(URI.create("https://gws.example.com/api/v2/notifications")).stream()
                .map(each -> each.getName() + "=" + each.getValue()).toList();
    }

    @Test
    void theirTextFormHoldsNoValue() {
        AgentCookies cookies = new AgentCookies();
        cookies.add(URI.create("https://gws.example.com/"), HttpCookie.from("JSESSIONID", Agent.COOKIE));

        assertThat(cookies.toString()).isEqualTo("1 cookies");
    }
}
