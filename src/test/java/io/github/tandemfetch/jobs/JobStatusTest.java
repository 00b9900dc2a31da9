package io.github.tandemfetch.jobs;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JobStatusTest {
    private static final Map<JobStatus, Set<JobStatus>> LEGAL = Map.of(
            JobStatus.PENDING, Set.of(JobStatus.RUNNING, JobStatus.FAILED),
            JobStatus.RUNNING, Set.of(JobStatus.COMPLETED, JobStatus.FAILED),
            JobStatus.COMPLETED, Set.of(JobStatus.EXPIRED),
            JobStatus.FAILED, Set.of(),
            JobStatus.EXPIRED, Set.of());

    @Test
    void only_legal_steps_can_be_made() {
        for (JobStatus from : JobStatus.values()) {
            for (JobStatus to : JobStatus.values()) {
                assertThat(from.mayBecome(to))
                        .as("%s to %s", from, to)
                        .isEqualTo(LEGAL.get(from).contains(to));
            }
        }
    }

    @Test
    void a_status_is_found_by_its_name() {
        for (JobStatus status : JobStatus.values()) {
            assertThat(JobStatus.named(status.statusName())).contains(status);
        }
        assertThat(JobStatus.named("PENDING")).isEmpty();
    }
}
