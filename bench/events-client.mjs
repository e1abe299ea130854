import { parentPort } from 'node:worker_threads';
import { rate } from './clients.mjs';

// The shop's programs are not the companion: what they take to ask does not count as its own time.
/** @typedef {{url: string, calls: number, length: number}} Posting */

parentPort?.on('message', (/** @type {Posting} */ { url, calls, length }) => {
  rate(calls, length, (events) => post(url, length === 1 ? events[0] : events)).then(
    (perSecond) => parentPort?.postMessage({ perSecond }),
    (error) => parentPort?.postMessage({ failed: String(error) }),
  );
});

/**
 * @param {string} url
 * @param {unknown} body
 */
async function post(url, body) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/api/ai/event`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (response.status !== 201) throw new Error(`an event was answered ${response.status}: ${await response.text()}`);
  await response.text();
}
