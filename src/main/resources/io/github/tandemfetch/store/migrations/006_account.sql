-- The account that the database belongs to: the service's id of the person. At most one row; the first sync writes it.
CREATE TABLE account (
    pumper_id VARCHAR NOT NULL,
    since TIMESTAMPTZ NOT NULL
);
