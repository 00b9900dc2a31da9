-- The three stages of the pipeline, and how far each pump has been fetched.

CREATE TABLE raw_events (
    id BIGINT PRIMARY KEY,
    pump_serial VARCHAR NOT NULL,
    event_timestamp TIMESTAMPTZ,
    raw_event_data JSON USING COMPRESSION zstd NOT NULL,
    sequence_group BIGINT NOT NULL,
    sequence_number BIGINT NOT NULL,
    event_code INTEGER NOT NULL,
    pump_timestamp TIMESTAMP,
    device_assignment_id VARCHAR NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    UNIQUE (pump_serial, sequence_group, sequence_number)
);

CREATE TABLE events (
    id BIGINT PRIMARY KEY,
    raw_events_id BIGINT NOT NULL UNIQUE REFERENCES raw_events (id),
    created TIMESTAMPTZ NOT NULL,
    timestamp TIMESTAMPTZ,
    event_id INTEGER NOT NULL,
    event_name VARCHAR NOT NULL,
    event_data JSON USING COMPRESSION zstd NOT NULL,
    pump_serial VARCHAR NOT NULL,
    pump_timestamp TIMESTAMP,
    time_basis VARCHAR NOT NULL,
    sequence_group BIGINT NOT NULL,
    sequence_number BIGINT NOT NULL
);

CREATE TABLE cgm_readings (
    id BIGINT PRIMARY KEY,
    events_id BIGINT NOT NULL UNIQUE REFERENCES events (id),
    timestamp TIMESTAMPTZ,
    cgm_reading INTEGER,
    status VARCHAR NOT NULL,
    reported_value INTEGER,
    rate_of_change DOUBLE,
    backfilled BOOLEAN NOT NULL,
    sensor VARCHAR NOT NULL,
    pump_serial VARCHAR NOT NULL,
    pump_timestamp TIMESTAMP,
    time_basis VARCHAR NOT NULL
);

CREATE TABLE basal_deliveries (
    id BIGINT PRIMARY KEY,
    events_id BIGINT NOT NULL UNIQUE REFERENCES events (id),
    timestamp TIMESTAMPTZ,
    profile_basal_rate INTEGER,
    algorithm_basal_rate INTEGER,
    temp_basal_rate INTEGER,
    commanded_basal_rate INTEGER,
    commanded_rate_source VARCHAR,
    pump_serial VARCHAR NOT NULL,
    pump_timestamp TIMESTAMP,
    time_basis VARCHAR NOT NULL
);

CREATE TABLE fetch_progress (
    pump_serial VARCHAR PRIMARY KEY,
    device_assignment_id VARCHAR NOT NULL,
    model_name VARCHAR,
    fetched_through DATE,
    complete_through TIMESTAMP,
    completed_at TIMESTAMPTZ,
    incomplete_runs INTEGER NOT NULL DEFAULT 0,
    incomplete_since TIMESTAMPTZ
);

-- Stretches of missing sequence numbers that the service was asked for again and did not have.
CREATE TABLE searched_gaps (
    pump_serial VARCHAR NOT NULL,
    sequence_group BIGINT NOT NULL,
    first_missing BIGINT NOT NULL,
    last_missing BIGINT NOT NULL,
    searched_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (pump_serial, sequence_group, first_missing, last_missing)
);

-- The time zone that the UTC times in these tables were derived with; one row.
CREATE TABLE clock_zone (
    timezone VARCHAR NOT NULL,
    since TIMESTAMPTZ NOT NULL
);
