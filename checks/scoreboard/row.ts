// What the scoreboard is made of: evidence that somebody else's tests, values or cases hold for ours.

export interface Row {
  /** What was run: `NumPy's random streams`. */
  readonly line: string
  readonly passed: number
  readonly total: number
  /** Against which version, how exactly, where the cases are. */
  readonly note: string
}

/** A file `checks/scoreboard/NAME.row.ts` exports one as `source`. */
export interface RowSource {
  /** What `--only` calls it. */
  readonly name: string
  /** Runs what the row is about in the repository at `root`. */
  readonly run: (root: string) => Promise<readonly Row[]>
}
