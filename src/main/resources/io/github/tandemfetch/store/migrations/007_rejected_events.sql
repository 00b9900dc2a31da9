-- What the service sent in the place of an event and cannot be stored as one of the pump: broken JSON, an identity that
-- no pump gives, events of another pump. Of what is longer than 4 MB the beginning is kept.
CREATE TABLE rejected_events (
    pump_serial VARCHAR NOT NULL,
    device_assignment_id VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    sequence_group BIGINT,
    sequence_number BIGINT,
    first_day DATE,
    last_day DATE,
    content BLOB NOT NULL,
    size_bytes BIGINT NOT NULL,
    sha256 VARCHAR NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (pump_serial, sha256)
);

-- Raw events that a more complete answer replaced, and whose events have to be parsed anew.
CREATE TABLE replaced_events (
    raw_events_id BIGINT NOT NULL
);

-- Whether a row is the earlier content of a raw event that a more complete answer replaced, which is no contradiction.
ALTER TABLE conflicting_events ADD COLUMN replaced BOOLEAN DEFAULT false;
