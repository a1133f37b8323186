// The model thread in a browser that has no Web Locks.
import './without-locks.js';
import '../../src/worker/models/model-worker.js';
