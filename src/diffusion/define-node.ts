import { nodeKit } from '../core/node/definition.js';
import type { Services } from './services.js';
import type { Sockets } from './sockets.js';

/** Declares a node with Crossweave's socket types and services. */
export const defineNode = nodeKit<Sockets, Services>();
