/** Bytes as disks and downloads are told: in millions, or thousands of millions; what is tiny in thousands. */
export function inMegabytes(bytes: number): string {
  if (bytes > 0 && bytes < 1e5) return `${String(Math.max(1, Math.round(bytes / 1000)))} kB`;
  const size = bytes / 1e6;
  if (size >= 1000) return `${(size / 1000).toFixed(size >= 10_000 ? 0 : 2)} GB`;
  return `${size < 10 ? size.toFixed(1) : String(Math.round(size))} MB`;
}

/** A time to wait, coarse enough to be read while it changes. */
export function inMinutes(seconds: number): string {
  if (seconds < 60) return `${String(Math.max(1, Math.ceil(seconds)))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min`;
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
}
