-- Events that came under a sequence number that stands for another event already: they cannot be stored under it, and
-- must not be lost.
CREATE TABLE conflicting_events (
    pump_serial VARCHAR NOT NULL,
    device_assignment_id VARCHAR NOT NULL,
    sequence_group BIGINT NOT NULL,
    sequence_number BIGINT NOT NULL,
    event_code INTEGER NOT NULL,
    pump_timestamp TIMESTAMP,
    raw_event_data JSON NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (pump_serial, device_assignment_id, sequence_group, sequence_number)
);
