/** How sure we are that the best passage answers the question, with its parts, so that it can be explained. */
export interface Confidence {
  /** Calibrated probability, 0 to 1. */
  readonly value: number;
  readonly signals: Readonly<Record<string, number>>;
}
