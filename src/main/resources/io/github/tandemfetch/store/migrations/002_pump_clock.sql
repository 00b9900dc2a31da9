-- How each pump's clock was set over its log: a row holds from its first sequence number to the group's next row.
CREATE TABLE clock_timeline (
    pump_serial VARCHAR NOT NULL,
    sequence_group BIGINT NOT NULL,
    first_sequence_number BIGINT NOT NULL,
    pump_from TIMESTAMP NOT NULL,
    pump_to TIMESTAMP NOT NULL,
    utc_from TIMESTAMPTZ,
    utc_to TIMESTAMPTZ,
    offset_ms BIGINT,
    drift_rate DOUBLE NOT NULL,
    time_basis VARCHAR NOT NULL,
    cause VARCHAR NOT NULL,
    shift_ms BIGINT,
    alternative_offset_ms BIGINT,
    PRIMARY KEY (pump_serial, sequence_group, first_sequence_number)
);

-- What each timeline was made from: raw events up to an id, and a time zone.
CREATE TABLE clock_progress (
    pump_serial VARCHAR PRIMARY KEY,
    raw_events_id BIGINT NOT NULL,
    timezone VARCHAR NOT NULL
);
