package io.github.tandemfetch.status;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.github.tandemfetch.history.GapKind;
import io.github.tandemfetch.history.GapSurvey;
import io.github.tandemfetch.pipeline.PatternReport;
import io.github.tandemfetch.verify.VerifyReport.Amount;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What is missing within a pump's log, and what that rests on.
 *
 * @param asOf the pump's upload at the last complete fetch, UTC; null where the service does not say
 * @param kinds how many gaps and sequence numbers there are of each kind
 * @param reopened what was answered at an earlier upload only, and may have been uploaded since
 * @param pattern a pattern of small gaps; null where there is none
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record GapSummary(Instant asOf, Map<GapKind, Amount> kinds, Amount reopened, PatternReport pattern) {
    /** Copies the map. */
    public GapSummary {
        EnumMap<GapKind, Amount> all = new EnumMap<>(GapKind.class);
        for (GapKind kind : GapKind.values()) {
            all.put(kind, kinds.getOrDefault(kind, new Amount(0, 0)));
        }
        kinds = Collections.unmodifiableMap(all);
    }

    static GapSummary of(String pumpSerial, Instant asOf, GapSurvey survey) {
        Map<GapKind, Amount> kinds = new EnumMap<>(GapKind.class);
        survey.amounts().forEach((kind, amount) -> kinds.put(kind, Amount.of(amount)));
        return new GapSummary(
                asOf,
                kinds,
                Amount.of(survey.reopened()),
                survey.pattern()
                        .map(pattern -> PatternReport.of(pumpSerial, pattern))
                        .orElse(null));
    }
}
