import { shedMethods } from './shed-methods.mjs';

/** The one file of litegraph.js that the project ships: the core, without a single node type. */
const CORE = 'litegraph.js/build/litegraph.core.js';

/** Old-script habits that fail in a module, or compile text into code, and what stands in their place. */
const REPLACEMENTS = [
  // A number typed into a built-in prompt was evaluated as a program.
  ['v = eval(v);', 'v = Number(v);'],
  // Node classes made from strings.
  ['var classobj = Function(ctor_code);', 'var classobj; throw new Error("unavailable");'],
  ['var classobj = Function(code);', 'var classobj; throw new Error("unavailable");'],
  ['(new Function("with(this) { " + code + "}")).call(this);', 'throw new Error("unavailable");'],
];

/** Names that the core assigns without declaring them: errors in a module's strict mode. */
const UNDECLARED = ['cloned', 'nodeNewType', 'filtered_extra', 'panel'];

const EXPORTS = ['LiteGraph', 'LGraph', 'LGraphCanvas', 'LGraphNode', 'LLink', 'DragAndScale'];

/**
 * The methods that a stage calls (`src/editor/litegraph.ts`): it draws, and knows where the view is. Its own mouse,
 * menus, dialogs, panels, execution and files are replaced by ours and need not travel.
 */
const KEPT = new Set([
  'LiteGraph.getTime',
  ...[
    'clear',
    'stop',
    'change',
    'sendActionToCanvas',
    'sendEventToAllNodes',
    'attachCanvas',
    'detachCanvas',
  ].map((name) => `LGraph.${name}`),
  ...['_ctor', 'getBounding'].map((name) => `LGraphNode.${name}`),
  ...['computeVisibleArea', 'toCanvasContext', 'convertCanvasToOffset', 'changeScale', 'reset'].map(
    (name) => `DragAndScale.${name}`,
  ),
  ...['clear', 'setGraph', 'setCanvas', 'setDirty', 'bringToFront', 'computeVisibleNodes'].map(
    (name) => `LGraphCanvas.${name}`,
  ),
  ...['draw', 'drawFrontCanvas', 'drawBackCanvas', 'getCanvasWindow'].map(
    (name) => `LGraphCanvas.${name}`,
  ),
]);

/** Whether a module id names litegraph's core build. */
export function isLitegraphCore(id) {
  return id.replaceAll('\\', '/').split('?')[0].endsWith(CORE);
}

/**
 * Turns the source of litegraph's core build into an ECMAScript module that exports its classes, leaves the
 * global scope alone, compiles no text into code and has only the methods that are used. Throws when an expected passage is missing, so that
 * another version of the library fails the build rather than ship unhardened.
 */
export function hardenLitegraph(source) {
  let code = source;
  for (const [from, to] of REPLACEMENTS) {
    if (!code.includes(from)) throw new Error(`litegraph.core.js no longer contains: ${from}`);
    code = code.replace(from, to);
  }
  const opening = '(function(global) {';
  const closing = '})(this);';
  if (code.indexOf(opening) < 0 || code.lastIndexOf(closing) < 0) {
    throw new Error('litegraph.core.js no longer has its outer function');
  }
  code = code.slice(0, code.lastIndexOf(closing)).replaceAll(closing, '})(scope);');
  if (/\beval\s*\(|\bFunction\s*\(/.test(code.replaceAll(/\/\/.*$/gm, ''))) {
    throw new Error('litegraph.core.js still compiles text into code');
  }
  code = shedMethods(code.concat('\n})(scope);'), KEPT);
  return [
    `const scope = {};`,
    `let ${UNDECLARED.join(', ')};`,
    code,
    `scope.LLink = scope.LiteGraph.LLink;`,
    `export const { ${EXPORTS.join(', ')} } = scope;`,
  ].join('\n');
}

/** The transform as a plugin for rollup (`transform(code, id)`). */
export function litegraphRollupPlugin() {
  return {
    name: 'litegraph-core',
    transform(code, id) {
      return isLitegraphCore(id) ? { code: hardenLitegraph(code), map: null } : null;
    },
  };
}

/** The transform as a plugin for the development server that runs the browser tests. */
export function litegraphDevServerPlugin() {
  return {
    name: 'litegraph-core',
    transform(context) {
      return isLitegraphCore(context.path) ? { body: hardenLitegraph(context.body) } : undefined;
    },
  };
}
