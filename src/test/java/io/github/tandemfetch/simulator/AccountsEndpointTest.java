package io.github.tandemfetch.simulator;

import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

class AccountsEndpointTest {
    private static final SimulatorOptions OPTIONS = SimulatorOptions.defaults()
            .withDays(1)
            .withPumpsWithHistory(1)
            .withAccount("zoë@example.org", "pass \"wörd\" $1\\2")
            .withLoginAttempts(3);

    private static SimulatedTandemSource server;

    private HandmadeLogin login;

    @BeforeAll
    static void start() {
        server = SimulatedTandemSource.start(OPTIONS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        server.faults().clear();
        server.faults().unlockAccount();
        login = new HandmadeLogin(server);
    }

    @Test
    void the_sso_page_sets_cookies_of_both_kinds_of_lifetime() throws Exception {
        assertThat(login.openSsoPage().headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.contains("Max-Age=") && cookie.contains("HttpOnly"))
                .anyMatch(cookie -> cookie.contains("Expires="));
    }

    @Test
    void programs_that_do_not_look_like_a_browser_are_blocked() {
        given().header("User-Agent", "python-requests/2.32")
                .get(server.ssoUrl())
                .then()
                .statusCode(403)
                .body(containsString("The request is blocked."));
    }

    @Test
    void a_password_with_any_characters_is_accepted() throws Exception {
        assertThat(login.accessToken(OPTIONS)).isNotBlank();
    }

    @Test
    void a_login_from_another_page_is_blocked() {
        loginRequest().header("Referer", "https://example.org/").post().then().statusCode(403);
    }

    @Test
    void a_login_without_the_sso_pages_cookie_is_refused() {
        loginRequest()
                .header("Referer", server.ssoUrl().toString())
                .post()
                .then()
                .statusCode(400)
                .body("error", equalTo("account/session_required"));
    }

    @Test
    void a_wrong_password_is_refused_and_three_of_them_lock_the_account() throws Exception {
        login.openSsoPage();
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> refused = login.postPassword(OPTIONS.email(), "wrong");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).contains("\"error\":\"account/invalid_credentials\"");
        }
        HttpResponse<String> locked = login.postPassword(OPTIONS.email(), OPTIONS.password());
        assertThat(locked.statusCode()).isEqualTo(403);
        assertThat(locked.body()).isEqualTo("Max attempted logins exceeded");
    }

    @Test
    void a_password_can_be_refused_although_it_is_right() throws Exception {
        server.faults().refusePasswords(true);
        login.openSsoPage();
        assertThat(login.postPassword(OPTIONS.email(), OPTIONS.password()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void an_authorization_without_a_session_leads_back_to_the_sso_page() throws Exception {
        login.openSsoPage();
        HttpResponse<String> answer = login.authorize(login.authorization());
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow())
                .startsWith(server.ssoUrl().toString());
    }

    @Test
    void the_other_regions_client_is_refused_like_a_wrong_password() throws Exception {
        logInOnly();
        Map<String, String> parameters = login.authorization();
        parameters.put("client_id", "1519e414-eeec-492e-8c5e-97bea4815a10");
        HttpResponse<String> answer = login.authorize(parameters);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("account/invalid_credentials");
    }

    @ParameterizedTest
    @CsvSource({
        "client_id, somebody",
        "response_type, token",
        "scope, profile",
        "redirect_uri, https://example.org/",
        "code_challenge, short",
        "code_challenge_method, plain"
    })
    void an_authorization_with_a_wrong_parameter_is_refused(String name, String value) throws Exception {
        logInOnly();
        Map<String, String> parameters = login.authorization();
        parameters.put(name, value);
        HttpResponse<String> answer = login.authorize(parameters);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(name);
    }

    @Test
    void a_redirect_step_without_its_cookie_is_refused() throws Exception {
        logInOnly();
        assertThat(login.get(URI.create(server.accountsUrl() + "/connect/authorize/grant"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_code_is_redeemed_once() throws Exception {
        String code = code();
        assertThat(login.redeem(code, HandmadeLogin.VERIFIER).statusCode()).isEqualTo(200);
        assertThat(login.redeem(code, HandmadeLogin.VERIFIER).statusCode()).isEqualTo(400);
    }

    @Test
    void a_wrong_verifier_is_refused_and_spoils_the_code() throws Exception {
        String code = code();
        assertThat(login.redeem(code, "w".repeat(86)).body()).contains("invalid_grant");
        assertThat(login.redeem(code, HandmadeLogin.VERIFIER).statusCode()).isEqualTo(400);
    }

    @Test
    void a_token_request_that_is_not_a_form_is_refused() {
        given().contentType("application/json")
                .body("{}")
                .post(server.accountsUrl() + "/connect/token")
                .then()
                .statusCode(400);
    }

    private void logInOnly() throws Exception {
        login.openSsoPage();
        assertThat(login.postPassword(OPTIONS.email(), OPTIONS.password()).statusCode())
                .isEqualTo(200);
    }

    private String code() throws Exception {
        logInOnly();
        List<URI> locations = login.follow(login.authorize(login.authorization()));
        return HandmadeLogin.parameter(locations.get(locations.size() - 1), "code");
    }

    private static RequestSpecification loginRequest() {
        return given().baseUri(server.accountsUrl().toString())
                .basePath("/login")
                .header("User-Agent", HandmadeLogin.BROWSER)
                .contentType("application/json")
                .body("{\"username\":\"a\",\"password\":\"b\"}");
    }
}
