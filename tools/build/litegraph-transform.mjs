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

/** Whether a module id names litegraph's core build. */
export function isLitegraphCore(id) {
  return id.replaceAll('\\', '/').split('?')[0].endsWith(CORE);
}

/**
 * Turns the source of litegraph's core build into an ECMAScript module that exports its classes, leaves the
 * global scope alone and compiles no text into code. Throws when an expected passage is missing, so that
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
  return [
    `const scope = {};`,
    `let ${UNDECLARED.join(', ')};`,
    code,
    `})(scope);`,
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
