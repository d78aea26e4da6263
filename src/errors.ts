/** What went wrong on the other side; decides how the queue goes on. */
export type RemoteErrorKind = 'rate-limited' | 'unavailable' | 'unauthorized' | 'rejected';

/**
 * A vendor's failure, translated by its adapter from the status code, never from words.
 *
 * Only the job runner reads `kind`: `rate-limited` and `unavailable` pass by themselves,
 * `unauthorized` and `rejected` need an admin and are logged as errors at once.
 */
export class RemoteError extends Error {
  readonly system: string;
  readonly kind: RemoteErrorKind;
  /** How long the vendor asked us to wait, or null when it did not say. */
  readonly retryAfterMs: number | null;
  /** It is certain that the other side did nothing of it: it refused, or was not reached. */
  readonly didNothing: boolean;

  constructor(
    system: string,
    kind: RemoteErrorKind,
    detail: { message: string; retryAfterMs?: number | null; didNothing?: boolean; cause?: unknown },
  ) {
    super(`${system}: ${detail.message}`, { cause: detail.cause });
    this.name = 'RemoteError';
    this.system = system;
    this.kind = kind;
    this.retryAfterMs = detail.retryAfterMs ?? null;
    this.didNothing = detail.didNothing ?? kind !== 'unavailable';
  }
}

/** Something the person who starts the program must mend: a setting, a folder, a database. Its message is all they see. */
export class SetupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SetupError';
  }
}

/** One document that cannot be read (not UTF-8, too large, no title). The sync reports it by name and goes on with the rest. */
export class DocumentFault extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DocumentFault';
  }
}
