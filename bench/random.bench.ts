import { randomState } from '@lab/tensor/random'
import { closePeers, pythonPeer } from './python-peer.ts'
import type { BenchTask } from './task.ts'

const n = 100_000
const seed = 42

/** Both sides make their stream anew each time, so that every run gives the same numbers. */
function draw(task: string, ours: () => ArrayLike<number>, method: string, args: readonly number[]): BenchTask {
  return {
    task: `${task} ${n}`,
    async prepare() {
      // NumPy draws in one thread, whatever it is given.
      const numpy = await pythonPeer({ module: 'random', task: 'draw', args: { method, args }, threads: [1] })
      return {
        ours,
        peers: { numpy },
        async equal() {
          if ('absent' in numpy) return false
          const theirs = (await numpy[0]!.result()) as number[]
          return theirs.length === n && Array.from(ours()).every((value, i) => Object.is(value, theirs[i]))
        },
        finish: () => closePeers(numpy),
      }
    },
  }
}

export const tasks: readonly BenchTask[] = [
  draw('random', () => randomState(seed).random(n), 'random', [n]),
  draw('standard normal', () => randomState(seed).standardNormal(n), 'standard_normal', [n]),
  draw('standard gamma 2.2', () => randomState(seed).standardGamma(2.2, n), 'standard_gamma', [2.2, n]),
  draw('poisson 42', () => randomState(seed).poisson(42, n), 'poisson', [42, n]),
  draw('integers 1000', () => randomState(seed).integers(0, 1000, n), 'randint', [0, 1000, n]),
  draw('permutation', () => randomState(seed).permutation(n), 'permutation', [n]),
]
