// Takes the Web Locks away from a thread.
Reflect.deleteProperty(Object.getPrototypeOf(navigator) as object, 'locks');
if ('locks' in navigator) throw new Error('The locks are still there.');

export {};
