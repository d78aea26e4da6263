import type { Answer, Call } from './http.ts';

/** A call to a vendor's API; `body` is the JSON that was sent, `status` null when the connection was dropped. */
export interface RecordedCall {
  readonly method: string;
  readonly path: string;
  /** What stands behind the question mark, decoded. */
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly status: number | null;
  /** When it came in. */
  readonly at: string;
  /** Until it was over. */
  readonly ms: number;
}

/** The calls of one server, the last so many of them. */
export interface CallRecord {
  readonly calls: readonly RecordedCall[];
  /** To be told when a call comes in, and when it is over. */
  begin(call: Call): void;
  end(call: Call, answer: Answer | null): void;
}

export function createCallRecord(most = 1000): CallRecord {
  const calls: RecordedCall[] = [];
  const begun = new WeakMap<Call, Date>();
  return {
    calls,
    begin: (call) => void begun.set(call, new Date()),
    end(call, answer) {
      const { method, path } = call;
      const at = begun.get(call) ?? new Date();
      calls.push({
        method,
        path,
        query: Object.fromEntries(call.query),
        body: sentJson(call),
        status: answer?.status ?? null,
        at: at.toISOString(),
        ms: Date.now() - at.getTime(),
      });
      if (calls.length > most) calls.shift();
    },
  };
}

function sentJson({ body }: Call): unknown {
  try {
    return body === '' ? null : (JSON.parse(body) as unknown);
  } catch {
    return null;
  }
}
