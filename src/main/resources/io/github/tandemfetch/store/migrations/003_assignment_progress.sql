-- How far each assignment of a pump to the account has been fetched, from which day on, and since when it is not listed
-- any more. A pump that was assigned anew has its history in two.
CREATE TEMP TABLE fetch_progress_before AS FROM fetch_progress;

DROP TABLE fetch_progress;

CREATE TABLE fetch_progress (
    pump_serial VARCHAR NOT NULL,
    device_assignment_id VARCHAR NOT NULL,
    model_name VARCHAR,
    fetched_from DATE,
    fetched_through DATE,
    complete_through TIMESTAMP,
    completed_at TIMESTAMPTZ,
    incomplete_runs INTEGER NOT NULL DEFAULT 0,
    incomplete_since TIMESTAMPTZ,
    unlisted_since TIMESTAMPTZ,
    PRIMARY KEY (pump_serial, device_assignment_id)
);

-- With which day a fetch began was not noted: it was the one before the first event. Stamps of a lost clock tell nothing.
INSERT INTO fetch_progress
SELECT pump_serial, device_assignment_id, model_name,
       (SELECT min(pump_timestamp)::DATE - 1 FROM raw_events
        WHERE raw_events.pump_serial = before.pump_serial
          AND raw_events.device_assignment_id = before.device_assignment_id
          AND pump_timestamp >= TIMESTAMP '2010-01-01 00:00:00'),
       fetched_through, complete_through, completed_at, incomplete_runs, incomplete_since, NULL
FROM fetch_progress_before before;

DROP TABLE fetch_progress_before;
