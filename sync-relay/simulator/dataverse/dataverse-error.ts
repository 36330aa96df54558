// The refusals of the Web API, with Dataverse's own numeric codes. A refusal is thrown inside the simulator, rolls back
// what the request did so far, and becomes the documented body `{"error":{"code","message"}}`.

/** Dataverse's codes for the refusals that the simulator can give. */
export const dataverseErrorCodes = {
  notFound: "0x80040217",
  badRequest: "0x80060888",
  badPayload: "0x80048d19",
  tooLong: "0x80044331",
  outOfRange: "0x8004432f",
  notAnOption: "0x8004431a",
  badStatusForState: "0x80040203",
  closed: "0x80043b0c",
  duplicateKey: "0x80060892",
  duplicateId: "0x80040237",
  staleVersion: "0x80060882",
  missingPrivilege: "0x80040220",
  securedForCreate: "0x8004f507",
  securedForUpdate: "0x8004f508",
  notAMember: "0x80072560",
  unauthorized: "0x80060891",
  expiredDeltaToken: "0x80044352",
  tooManyRequests: "0x80072322",
  tooManyConcurrent: "0x80072326",
  unavailable: "0x80044150",
  unexpected: "0x80040216",
} as const;

/** A request that Dataverse refuses. */
export class DataverseError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(refusal: {
    status: number;
    code: keyof typeof dataverseErrorCodes;
    message: string;
    headers?: Readonly<Record<string, string>>;
  }) {
    super(refusal.message);
    this.name = "DataverseError";
    this.status = refusal.status;
    this.code = dataverseErrorCodes[refusal.code];
    this.headers = refusal.headers ?? {};
  }
}

/** A 400: the request itself is wrong. */
export function badRequest(message: string, code: keyof typeof dataverseErrorCodes = "badRequest"): DataverseError {
  return new DataverseError({ status: 400, code, message });
}

/** A 404: no such table, row or link. */
export function notFound(message: string, code: keyof typeof dataverseErrorCodes = "notFound"): DataverseError {
  return new DataverseError({ status: 404, code, message });
}

/** A 412: the condition of the request does not hold. */
export function conditionFailed(message: string, code: keyof typeof dataverseErrorCodes): DataverseError {
  return new DataverseError({ status: 412, code, message });
}
