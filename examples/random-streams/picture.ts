// Draws the estimates of π as an SVG.

export interface Estimate {
  /** How many points it is made from. */
  after: number
  estimate: number
}

const colours = ['#0b7285', '#e8590c', '#5f3dc4', '#2b8a3e']

/** Each run's estimates against their number of points, in the funnel that chance allows. */
export function convergence(runs: readonly (readonly Estimate[])[]): string {
  const points = Math.max(...runs.flat().map(({ after }) => after))
  const across = (after: number): number => 60 + (600 * Math.log(after / 100)) / Math.log(points / 100)
  const down = (estimate: number): number => 190 - 440 * (estimate - Math.PI)
  const path = (ends: readonly Estimate[]): string =>
    ends.map(({ after, estimate }) => `${across(after).toFixed(1)},${down(estimate).toFixed(1)}`).join(' ')

  // Two standard deviations: 95 of 100 estimates fall inside.
  const edge = (after: number, sign: number): Estimate => {
    return { after, estimate: Math.PI + sign * 2 * Math.sqrt((Math.PI * (4 - Math.PI)) / after) }
  }
  const steps = runs[0]!.map(({ after }) => after)
  const funnel = [...steps.map((after) => edge(after, 1)), ...steps.toReversed().map((after) => edge(after, -1))]

  const lines = runs.map(
    (run, i) => `<polyline points="${path(run)}" fill="none" stroke="${colours[i]}" stroke-width="2"/>`,
  )
  const ticks = [100, 1000, 10_000, 100_000, 1_000_000].map(
    (after) => `<text x="${across(after)}" y="375" text-anchor="middle">${after.toLocaleString('en')} points</text>`,
  )
  const levels = [2.8, 3, Math.PI, 3.4].map((level) => {
    const label = level === Math.PI ? 'π' : level.toFixed(1)
    return `<text x="50" y="${(down(level) + 4).toFixed(1)}" text-anchor="end">${label}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 400" font-family="sans-serif" font-size="13" fill="#495057">
<rect width="720" height="400" fill="#fff"/>
<polygon points="${path(funnel)}" fill="#e9ecef"/>
<line x1="60" x2="660" y1="${down(Math.PI)}" y2="${down(Math.PI)}" stroke="#868e96" stroke-dasharray="4 4"/>
${[...lines, ...ticks, ...levels].join('\n')}
</svg>
`
}
