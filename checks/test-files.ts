/**
 * Whether a file serves tests only: a test, or what several tests beside it share (`test-heaps.ts`). Such
 * files may import test tools, are no part of what is built, and need no changeset. The path begins at the repository
 * or at the package.
 */
export function isTestFile(path: string): boolean {
  return /\.test\.ts$|(?:^|\/)src\/(?:.*\/)?test-[^/]+\.ts$/.test(path.replaceAll('\\', '/'))
}
