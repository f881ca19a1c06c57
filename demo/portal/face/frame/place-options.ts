/** What a place tells the handler: which record it stands at, and on which page. */
export interface PlaceContext {
  /** ID of the record, where the place belongs to one. */
  record: string | undefined;
  /** Path of the page, from the Referer; without one nothing is told. */
  uri: string | undefined;
}

/** `PLACEMENT_OPTIONS` of a placement, by the name of its place. */
export function placeOptions(code: string, { record, uri }: PlaceContext): Record<string, string> {
  const id: Record<string, string> = record === undefined ? {} : { ID: record };
  const page: Record<string, string> = uri === undefined ? {} : { URI: uri };
  if (code.endsWith("_LIST_TOOLBAR")) return page;
  if (code.endsWith("_DETAIL_TOOLBAR")) return id;
  return code.startsWith("CRM_") ? { ...id, ...page } : {};
}
