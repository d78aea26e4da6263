/**
 * Whether activities may name this address as their service, and we may send there: https at a host of the list (with a
 * dot before it all hosts below), or at a host with a port as the list has it, and then on loopback plain http as well.
 *
 * The address comes with each activity and is kept; whoever could put another one there would be told our token.
 */
export function isAllowedService(serviceUrl: string, hosts: readonly string[]): boolean {
  const url = URL.canParse(serviceUrl) ? new URL(serviceUrl) : null;
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return hosts.some((host) => isNamed(url, host));
  return url.protocol === 'http:' && url.port !== '' && isLoopback(url.hostname) && hosts.includes(url.host);
}

function isNamed(url: URL, host: string): boolean {
  return host.startsWith('.') ? url.host.endsWith(host) : url.host === host;
}

/** Of a URL, as it names its host. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
