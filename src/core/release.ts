/** The program and its version, as files that it writes name them. */
export const release = { name: 'Crossweave', version: '0.2.0' } as const;
