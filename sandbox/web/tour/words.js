/** What is said before each of the three questions. */
export const offers = [
  {
    title: 'Ask what the guides answer',
    text: 'Firstline is an IT helpdesk that lives in the chat. Ask it something, misspelt as people do.',
  },
  { title: 'Ask what they only come close to', text: 'It answers only when it is sure enough. This one is close.' },
  { title: 'Ask what only a person can take', text: 'No guide says anything about this. See where it goes.' },
];

/** What is said of each outcome, and of what is pointed at. */
export const outcomes = {
  answered: {
    title: 'Answered, with its source',
    text: 'All that it says stands in a guide of the company’s. The marked line names it.',
  },
  suggested: {
    title: 'Not sure enough, so it says so',
    text: 'It offers guides that may help. “Get a human” hands the question to the IT team at any time.',
  },
  ticket: {
    title: 'One ticket, with the whole conversation',
    text: 'The reply says why, and names the ticket. The IT team sees it on the board, with a link back here.',
  },
  said: { title: 'Firstline replied', text: 'Its reply is in the thread.' },
};

export const waiting = {
  up: 'It searches the company’s guides. The answer comes in the thread.',
  away: 'Firstline is away just now. The question is delivered as soon as it is back.',
  disturbed: 'A fault is switched on, so this may take longer. Nothing is lost.',
  taken: 'The request is taken. The ticket follows as soon as Jira takes it.',
};
