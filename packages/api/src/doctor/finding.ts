/** Values that words speak of; never a secret. */
export type Values = Readonly<Record<string, string | number | boolean | null>>;

export type FindingState = "ok" | "note" | "warning" | "failed";

/** What one check came to. People's words for it are made where it is shown. */
export interface Finding {
  readonly section: "settings" | "database" | "portal";
  /** Host of the portal, in the section of that name. */
  readonly portal?: string;
  readonly state: FindingState;
  readonly code: FindingCode;
  readonly values?: Values;
}

export type FindingCode =
  | "settings_read"
  | "setting_faulty"
  | "public_url_missing"
  | "database_reached"
  | "database_unreachable"
  | "database_old"
  | "role_may_not_create"
  | "role_superuser"
  | "migrations_done"
  | "migrations_pending"
  | "database_newer"
  | "portal_missing"
  | "portal_answers"
  | "portal_no_admin"
  | "portal_fails"
  | "secret_unreadable"
  | "scopes_there"
  | "scope_missing"
  | "scope_needed"
  | "limits_free"
  | "limits_used"
  | "bindings_there"
  | "bindings_missing"
  | "bindings_webhook"
  | "billing_measured"
  | "page_measured"
  | "page_slow"
  | "child_edits_skipped"
  | "child_edits_measured"
  | "measurement_failed"
  | "profile_saved";
