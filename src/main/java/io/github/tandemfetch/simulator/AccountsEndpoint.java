package io.github.tandemfetch.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;

/** The SSO page and the accounts service: password, authorization code with PKCE, tokens, keys. */
final class AccountsEndpoint {
    private static final String AUTHORIZE = ServiceUrls.ACCOUNTS_PATH + "/connect/authorize";
    private static final String VISITOR = "tandem.sso";
    private static final String SESSION = "accounts.session";
    private static final String DEVICE = "accounts.device";
    private static final String FLOW = "accounts.flow";
    private static final int PKCE_SHORTEST = 43;
    private static final int PKCE_LONGEST = 128;

    private final JsonMapper json = JsonMapper.builder().build();
    private final RandomTokens secrets;
    private final LoginFlows flows;
    private final SigningKeys keys = new SigningKeys();
    private final SimulatorOptions options;
    private final Account account;
    private final ServiceUrls addresses;
    private final AccessTokens tokens;
    private final AccountLock lock;
    private final SimulatorFaults faults;

    AccountsEndpoint(
            SimulatorOptions options,
            Account account,
            ServiceUrls addresses,
            RandomTokens secrets,
            AccessTokens tokens,
            AccountLock lock,
            SimulatorFaults faults) {
        this.options = options;
        this.account = account;
        this.addresses = addresses;
        this.secrets = secrets;
        this.flows = new LoginFlows(secrets);
        this.tokens = tokens;
        this.lock = lock;
        this.faults = faults;
    }

    void ssoPage(Exchange exchange) throws IOException {
        if (isBlocked(exchange, "GET")) {
            return;
        }
        exchange.setCookie(VISITOR + "=" + flows.newVisitor() + "; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax");
        exchange.setCookie("tandem.locale=en; Path=/; Expires=" + inDays(30));
        exchange.page(
                "<!DOCTYPE html><html><head><title>Sign in</title></head><body><div id=\"app\"></div></body></html>");
    }

    /** Where the browser ends up; the client needs only the address. */
    void callbackPage(Exchange exchange) throws IOException {
        exchange.page("<!DOCTYPE html><html><head><title>Signing in</title></head><body></body></html>");
    }

    void login(Exchange exchange) throws IOException {
        if (isBlocked(exchange, "POST")) {
            return;
        }
        if (!addresses.sso().equals(exchange.header("Referer"))) {
            exchange.refuseHtml(403, SourceEndpoint.BLOCKED);
            return;
        }
        String type = exchange.header("Content-Type");
        if (type == null || !type.startsWith("application/json")) {
            exchange.refuseJson(415, "{\"error\":\"account/unsupported_media_type\"}");
            return;
        }
        if (!flows.knowsVisitor(exchange.cookie(VISITOR))) {
            exchange.refuseJson(400, "{\"error\":\"account/session_required\"}");
            return;
        }
        JsonNode credentials = credentials(exchange);
        if (credentials == null) {
            exchange.refuseJson(400, "{\"error\":\"account/invalid_request\"}");
            return;
        }
        if (lock.isLocked()) {
            exchange.refuseText(403, "Max attempted logins exceeded");
            return;
        }
        boolean right = options.email().equals(credentials.path("username").textValue())
                && options.password().equals(credentials.path("password").textValue());
        if (!right || faults.refusesPasswords()) {
            lock.wrongPassword();
            exchange.refuseJson(401, "{\"error\":\"account/invalid_credentials\",\"status\":\"ERROR\"}");
            return;
        }
        lock.rightPassword();
        String device = secrets.next();
        exchange.setCookie(SESSION + "=" + flows.newSession(device) + "; Path=/accounts/; HttpOnly");
        exchange.setCookie(DEVICE + "=" + device + "; Path=/accounts/; Expires=" + inDays(365) + "; HttpOnly");
        exchange.json("{\"redirectUrl\":\"/\",\"status\":\"SUCCESS\"}");
    }

    /** The authorization endpoint and the redirects within the service that follow from it. */
    void authorize(Exchange exchange) throws IOException {
        if (isBlocked(exchange, "GET")) {
            return;
        }
        if (!flows.isLoggedIn(exchange.cookie(SESSION), exchange.cookie(DEVICE))) {
            exchange.redirect(addresses.sso() + "?returnUrl=" + encoded(exchange.path()));
            return;
        }
        switch (exchange.path().substring(AUTHORIZE.length())) {
            case "" -> begin(exchange);
            case "/callback" -> step(exchange, addresses.accounts() + "/connect/authorize/consent");
            case "/consent" -> step(exchange, "grant");
            case "/grant" -> grant(exchange);
            default -> exchange.refuseHtml(404, SourceEndpoint.NOT_FOUND);
        }
    }

    private void begin(Exchange exchange) throws IOException {
        Map<String, String> query = exchange.query();
        String client = query.get("client_id");
        if (addresses.otherRegionsClientId().equals(client)) {
            exchange.refuseJson(401, "{\"error\":\"account/invalid_credentials\",\"status\":\"ERROR\"}");
            return;
        }
        String wrong = fault(query);
        if (wrong != null) {
            exchange.refuseJson(400, "{\"error\":\"invalid_request\",\"error_description\":\"" + wrong + "\"}");
            return;
        }
        String id = flows.begin(new LoginFlows.Authorization(
                client,
                query.get("redirect_uri"),
                query.get("code_challenge"),
                query.get("state"),
                query.get("nonce")));
        exchange.setCookie(FLOW + "=" + id + "; Path=" + AUTHORIZE + "; Max-Age=300; HttpOnly");
        exchange.redirect(AUTHORIZE + "/callback");
    }

