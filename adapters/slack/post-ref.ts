/** A post of ours. The turn belongs to its id: an update that keeps a button needs it. */
export interface OwnPost {
  readonly channel: string;
  readonly ts: string;
  /** What its buttons carry. */
  readonly turnId: string;
}

/** A post's ref, as {@link fromPostRef} reads it. */
export function toPostRef({ channel, ts, turnId }: OwnPost): string {
  return `${channel}/${ts}/${turnId}`;
}

/** The reverse of {@link toPostRef}. */
export function fromPostRef(ref: string): OwnPost {
  const [channel = '', ts = '', ...turn] = ref.split('/');
  return { channel, ts, turnId: turn.join('/') };
}
