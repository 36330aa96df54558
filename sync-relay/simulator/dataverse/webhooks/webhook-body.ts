import type { JsonObject } from "../../../src/core/json";
import type { SimulatorSettings } from "../simulator-settings";

/** A body ready to be posted. */
export interface WebhookBody {
  readonly bytes: Buffer;
  /** True when the body was too large and lost its parts with row data. */
  readonly sizeExceeded: boolean;
}

/** What a body over the limit loses. */
const STRIPPED = ["ParentContext", "InputParameters", "PreEntityImages", "PostEntityImages"];

/** The bytes of an execution context: size limit, escaped slashes, charset. */
export function webhookBody(context: JsonObject, settings: SimulatorSettings): WebhookBody {
  const whole = serialise(context, settings.charset);
  if (whole.length <= settings.webhookBodyLimitBytes) return { bytes: whole, sizeExceeded: false };
  const rest = Object.fromEntries(Object.entries(context).filter(([name]) => !STRIPPED.includes(name)));
  return { bytes: serialise(rest, settings.charset), sizeExceeded: true };
}

/** The serialiser of the service escapes every slash. */
function serialise(context: JsonObject, charset: SimulatorSettings["charset"]): Buffer {
  const bytes = Buffer.from(JSON.stringify(context).replaceAll("/", "\\/"), "utf8");
  if (charset === "utf8") return bytes;
  return Buffer.from(new TextDecoder("windows-1252").decode(bytes), "utf8");
}
