/** A refusal in the portal's own words. The code is often an empty text: classic CRM methods only describe. */
export class RestError extends Error {
  override readonly name = "RestError";
  readonly code: string;
  readonly status: number;

  constructor(code: string, description: string, status = 400) {
    super(description);
    this.code = code;
    this.status = status;
  }

  toJSON(): { error: string; error_description: string } {
    return { error: this.code, error_description: this.message };
  }
}

export const methodNotFound = () => new RestError("ERROR_METHOD_NOT_FOUND", "Method not found!", 404);

export const invalidCredentials = () =>
  new RestError("INVALID_CREDENTIALS", "Invalid request credentials", 401);

export const insufficientScope = (status: number, holder: "webhook" | "access") =>
  new RestError(
    "insufficient_scope",
    `The request requires higher privileges than provided by the ${holder} token`,
    status,
  );

export const applicationOnly = (code: "WRONG_AUTH_TYPE" | "ACCESS_DENIED") =>
  code === "WRONG_AUTH_TYPE"
    ? new RestError(
        code,
        "Current authorization type is denied for this method Application context required",
        403,
      )
    : new RestError(code, "Application context required", 403);

export const accessDenied = () => new RestError("ACCESS_DENIED", "Access denied!", 403);

export const queryLimitExceeded = () => new RestError("QUERY_LIMIT_EXCEEDED", "Too many requests", 503);

export const operationTimeLimit = () =>
  new RestError("OPERATION_TIME_LIMIT", "Method is blocked due to operation time limit.", 429);

export const expiredToken = () =>
  new RestError("expired_token", "The access token provided has expired.", 401);
