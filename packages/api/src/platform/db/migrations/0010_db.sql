-- Up Migration
CREATE SCHEMA IF NOT EXISTS b24kit;

-- For what people read: "дом 2" before "дом 10", case and accents only break ties.
CREATE COLLATION b24kit.natural (provider = icu, locale = 'und-u-kn-true', deterministic = true);

-- Down Migration
DROP COLLATION b24kit.natural;
