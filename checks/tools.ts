// The checks that are other people's tools: the compiler, the linter, the formatter.
import type { Check } from './check.ts'
import { runProgram } from './process.ts'

function toolCheck(name: string, program: string, args: readonly string[], note: string): Check {
  return {
    name,
    async run(root) {
      const { code, output } = await runProgram(program, args, { cwd: root })
      return { problems: code === 0 ? [] : [output.trim()], note }
    },
  }
}

/** Every source, test, example, bench and config, under the one strict tsconfig. */
export const types: Check = toolCheck('types', 'tsc', ['--pretty', 'false'], 'tsc on sources and tests')

/** Warnings count: a rule that is worth running is worth obeying. */
export const lint: Check = toolCheck('lint', 'oxlint', ['--deny-warnings', '.'], 'oxlint')

export const format: Check = toolCheck(
  'format',
  'prettier',
  ['--check', '--log-level', 'warn', '--cache', '--cache-location', '.cache/prettier', '.'],
  'prettier; `prettier --write .` repairs',
)
