package io.github.tandemfetch.verify;

import io.github.tandemfetch.history.GapKind;
import io.github.tandemfetch.history.GapSurvey;
import io.github.tandemfetch.history.GapSurvey.Gap;
import io.github.tandemfetch.verify.VerifyReport.GapDay;
import io.github.tandemfetch.verify.VerifyReport.GapLine;
import java.util.List;

/** The gaps of one pump in the words of reports. */
final class PumpGaps {
    private final String pumpSerial;
    private final GapSurvey survey;

    PumpGaps(String pumpSerial, GapSurvey survey) {
        this.pumpSerial = pumpSerial;
        this.survey = survey;
    }

    List<GapDay> days(int limit) {
        return survey.days(limit).stream()
                .map(day -> new GapDay(
                        pumpSerial,
                        day.day(),
                        day.kind(),
                        day.missing().gaps(),
                        day.missing().sequenceNumbers()))
                .toList();
    }

    List<GapLine> largest(int limit) {
        return survey.largest(limit).stream().map(this::line).toList();
    }

    List<GapLine> inOrder(int limit) {
        return survey.inOrder(limit).stream().map(this::line).toList();
    }

    private GapLine line(Gap gap) {
        return new GapLine(
                pumpSerial,
                gap.sequenceGroup(),
                gap.firstMissing(),
                gap.lastMissing(),
                gap.size(),
                gap.kind(),
                reason(gap),
                gap.before().pumpClock(),
                gap.after().pumpClock(),
                gap.before().utc(),
                gap.after().utc(),
                gap.evidence().searchedAt(),
                gap.evidence().upload());
    }

    private static String reason(Gap gap) {
        String again = gap.evidence().reopened() ? "; the pump was uploaded since, and the service not asked yet" : "";
        return switch (gap.kind()) {
            case NOT_FETCHED -> "the service has not answered whole for these days";
            case NEVER_UPLOADED -> "the service does not have it; the pump may still upload it" + again;
            case NOT_SENT -> "small gaps on nearly every day: the service does not send these events";
            case LOST_ON_PUMP -> loss(gap.evidence().loss()) + again;
        };
    }

    private static String loss(String evidence) {
        return switch (evidence) {
            case "corruption" -> "the pump logged beside it that its log was damaged";
            case "restarted" -> "the pump's log has started over since";
            default -> "the pump has logged " + GapSurvey.DAYS_KEPT_ON_PUMP + " days since, and overwrites";
        };
    }

    /** Which days to look at where something is to be done, as text. */
    List<String> describeDays(GapKind kind, int limit) {
        return survey.days(Integer.MAX_VALUE).stream()
                .filter(day -> day.kind() == kind)
                .limit(limit)
                .map(day -> "pump " + pumpSerial + ", " + day.day() + ": "
                        + day.missing().sequenceNumbers() + " events missing in "
                        + day.missing().gaps() + " gaps")
                .toList();
    }
}
