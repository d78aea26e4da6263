import { resolutionWords, statusNews, statusSentence } from '#domain/status-words.ts';
import type { TicketStatus } from '#domain/ticket.ts';

test.each<[string, TicketStatus['category'], string]>([
  ['To Do', 'waiting', 'Your request is in line; nobody in IT works on it yet.'],
  ['Waiting for support', 'waiting', 'Your request is in line; nobody in IT works on it yet.'],
  ['In Progress', 'in-progress', 'IT is working on it.'],
  ['Waiting for customer', 'in-progress', 'IT needs something from you to go on. Please answer here.'],
  ['Pending user feedback', 'waiting', 'IT needs something from you to go on. Please answer here.'],
  ['Needs info', 'in-progress', 'IT needs something from you to go on. Please answer here.'],
  ['Waiting for approval', 'in-progress', 'It waits for somebody’s approval.'],
  ['Pending vendor', 'in-progress', 'IT waits for another company.'],
  ['ON HOLD', 'in-progress', 'IT has put it on hold for now.'],
  ['In Review', 'in-progress', 'IT has done something about it and is checking it.'],
  ['Escalated', 'in-progress', 'IT has passed it on to a specialist.'],
  ['Scheduled', 'waiting', 'IT has planned when to do it.'],
  ['Reopened', 'waiting', 'Your request is open again.'],
  ['Done', 'done', 'IT says that this is solved.'],
  ['Resolved', 'done', 'IT says that this is solved.'],
  ['Closed', 'done', 'IT has closed your request.'],
  ['Canceled', 'done', 'IT has closed your request.'],
  ['Won’t do', 'done', 'IT has closed your request.'],
  ['Erledigt', 'done', 'IT says that this is solved.'],
  ['', 'in-progress', 'IT is working on it.'],
])('the status %s (%s): %s', (name, category, sentence) => {
  expect(statusSentence({ name, category })).toBe(sentence);
});

test.each<[string, TicketStatus['category'], string | null]>([
  ['To Do', 'waiting', null],
  ['Waiting for support', 'waiting', null],
  ['Waiting for customer', 'waiting', 'IT needs something from you to go on. Please answer here.'],
  ['On hold', 'waiting', 'IT has put it on hold for now.'],
  ['Waiting for approval', 'waiting', 'It waits for somebody’s approval.'],
  ['In Progress', 'in-progress', 'IT is working on it.'],
])('news of the status %s (%s): %s', (name, category, sentence) => {
  expect(statusNews({ name, category })).toBe(sentence);
});

test.each([
  [null, ''],
  ['Done', ''],
  ['Fixed', ''],
  ['Behoben', ''],
  ["Won't Do", 'it will not be done'],
  ['Won’t Fix', 'it will not be done'],
  ['Declined', 'it will not be done'],
  ['Duplicate', 'it is dealt with in another request'],
  ['Cannot Reproduce', 'the problem could not be seen'],
  ['Cancelled', 'the request was cancelled'],
  ['Workaround', 'there is a way around it'],
  ['Known Error', 'it is a known fault'],
])('the resolution %s adds “%s”', (resolution, words) => {
  expect(resolutionWords(resolution)).toBe(words);
});
