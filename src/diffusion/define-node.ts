import { nodeKit } from '../core/node/definition.js';
import type { ForecastFacts } from './forecast-facts.js';
import type { SocketForecasts } from './forecast-values.js';
import type { Services } from './services.js';
import type { Sockets } from './sockets.js';

/** Declares a node with Crossweave's socket types, services and forecasts. */
export const defineNode = nodeKit<Sockets, Services, SocketForecasts, ForecastFacts>();