    private String fault(Map<String, String> query) {
        String challenge = query.getOrDefault("code_challenge", "");
        if (!addresses.clientId().equals(query.get("client_id"))) {
            return "client_id";
        }
        if (!"code".equals(query.get("response_type"))) {
            return "response_type";
        }
        if (!List.of(query.getOrDefault("scope", "").split(" ")).contains("openid")) {
            return "scope";
        }
        if (!addresses.redirectUri().equals(query.get("redirect_uri"))) {
            return "redirect_uri";
        }
        if (!"S256".equals(query.get("code_challenge_method"))) {
            return "code_challenge_method";
        }
        return challenge.matches("[A-Za-z0-9_-]{43}") ? null : "code_challenge";
    }

    private void step(Exchange exchange, String location) throws IOException {
        if (flows.find(exchange.cookie(FLOW)) == null) {
            exchange.refuseJson(400, "{\"error\":\"invalid_request\",\"error_description\":\"no flow\"}");
            return;
        }
        exchange.setCookie(
                "accounts.step=" + secrets.next() + "; Path=" + AUTHORIZE + "; Expires=" + inDays(1) + "; HttpOnly");
        exchange.redirect(location);
    }

    private void grant(Exchange exchange) throws IOException {
        String id = exchange.cookie(FLOW);
        LoginFlows.Authorization authorization = flows.find(id);
        if (authorization == null || exchange.cookie("accounts.step") == null) {
            exchange.refuseJson(400, "{\"error\":\"invalid_request\",\"error_description\":\"no flow\"}");
            return;
        }
        String location = authorization.redirectUri() + "?code=" + flows.grant(id) + "&scope=openid%20profile%20email";
        if (authorization.state() != null) {
            location += "&state=" + encoded(authorization.state());
        }
        exchange.redirect(location + "&iss=" + encoded(addresses.accounts()));
    }

    void token(Exchange exchange) throws IOException {
        if (!exchange.method().equals("POST")) {
            exchange.refuseHtml(405, "Method not allowed");
            return;
        }
        String type = exchange.header("Content-Type");
        if (type == null || !type.startsWith("application/x-www-form-urlencoded")) {
            exchange.refuseJson(400, "{\"error\":\"invalid_request\"}");
            return;
        }
        Map<String, String> form = exchange.form();
        if (!"authorization_code".equals(form.get("grant_type"))) {
            exchange.refuseJson(400, "{\"error\":\"unsupported_grant_type\"}");
            return;
        }
        LoginFlows.Authorization authorization = flows.redeem(form.get("code"));
        String verifier = form.getOrDefault("code_verifier", "");
        boolean good = authorization != null
                && authorization.clientId().equals(form.get("client_id"))
                && authorization.redirectUri().equals(form.get("redirect_uri"))
                && verifier.length() >= PKCE_SHORTEST
                && verifier.length() <= PKCE_LONGEST
                && RandomTokens.challengeOf(verifier).equals(authorization.challenge());
        if (!good) {
            exchange.refuseJson(400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        ObjectNode answer = json.createObjectNode();
        answer.put("id_token", idToken(authorization));
        answer.put("access_token", tokens.issue());
        answer.put("expires_in", tokens.lifetime().toSeconds());
        answer.put("token_type", "Bearer");
        answer.put("scope", "openid profile email");
        exchange.json(answer.toString());
    }

    void keys(Exchange exchange) throws IOException {
        if (exchange.path().endsWith("/jwks")) {
            exchange.json(keys.keySet());
            return;
        }
        ObjectNode discovery = json.createObjectNode();
        discovery.put("issuer", addresses.accounts());
        discovery.put("authorization_endpoint", addresses.accounts() + "/connect/authorize");
        discovery.put("token_endpoint", addresses.accounts() + "/connect/token");
        discovery.put("jwks_uri", addresses.accounts() + "/.well-known/openid-configuration/jwks");
        discovery.putArray("response_types_supported").add("code");
        discovery.putArray("code_challenge_methods_supported").add("S256");
        discovery.putArray("id_token_signing_alg_values_supported").add("RS256");
        exchange.json(discovery.toString());
    }

    private String idToken(LoginFlows.Authorization authorization) {
        NumericDate now = NumericDate.now();
        NumericDate expiry = NumericDate.fromSeconds(
                now.getValue() + Math.max(60, tokens.lifetime().toSeconds()));
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(addresses.accounts());
        claims.setAudience(authorization.clientId());
        claims.setSubject(account.accountId());
        claims.setIssuedAt(now);
        claims.setNotBefore(now);
        claims.setExpirationTime(expiry);
        claims.setNumericDateClaim("auth_time", now);
        claims.setStringListClaim("amr", "pwd");
        claims.setClaim("pumperId", account.pumperId());
        claims.setClaim("accountId", account.accountId());
        claims.setClaim("given_name", account.firstName());
        claims.setClaim("family_name", account.lastName());
        if (authorization.nonce() != null) {
            claims.setClaim("nonce", authorization.nonce());
        }
        return keys.sign(claims);
    }

    private JsonNode credentials(Exchange exchange) throws IOException {
        try {
            JsonNode node = json.readTree(exchange.body());
            return node.isObject() ? node : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static boolean isBlocked(Exchange exchange, String method) throws IOException {
        if (!exchange.method().equals(method)) {
            exchange.refuseHtml(405, "Method not allowed");
            return true;
        }
        if (!exchange.isFromBrowser()) {
            exchange.refuseHtml(403, SourceEndpoint.BLOCKED);
            return true;
        }
        return false;
    }

    private static String inDays(int days) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusDays(days));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
