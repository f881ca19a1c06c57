/** The functions that questions about a CRM need. None runs text, waits, writes, looks around or makes large values. */
const AGGREGATES = [
  ..."count sum avg min max stddev stddev_pop stddev_samp variance var_pop var_samp".split(" "),
  ..."corr regr_slope regr_intercept regr_r2 bool_and bool_or every".split(" "),
  ..."percentile_cont percentile_disc mode".split(" "),
];

const WINDOWS =
  "row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value".split(
    " ",
  );

const DATES = [
  ..."date_trunc date_part extract date_bin age now timezone isfinite".split(" "),
  ..."make_date make_interval make_timestamp make_timestamptz to_char to_date to_timestamp".split(" "),
  ..."justify_days justify_hours justify_interval".split(" "),
];

const NUMBERS = "abs ceil ceiling floor round trunc sign mod div ln log sqrt width_bucket".split(" ");

const TEXTS = [
  ..."lower upper initcap btrim ltrim rtrim length char_length character_length".split(" "),
  ..."left right substring substr position strpos split_part starts_with concat concat_ws".split(" "),
];

const ARRAYS = "cardinality array_length".split(" ");

export const FUNCTIONS: ReadonlySet<string> = new Set([
  ...AGGREGATES,
  ...WINDOWS,
  ...DATES,
  ...NUMBERS,
  ...TEXTS,
  ...ARRAYS,
]);

/** Functions that make rows, and stand in FROM alone. */
export const ROW_FUNCTIONS: ReadonlySet<string> = new Set(["generate_series", "unnest"]);

/** What joins texts: each may double them, so a statement has a few only. */
export const JOINING_FUNCTIONS: ReadonlySet<string> = new Set(["concat", "concat_ws"]);

export const OPERATORS: ReadonlySet<string> = new Set([
  ..."= <> != < > <= >=".split(" "),
  ..."+ - * / % ||".split(" "),
  // LIKE and ILIKE, as the parser writes them.
  ..."~~ !~~ ~~* !~~*".split(" "),
]);

/** Scalar types only: none whose values are names of the database (reg…), documents, or padded to any length. */
export const TYPES: ReadonlySet<string> = new Set([
  ..."int2 int4 int8 smallint integer bigint int float4 float8 real numeric decimal".split(" "),
  ..."text varchar bool boolean date time timestamp timestamptz interval".split(" "),
]);
