/** Asking for leave to read a file of the user again; not in TypeScript's own library yet. */
interface FileSystemHandle {
  queryPermission(descriptor: { readonly mode: 'read' }): Promise<PermissionState>;
  requestPermission(descriptor: { readonly mode: 'read' }): Promise<PermissionState>;
}
