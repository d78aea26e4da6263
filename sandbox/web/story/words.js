const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** 10:42:07. */
export function clockWithSeconds(at) {
  return clock.format(new Date(at));
}

/** 12 ms, 4.2 s, 3 min. */
export function duration(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`;
  return `${Math.round(ms / 3_600_000)} h`;
}

/** 0.9934 as "99 %"; two neighbours on either side of a threshold may need more digits to be told apart. */
export function percent(share, digits = 0) {
  return `${(share * 100).toFixed(digits)} %`;
}

/** The share with as many digits as it takes to tell it from each of the others. */
export function percentApart(share, others) {
  const isApart = (digits) =>
    others.every((other) => other === share || percent(other, digits) !== percent(share, digits));
  return percent(share, [0, 1, 2].find(isApart) ?? 2);
}

const statusWords = {
  200: 'OK',
  201: 'Created',
  204: 'Done',
  302: 'Moved',
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Forbidden',
  404: 'Not found',
  409: 'Conflict',
  429: 'Too many requests',
  500: 'Server error',
  502: 'Bad gateway',
  503: 'Unavailable',
  504: 'Timed out',
};

/** "503 Unavailable"; without a status there was no answer. */
export function statusText(status) {
  if (status === null) return 'No answer';
  return [status, statusWords[status]].filter(Boolean).join(' ');
}

/** "1 try", "3 tries". */
export function counted(count, one, many) {
  return `${count} ${count === 1 ? one : many}`;
}

/** What each kind of job is for. */
export const jobTitles = {
  answer: 'Works out what to do',
  deliver: 'Posts in the thread',
  settle: 'Takes the buttons off an earlier post',
  escalate: 'Opens a ticket in Jira',
  link: 'Links the ticket to the thread',
  mirror: 'Brings the ticket up to what the thread says',
  'refresh-ticket': 'Reads what the ticket says now',
  'share-files': 'Shows files of the ticket in the thread',
  amend: 'Tells the ticket what was sent with a form',
  reopen: 'Opens the ticket again',
  close: 'Closes what nobody has contradicted',
  suggest: 'Suggests an answer to IT staff',
  'count-followers': 'Tells IT how many people have the problem',
  'staff-act': 'Does what IT staff said in the triage channel',
  'propose-lesson': 'Looks what can be learnt from the ticket',
  'answer-privately': 'Takes the question into direct messages',
};

/** What Slack tells of; of Teams the server says it in words. */
export const eventTitles = {
  message: 'Slack tells Firstline of the message',
  app_mention: 'Slack tells Firstline of the mention',
  message_changed: 'Slack tells Firstline that the message was edited',
  message_deleted: 'Slack tells Firstline that the message was deleted',
  block_actions: 'Slack tells Firstline of the click',
  view_submission: 'Slack tells Firstline of the form that was sent',
  file_share: 'Slack tells Firstline of the message and its files',
};

/** What somebody pressed. */
export const actionWords = {
  stop: 'pressed “Stop”',
  solved: 'pressed “Solved”',
  'get-human': 'pressed “Get a human”',
  'answer-privately': 'pressed “Send it to me privately”',
  'not-yet': 'pressed “Not yet”',
  follow: 'pressed “Follow it”',
  'rate-1': 'rated it 1 of 5',
  'rate-2': 'rated it 2 of 5',
  'rate-3': 'rated it 3 of 5',
  'rate-4': 'rated it 4 of 5',
  'rate-5': 'rated it 5 of 5',
  take: 'pressed “Take”',
  'answer-here': 'pressed “Answer from here”',
  mute: 'pressed “Mute”',
  approve: 'pressed “Approve”',
  edit: 'pressed “Edit”',
  discard: 'pressed “Discard”',
};

/** What somebody sent with a form. */
export const formWords = {
  details: 'sent the form about the request:',
  'not-yet': 'sent what is still wrong:',
  'comment-rating': 'sent a word on the rating:',
  'answer-here': 'sent an answer:',
  edit: 'sent other words:',
};
