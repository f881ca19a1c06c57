/** An error in the service's own shape: `{error: {message, type, param, code}}`. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: { readonly error: ErrorBody };
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, error: ErrorBody, headers: Readonly<Record<string, string>> = {}) {
    super(error.message);
    this.status = status;
    this.body = { error };
    this.headers = headers;
  }
}

interface ErrorBody {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
}

const TYPES: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "invalid_request_error",
  404: "invalid_request_error",
  429: "requests",
};

export function refuse(
  status: number,
  error: Pick<ErrorBody, "message"> & Partial<ErrorBody>,
  headers: Readonly<Record<string, string>> = {},
): never {
  throw new Refusal(
    status,
    { type: TYPES[status] ?? "server_error", param: null, code: null, ...error },
    headers,
  );
}
