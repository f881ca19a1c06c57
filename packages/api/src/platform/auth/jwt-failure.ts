import { errors } from "jose";
import { ZodError } from "zod";
import { AppError } from "../http/app-error.ts";

/** What is wrong with a token, in words that help its owner and nobody else. Faults of ours stay what they are. */
export function jwtFailure(error: unknown): unknown {
  if (error instanceof errors.JWTExpired)
    return new AppError("token_expired", "The token has expired.", { cause: error });
  if (error instanceof errors.JWTClaimValidationFailed) {
    return new AppError(
      "unauthenticated",
      `The token's claim "${error.claim}" is not what this API accepts.`,
      { cause: error },
    );
  }
  // The key server's failures are not the caller's.
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return error;
  if (error instanceof errors.JOSEError || error instanceof ZodError) {
    return new AppError("unauthenticated", "The token is not valid.", { cause: error });
  }
  return error;
}
