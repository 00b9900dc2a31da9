package io.github.tandemfetch.simulator;

import java.io.IOException;
import java.util.Optional;

/** The data calls of Tandem Source. */
final class SourceEndpoint {
    /** The title of the firewall's page. */
    static final String BLOCKED = "The request is blocked.";

    /** The title of the page for whatever does not exist. */
    static final String NOT_FOUND = "404 Not Found";

    private static final String API = Addresses.SOURCE_PATH + "api/reports/bff/";
    private static final String PUMPER = API + "pumper/";
    private static final String PUMP_LOGS = API + "pump-logs/";
    private static final String BEARER = "Bearer ";

    private final Account account;
    private final Addresses addresses;
    private final AccessTokens tokens;
    private final PassingTime time;

    SourceEndpoint(Account account, Addresses addresses, AccessTokens tokens, PassingTime time) {
        this.time = time;
        this.account = account;
        this.addresses = addresses;
        this.tokens = tokens;
    }

    static RequestKind kindOf(String path) {
        if (path.startsWith(PUMPER)) {
            return RequestKind.PUMPER;
        }
        return path.startsWith(PUMP_LOGS) ? RequestKind.PUMP_LOGS : RequestKind.ANY;
    }

    void handle(Exchange exchange) throws IOException {
        boolean sameOrigin = addresses.origin().equals(exchange.header("Origin"))
                && addresses.source().equals(exchange.header("Referer"));
        if (!sameOrigin || !exchange.isFromBrowser()) {
            exchange.refuseHtml(403, BLOCKED);
        } else if (!isAuthorized(exchange.header("Authorization"))) {
            exchange.refuseUnauthorized();
        } else if (!exchange.method().equals("GET")) {
            exchange.refuseHtml(405, "Method not allowed");
        } else if (exchange.kind() == RequestKind.PUMPER) {
            pumper(exchange);
        } else if (exchange.kind() == RequestKind.PUMP_LOGS) {
            pumpLogs(exchange);
        } else {
            exchange.refuseHtml(404, NOT_FOUND);
        }
    }

    private boolean isAuthorized(String authorization) {
        return authorization != null
                && authorization.startsWith(BEARER)
                && tokens.isGood(authorization.substring(BEARER.length()));
    }

    private void pumper(Exchange exchange) throws IOException {
        if (!exchange.path().equals(PUMPER + account.pumperId())) {
            exchange.refuseHtml(404, NOT_FOUND);
            return;
        }
        time.step();
        exchange.json(new PumperAnswer(account).text(exchange.faults().has(Fault.ChangedTypes.class)));
    }

    private void pumpLogs(Exchange exchange) throws IOException {
        PumpLogsQuery query;
        try {
            query = PumpLogsQuery.of(exchange.query());
        } catch (PumpLogsQuery.Refused e) {
            exchange.refuseJson(400, e.getMessage());
            return;
        }
        exchange.window(query.from(), query.to());
        String assignment = exchange.path().substring(PUMP_LOGS.length());
        Optional<SimulatedPump> pump = account.pumps().stream()
                .filter(each -> each.assignmentId().equals(assignment))
                .findFirst();
        if (pump.isEmpty() || !query.pumperId().equals(account.pumperId())) {
            exchange.refuseHtml(404, NOT_FOUND);
            return;
        }
        PumpHistory history = pump.get().history();
        if (history == null) {
            exchange.json("{\"events\":[],\"clockChanges\":[]}");
            return;
        }
        exchange.streamedJson(new PumpLogsAnswer(history, query, exchange.faults()));
    }
}
