/** What one job took, in milliseconds. */
export interface Row {
  name: string
  plain: number
  one: number
  all: number
}

const WIDTH = 720
const LEFT = 210
const BAR = 18

/** A picture of how many times faster than plain TypeScript each job runs. */
export function bars(rows: Row[], cores: number): string {
  const most = Math.max(...rows.map(({ plain, all, one }) => plain / Math.min(all, one)))
  const scale = (WIDTH - LEFT - 80) / most
  const series = [
    { label: 'plain TypeScript', colour: '#b8bec9', of: () => 1 },
    { label: 'kernels, 1 thread', colour: '#5b8def', of: ({ plain, one }: Row) => plain / one },
    { label: `kernels, ${cores} threads`, colour: '#1f4fbf', of: ({ plain, all }: Row) => plain / all },
  ]
  const group = series.length * (BAR + 3) + 18
  const parts = rows.flatMap((row, i) => [
    `<text x="${LEFT - 12}" y="${50 + i * group + 1.5 * (BAR + 3) + 3}" text-anchor="end">${row.name}</text>`,
    ...series.flatMap(({ colour, of }, j) => {
      const y = 50 + i * group + j * (BAR + 3)
      const width = Math.max(2, of(row) * scale)
      return [
        `<rect x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="3" fill="${colour}"/>`,
        `<text x="${(LEFT + width + 8).toFixed(1)}" y="${y + BAR - 5}" class="value">${of(row).toFixed(of(row) < 10 ? 1 : 0)}×</text>`,
      ]
    }),
  ])
  const legend = series.map(
    ({ label, colour }, i) =>
      `<rect x="${LEFT + i * 160}" y="16" width="12" height="12" rx="2" fill="${colour}"/>` +
      `<text x="${LEFT + i * 160 + 18}" y="26">${label}</text>`,
  )
  const height = 50 + rows.length * group
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="13">`,
    '<style>text { fill: #3c4454 } .value { font-size: 12px }</style>',
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    ...legend,
    ...parts,
    '</svg>',
    '',
  ].join('\n')
}
