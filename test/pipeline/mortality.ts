/** A call at which the process may die, e.g. `partnerCenter.patch` or `queue.checkpoint`. */
export interface Death {
  readonly call: string;
  /** Before the call has an effect, or after it and before anybody learns of it. */
  readonly when: "before" | "after";
}

/** Lets a process die at a call: it never hears of that call again, nor of any later one. */
export interface Mortality {
  /** The same port, on which the process may die. */
  readonly mortal: <Port extends object>(name: string, port: Port) => Port;
  /** The next such call is the last thing the process does. */
  readonly dieAt: (death: Death) => void;
  /** Resolves when the process dies. */
  readonly death: () => Promise<void>;
  readonly isDead: () => boolean;
  /** A new process begins. */
  readonly revive: () => void;
}

export function createMortality(): Mortality {
  let planned: Death | null = null;
  let life = newLife();

  async function pass(call: string, work: () => unknown): Promise<unknown> {
    const mine = life;
    if (mine.dead) return never;
    if (planned?.call === call) {
      const { when } = planned;
      planned = null;
      if (when === "after") await work();
      mine.die();
      return never;
    }
    return work();
  }

  return {
    mortal: (name, port) =>
      new Proxy(port, {
        get(target, key) {
          const member: unknown = Reflect.get(target, key);
          if (typeof member !== "function" || typeof key !== "string") return member;
          return (...given: unknown[]) => pass(`${name}.${key}`, () => Reflect.apply(member, target, given) as unknown);
        },
      }),
    dieAt: (death) => (planned = death),
    death: () => life.death,
    isDead: () => life.dead,
    revive: () => (life = newLife()),
  };
}

const never = new Promise<never>(() => undefined);

function newLife() {
  let tell = (): void => undefined;
  const life = { dead: false, death: new Promise<void>((resolve) => (tell = resolve)), die };
  function die(): void {
    life.dead = true;
    tell();
  }
  return life;
}
