-- Up to which event each domain table has been extracted. The domain tables themselves are made from their declarations.
CREATE TABLE domain_progress (
    table_name VARCHAR PRIMARY KEY,
    events_id BIGINT NOT NULL
);

COMMENT ON TABLE raw_events IS 'Events exactly as the service sent them';
COMMENT ON COLUMN raw_events.id IS 'Number of the row';
COMMENT ON COLUMN raw_events.pump_serial IS 'Serial number of the pump';
COMMENT ON COLUMN raw_events.event_timestamp IS 'When it happened, UTC';
COMMENT ON COLUMN raw_events.raw_event_data IS 'The event as it came, JSON';
COMMENT ON COLUMN raw_events.sequence_group IS 'Counts how often the pump''s log started over';
COMMENT ON COLUMN raw_events.sequence_number IS 'Position in the log, within the group';
COMMENT ON COLUMN raw_events.event_code IS 'The event''s code';
COMMENT ON COLUMN raw_events.pump_timestamp IS 'When it happened, pump clock';
COMMENT ON COLUMN raw_events.device_assignment_id IS 'The assignment of the pump to the account';
COMMENT ON COLUMN raw_events.fetched_at IS 'When it was fetched, UTC';

COMMENT ON TABLE events IS 'Events with their names, UTC times and labels';
COMMENT ON COLUMN events.id IS 'Number of the row';
COMMENT ON COLUMN events.raw_events_id IS 'The raw event: raw_events.id';
COMMENT ON COLUMN events.created IS 'When the row was made, UTC';
COMMENT ON COLUMN events.timestamp IS 'When it happened, UTC';
COMMENT ON COLUMN events.event_id IS 'The event''s code';
COMMENT ON COLUMN events.event_name IS 'The event''s name in the catalog';
COMMENT ON COLUMN events.event_data IS 'The event''s properties and their labels, JSON';
COMMENT ON COLUMN events.pump_serial IS 'Serial number of the pump';
COMMENT ON COLUMN events.pump_timestamp IS 'When it happened, pump clock';
COMMENT ON COLUMN events.time_basis IS 'How the UTC time was found';
COMMENT ON COLUMN events.sequence_group IS 'Counts how often the pump''s log started over';
COMMENT ON COLUMN events.sequence_number IS 'Position in the log, within the group';
