import { pathOfNext, withLimit } from '../../../knowledge-sync/confluence/next-link.ts';

const cloud = 'https://acme.atlassian.net/wiki';
const gateway = 'https://api.atlassian.com/ex/confluence/11-22/wiki';

test.each([
  [
    'below the host',
    '/wiki/api/v2/spaces/1/pages?cursor=a%2Bb&limit=250',
    cloud,
    '/api/v2/spaces/1/pages?cursor=a%2Bb&limit=250',
  ],
  [
    'below the base',
    '/rest/api/content/search?cql=x%3D1&cursor=_sa_1',
    cloud,
    '/rest/api/content/search?cql=x%3D1&cursor=_sa_1',
  ],
  ['as a whole address', `${cloud}/api/v2/spaces?cursor=a`, cloud, '/api/v2/spaces?cursor=a'],
  [
    'of a site without a path of its own',
    '/rest/api/group/1/members?start=200',
    'https://wiki.acme.example',
    '/rest/api/group/1/members?start=200',
  ],
  ['behind a gateway', '/wiki/api/v2/spaces?cursor=a', gateway, '/api/v2/spaces?cursor=a'],
])('the rest of a listing is found %s', (_, next, baseUrl, path) => {
  expect(pathOfNext(next, baseUrl)).toBe(path);
});

test.each([
  ['another host', 'https://evil.example/wiki/api/v2/spaces?cursor=a'],
  ['another host without a scheme', '//evil.example/wiki/api/v2/spaces?cursor=a'],
  ['another scheme', 'http://acme.atlassian.net/wiki/api/v2/spaces'],
  ['another part of the host', '/wiki/login'],
  ['nowhere', 'https://'],
])('what leads to %s is not followed', (_, next) => {
  expect(() => pathOfNext(next, cloud)).toThrow(expect.objectContaining({ kind: 'rejected' }));
});

test('the number of items is changed, and nothing else', () => {
  expect(withLimit('/api/v2/spaces?cursor=a%2Bb&limit=250', 125)).toBe('/api/v2/spaces?cursor=a%2Bb&limit=125');
  expect(withLimit('/api/v2/spaces', 5)).toBe('/api/v2/spaces?limit=5');
});
