/** What a request is for, in plain words, and the kinds of job that make it. */
export interface Purpose {
  readonly words: string;
  readonly jobs: readonly string[];
}

/** The jobs that bring ticket and thread up to each other. */
export const ticketJobs = [
  'mirror',
  'refresh-ticket',
  'amend',
  'suggest',
  'count-followers',
  'propose-lesson',
] as const;
