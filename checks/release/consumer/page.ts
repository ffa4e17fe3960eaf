// Run by a page: leaves the outcome in the document, where the rehearsal reads it.
import { program } from './program.js'

program().then(
  (outcome) => (document.body.dataset.outcome = JSON.stringify(outcome)),
  (error: unknown) => (document.body.dataset.failure = String(error)),
)
