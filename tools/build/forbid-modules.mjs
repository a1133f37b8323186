// @ts-check

/**
 * Fails the build, naming the module, when a module whose path matches the pattern contributes code to the bundle.
 * @param {RegExp} pattern
 * @param {string} reason
 * @returns {import('rollup').Plugin}
 */
export function forbidModules(pattern, reason) {
  return {
    name: 'forbid-modules',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        for (const [id, module] of Object.entries(file.modules)) {
          if (module.renderedLength > 0 && pattern.test(id.replaceAll('\\', '/'))) {
            this.error(`${file.fileName} contains ${id}. ${reason}`);
          }
        }
      }
    },
  };
}
