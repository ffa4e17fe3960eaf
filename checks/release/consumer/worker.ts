// Run as a module worker: sends the outcome to the page that started it.
import { program } from './program.js'

program().then(
  (outcome) => postMessage({ outcome }),
  (error: unknown) => postMessage({ failure: String(error) }),
)
