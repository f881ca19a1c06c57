/** Keeps the access token of an application's installation; its holder does not know how it is renewed. */
export interface TokenSource {
  /** The token to call with. @throws PortalError portal_token_expired where only a person at the portal can help */
  access(): Promise<string>;
  /**
   * The portal refused this token. Answers whether another one is there now: renewed, by us or by another process.
   * @param portalCode the portal's own code of the refusal
   * @throws PortalError portal_token_expired, or why the token could not be renewed now
   */
  refused(token: string, portalCode: string): Promise<boolean>;
}
