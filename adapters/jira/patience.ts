/** How long is waited for a sign of life. */
export interface Patience {
  readonly signal: AbortSignal;
  /** Something came through: begins anew. */
  renew(ms?: number): void;
  end(): void;
}

export function createPatience(timeoutMs: number): Patience {
  const controller = new AbortController();
  const giveUp = () => controller.abort(new DOMException('no answer in time', 'TimeoutError'));
  let timer = setTimeout(giveUp, timeoutMs);
  return {
    signal: controller.signal,
    renew(ms = timeoutMs) {
      clearTimeout(timer);
      timer = setTimeout(giveUp, ms);
    },
    end: () => clearTimeout(timer),
  };
}
