-- Which days the service has answered whole, for which upload of the pump: the evidence about gaps. The state of the
-- service at the last complete fetch and at the last answer, and the days for which it offers events.
ALTER TABLE fetch_progress ADD COLUMN last_upload TIMESTAMPTZ;
ALTER TABLE fetch_progress ADD COLUMN seen_upload TIMESTAMPTZ;
ALTER TABLE fetch_progress ADD COLUMN offered_from DATE;
ALTER TABLE fetch_progress ADD COLUMN offered_to DATE;

-- One row for each day of the pump's calendar. There is no key: a row is replaced within one transaction.
CREATE TABLE searched_days (
    pump_serial VARCHAR NOT NULL,
    device_assignment_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    upload TIMESTAMPTZ,
    searched_at TIMESTAMPTZ NOT NULL,
    attempts INTEGER NOT NULL,
    events BIGINT NOT NULL
);

-- What was said once about a pump and is not repeated.
CREATE TABLE service_notes (
    pump_serial VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    noted_at TIMESTAMPTZ NOT NULL
);

-- The longest window that the service answers for this account, where 28 days failed; at most one row.
CREATE TABLE window_size (
    days INTEGER NOT NULL,
    since TIMESTAMPTZ NOT NULL
);

-- An older tandem fetched these days whole, but for those around a gap for which no search is noted. Which upload they
-- stand for was not noted, so that the next upload reopens all of them.
INSERT INTO searched_days
WITH fetched AS (
    SELECT pump_serial, device_assignment_id, coalesce(completed_at, now()) AS searched_at,
           unnest(generate_series(
               greatest(fetched_from, DATE '2007-12-31')::TIMESTAMP,
               least(greatest(complete_through::DATE, fetched_through), current_date + 1)::TIMESTAMP,
               INTERVAL 1 DAY))::DATE AS day
    FROM fetch_progress
    WHERE fetched_from IS NOT NULL AND fetched_through IS NOT NULL
), gap AS (
    SELECT pump_serial, sequence_group, first_missing, last_missing,
           least(time_before, time_after)::DATE - 1 AS from_day, greatest(time_before, time_after)::DATE + 1 AS to_day
    FROM (
        SELECT pump_serial, sequence_group, sequence_number + 1 AS first_missing,
               lead(sequence_number) OVER log - 1 AS last_missing,
               pump_timestamp AS time_before, lead(pump_timestamp) OVER log AS time_after
        FROM raw_events
        WINDOW log AS (PARTITION BY pump_serial, sequence_group ORDER BY sequence_number)
    )
    WHERE first_missing <= last_missing
), unsearched AS (
    SELECT DISTINCT pump_serial, from_day, to_day FROM gap ANTI JOIN searched_gaps searched
      ON searched.pump_serial = gap.pump_serial AND searched.sequence_group = gap.sequence_group
     AND searched.first_missing = gap.first_missing AND searched.last_missing = gap.last_missing
), stored AS (
    SELECT pump_serial, device_assignment_id, pump_timestamp::DATE AS day, count(*) AS events
    FROM raw_events GROUP BY ALL
)
SELECT fetched.pump_serial, fetched.device_assignment_id, fetched.day, NULL, fetched.searched_at, 0,
       coalesce(stored.events, 0)
FROM fetched
ANTI JOIN unsearched
  ON unsearched.pump_serial = fetched.pump_serial AND fetched.day BETWEEN unsearched.from_day AND unsearched.to_day
LEFT JOIN stored
  ON stored.pump_serial = fetched.pump_serial AND stored.device_assignment_id = fetched.device_assignment_id
 AND stored.day = fetched.day;

DROP TABLE searched_gaps;
