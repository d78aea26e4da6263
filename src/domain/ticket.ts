/** The issue that belongs to a conversation. `key` and `url` are null until the ticket system has made it. */
export interface Ticket {
  readonly key: string | null;
  readonly url: string | null;
}

/**
 * What is to be created. `conversation`, its name, is the idempotency key: the adapter stores it with the ticket
 * and looks for it before it creates again.
 */
export interface TicketDraft {
  readonly conversation: string;
  /** One line. */
  readonly summary: string;
  /** The parts of the description, in order; vendor-free. */
  readonly body: readonly TicketSection[];
  /** E-mail of the requester; null when unknown. */
  readonly reporterEmail: string | null;
  readonly labels: readonly string[];
  /** When an earlier attempt began whose end is unknown; null on the first. */
  readonly triedAt: Date | null;
  /** Whether this attempt may create, and is noted as one that might have; else it only looks for an earlier one's ticket. */
  readonly mayCreate: boolean;
}

/** A heading with plain paragraphs, quoted speech or links. All text is plain: it is escaped by the adapter. */
export interface TicketSection {
  readonly heading: string;
  readonly lines: readonly TicketLine[];
}

export type TicketLine =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string; readonly note: string }
  | { readonly kind: 'said'; readonly who: string; readonly at: Date; readonly text: string };

/** A ticket as the ticket system knows it. */
export interface OpenTicket {
  readonly key: string;
  readonly url: string;
}
