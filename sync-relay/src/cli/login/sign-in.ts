import {
  createInteractiveSignIn,
  type InteractiveSignIn,
  type SignedIn,
} from "../../adapters/entra/interactive-sign-in";
import type { RelaySettings } from "../../config/relay-settings";
import { RelayError } from "../../core/errors";
import { CommandProblem, Interrupted, usageProblem } from "../command-problem";
import type { Given } from "../command";
import type { CommandContext } from "../context";
import { givenSecret } from "../open/given-secret";
import { readPipedSecret } from "../read-input";
import { loginTexts } from "../texts/login-texts";
import { startLoopbackListener, type LoopbackListener } from "./loopback-listener";

/** A person may have to find a phone for the second factor. */
const WAIT_MINUTES = 5;
const MINUTE_MS = 60_000;
const LOWEST_PORT = 1_024;
const HIGHEST_PORT = 65_535;
/** Entra: a Conditional Access policy blocks this way of signing in. */
const BLOCKED_BY_POLICY = "AADSTS53003";

export interface SignInRequest {
  readonly settings: RelaySettings;
  readonly scope: string;
  /** The command that is run, for what mends a failure. */
  readonly line: string;
}

/** Signs a person in, in the way that the options say. */
export async function signIn(context: CommandContext, given: Given, request: SignInRequest): Promise<SignedIn> {
  const entra = createInteractiveSignIn(request.settings.signIn);
  const refreshToken = await givenToken(context, given);
  if (refreshToken !== null) return entra.byRefreshToken({ scope: request.scope, refreshToken });
  if (given.has("--device-code")) return byDeviceCode(context, entra, request);
  return byBrowser(context, { entra, given, request });
}

async function givenToken(context: CommandContext, given: Given): Promise<string | null> {
  if (given.has("--refresh-token-stdin")) return readPipedSecret(context, "--refresh-token-stdin");
  const path = given.text("--refresh-token-file");
  return path === undefined ? null : givenSecret(context, "--refresh-token-file", path);
}

async function byDeviceCode(
  context: CommandContext,
  entra: InteractiveSignIn,
  { scope, line }: SignInRequest,
): Promise<SignedIn> {
  const show = ({ url, code }: { readonly url: string; readonly code: string }): void =>
    context.out.warn(context.text(loginTexts.type, { url, code }));
  try {
    return await context.progress.during(context.text(loginTexts.waiting), () =>
      entra.byTypedCode({ scope, show, signal: context.world.stopping }),
    );
  } catch (thrown) {
    context.checkpoint();
    const code = thrown instanceof RelayError ? thrown.details.upstreamCode : undefined;
    if (code !== BLOCKED_BY_POLICY) throw thrown;
    throw new CommandProblem(loginTexts.deviceBlocked, { values: { code }, mend: line, cause: thrown });
  }
}

interface BrowserRequest {
  readonly entra: InteractiveSignIn;
  readonly given: Given;
  readonly request: SignInRequest;
}

async function byBrowser(context: CommandContext, { entra, given, request }: BrowserRequest): Promise<SignedIn> {
  const { text, world } = context;
  const listener = await listen(context, portIn(given));
  try {
    const loginHint = given.text("--user");
    const started = await entra.inBrowser({
      scope: request.scope,
      redirectUri: listener.url,
      ...(loginHint === undefined ? {} : { loginHint }),
    });
    context.out.warn(`${text(loginTexts.open, { minutes: WAIT_MINUTES })}\n  ${started.url}`);
    if (world.stderr.isTTY === true && !given.has("--print-url")) world.openBrowser(started.url);
    const answer = await context.progress.during(text(loginTexts.waiting), () =>
      answerTo(context, listener, started.state),
    );
    if (answer.kind === "refused") {
      throw new CommandProblem(loginTexts.refused, { values: { words: answer.words }, mend: request.line });
    }
    return await started.redeem(answer.code);
  } finally {
    listener.close();
  }
}

async function answerTo({ world }: CommandContext, listener: LoopbackListener, state: string) {
  const tooLate = AbortSignal.timeout(WAIT_MINUTES * MINUTE_MS);
  try {
    return await listener.answerTo(state, AbortSignal.any([world.stopping, tooLate]));
  } catch (cause) {
    if (world.stopping.aborted) throw new Interrupted();
    throw new CommandProblem(loginTexts.tooLate, { values: { minutes: WAIT_MINUTES }, cause });
  }
}

function portIn(given: Given): number {
  const value = given.text("--port");
  if (value === undefined) return 0;
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (port >= LOWEST_PORT && port <= HIGHEST_PORT) return port;
  throw usageProblem(loginTexts.badPort, { values: { value } });
}

async function listen({ text }: CommandContext, port: number): Promise<LoopbackListener> {
  try {
    return await startLoopbackListener(port, {
      done: text(loginTexts.pageDone),
      refused: text(loginTexts.pageRefused),
      stranger: text(loginTexts.pageStranger),
    });
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new CommandProblem(loginTexts.portTaken, { values: { port, reason }, cause });
  }
}
