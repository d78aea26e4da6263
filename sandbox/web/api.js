/** What the person at the page is told when the server does not answer at all. */
const goneSentence = 'The sandbox does not answer. It may have been stopped.';

/**
 * Asks the page's server.
 * @param {string} path with its query
 * @throws Error whose message is a sentence for the person at the page
 */
export function get(path) {
  return request(path, { method: 'GET' });
}

/** Sends JSON to the page's server; otherwise as {@link get}. */
export function post(path, body) {
  return request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** A path with its query, every value encoded. */
export function pathTo(path, query) {
  return `${path}?${new URLSearchParams(query)}`;
}

async function request(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error(goneSentence);
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Error(body?.error ?? `The sandbox answered ${response.status}.`);
  return body;
}
