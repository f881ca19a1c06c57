/** A person's access to the portal. The refresh token that comes with it is the server's business and is not kept. */
export interface FrameAuth {
  accessToken: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

/** What the portal says of a page that it shows. */
export interface FrameData {
  auth: FrameAuth;
  /** Host of the portal, with the port where it is not the default one. */
  domain: string;
  memberId: string;
  /** Language of the portal's pages for this person, e.g. `ru`. */
  language: string;
  isAdmin: boolean;
  /** Where the page stands, e.g. `CRM_DEAL_DETAIL_TAB`; `DEFAULT` is the application's own page. */
  placement: string;
  /** What the place says of itself: a card's record is `ID`. */
  options: Readonly<Record<string, unknown>>;
  /** The application's installation page is shown, and `installFinish` is awaited. */
  installs: boolean;
  firstRun: boolean;
}

type Fields = Record<string, unknown>;

/** @throws Error where the answer carries no token */
export function readAuth(answer: unknown, now: number = Date.now()): FrameAuth {
  const { AUTH_ID, AUTH_EXPIRES } = (answer ?? {}) as Fields;
  if (typeof AUTH_ID !== "string" || AUTH_ID === "") throw new Error("The portal gave no access token");
  const seconds = Number(AUTH_EXPIRES);
  return { accessToken: AUTH_ID, expiresAt: now + (Number.isFinite(seconds) ? seconds * 1000 : 0) };
}

/** @throws Error where the answer carries no token */
export function readData(answer: unknown, now: number = Date.now()): FrameData {
  const auth = readAuth(answer, now);
  const fields = answer as Fields;
  const text = (name: string) => (typeof fields[name] === "string" ? fields[name] : "");
  return {
    auth,
    domain: text("DOMAIN"),
    memberId: text("MEMBER_ID"),
    language: text("LANG"),
    isAdmin: fields.IS_ADMIN === true,
    placement: text("PLACEMENT") || "DEFAULT",
    options: readOptions(fields.PLACEMENT_OPTIONS),
    installs: fields.INSTALL === true,
    firstRun: fields.FIRST_RUN === true,
  };
}

/** An object; PHP writes an empty one as `[]`, and the portal's form as a text. */
function readOptions(value: unknown): Fields {
  if (typeof value === "string") {
    try {
      return readOptions(JSON.parse(value));
    } catch {
      return {};
    }
  }
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
