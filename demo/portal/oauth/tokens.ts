import { randomBytes } from "node:crypto";
import type { Application } from "../apps/application.ts";
import type { AppSettings } from "../apps/settings.ts";
import type { Clock } from "../clock.ts";
import type { Change, Journal } from "../store/journal.ts";

/** What one application may do in one person's name, and until when. */
export interface Token {
  access: string;
  /** null for the tokens that come with events: they cannot be renewed. */
  refresh: string | null;
  clientId: string;
  userId: number;
  scopes: readonly string[];
  /** Milliseconds. */
  issuedAt: number;
  expiresAt: number;
  refreshUntil: number;
}

export interface Code {
  code: string;
  clientId: string;
  userId: number;
  expiresAt: number;
}

interface TokenChange extends Change {
  kind: "token";
  token: Token;
  /** The refresh token that this one was bought with; it is worth nothing from now on. */
  spent: string | null;
}

interface CodeChange extends Change {
  kind: "code";
  code: Code;
  /** A code is good once. */
  used: boolean;
}

/** An event's token serves the next events of the same moment as well. */
const EVENT_TOKEN_REUSE_MS = 60_000;

/** Codes and tokens that the portal's own auth server gave out. */
export class Tokens {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #settings: () => AppSettings["oauth"];
  readonly #byAccess = new Map<string, Token>();
  readonly #byRefresh = new Map<string, Token>();
  readonly #codes = new Map<string, Code>();
  readonly #forEvents = new Map<string, Token>();

  constructor(journal: Journal, clock: Clock, settings: () => AppSettings["oauth"]) {
    this.#journal = journal;
    this.#clock = clock;
    this.#settings = settings;
    journal.on("seed", () => {
      for (const kept of [this.#byAccess, this.#byRefresh, this.#codes, this.#forEvents]) kept.clear();
    });
    journal.on<TokenChange>("token", ({ token, spent }) => {
      this.#byAccess.set(token.access, token);
      if (token.refresh) this.#byRefresh.set(token.refresh, token);
      if (spent) this.#byRefresh.delete(spent);
    });
    journal.on<CodeChange>("code", ({ code, used }) => {
      if (used) this.#codes.delete(code.code);
      else this.#codes.set(code.code, code);
    });
  }

  /** @param spent the refresh token that is exchanged for this one */
  issue({ clientId, scopes }: Application, userId: number, spent: string | null = null): Token {
    return this.#commit({ clientId, scopes, userId, refresh: newToken() }, spent);
  }

  /** A token without renewal, as events bring. */
  issueForEvent({ clientId, scopes }: Application, userId: number): Token {
    const key = `${clientId} ${userId} ${scopes.join()}`;
    const recent = this.#forEvents.get(key);
    const now = this.#clock.now();
    if (
      recent &&
      now >= recent.issuedAt &&
      now - recent.issuedAt < EVENT_TOKEN_REUSE_MS &&
      recent.expiresAt > now
    )
      return recent;
    const token = this.#commit({ clientId, scopes, userId, refresh: null }, null);
    this.#forEvents.set(key, token);
    return token;
  }

  get(access: string): Token | undefined {
    return this.#byAccess.get(access);
  }

  /** The token that a refresh token still renews. */
  renewable(refresh: string): Token | undefined {
    const token = this.#byRefresh.get(refresh);
    return token && token.refreshUntil > this.#clock.now() ? token : undefined;
  }

  issueCode(clientId: string, userId: number): Code {
    const expiresAt = this.#clock.now() + this.#settings().codeSeconds * 1000;
    const code = { code: newToken(), clientId, userId, expiresAt };
    this.#journal.commit<CodeChange>({ kind: "code", code, used: false });
    return code;
  }

  /** Uses a code up; undefined where it is unknown, used, late or another application's. */
  takeCode(text: string, clientId: string): Code | undefined {
    const code = this.#codes.get(text);
    if (!code || code.clientId !== clientId) return undefined;
    this.#journal.commit<CodeChange>({ kind: "code", code, used: true });
    return code.expiresAt > this.#clock.now() ? code : undefined;
  }

  #commit(of: Pick<Token, "clientId" | "scopes" | "userId" | "refresh">, spent: string | null): Token {
    const { accessSeconds, refreshSeconds } = this.#settings();
    const issuedAt = this.#clock.now();
    const token: Token = {
      access: newToken(),
      ...of,
      issuedAt,
      expiresAt: issuedAt + accessSeconds * 1000,
      refreshUntil: of.refresh ? issuedAt + refreshSeconds * 1000 : 0,
    };
    this.#journal.commit<TokenChange>({ kind: "token", token, spent });
    return token;
  }
}

const newToken = () => randomBytes(35).toString("hex");
