import { EMPTY, symmetric, value } from "./conversion-rules";

/** A value that is passed on as it is: for constants and for parts of a referral that are only copied. */
export const json = symmetric(null, (raw) => (raw === null ? EMPTY : value(raw)));
