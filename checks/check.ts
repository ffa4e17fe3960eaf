// What a check is: data, so that the runner, a test or another program can run it.

export interface CheckOptions {
  /** Update what the check compares with, where it compares with a committed file. */
  readonly write: boolean
}

export interface CheckResult {
  /** One entry per thing that is wrong, with its place and what to do; empty when all is well. */
  readonly problems: readonly string[]
  /** What was looked at, so that a check that saw nothing shows it. */
  readonly note: string
  /** What is worth knowing but not wrong; shown when the check is run by its name. */
  readonly details?: readonly string[]
}

export interface Check {
  readonly name: string
  /** Looks at the repository in the folder `root`. */
  readonly run: (root: string, options: CheckOptions) => Promise<CheckResult> | CheckResult
}
