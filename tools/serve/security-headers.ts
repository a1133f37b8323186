import { contentPolicy, isolationHeaders } from '../../src/service-worker/isolation-headers.js';

/** The headers of every answer: isolation, the policy, and what a browser may neither guess nor tell. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  ...isolationHeaders,
  'Content-Security-Policy': contentPolicy,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};
