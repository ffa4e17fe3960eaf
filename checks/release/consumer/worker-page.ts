// Starts worker.ts as a module worker and leaves its outcome in the document.
const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
const fail = (reason: string): string => (document.body.dataset.failure = reason)

worker.onerror = (event) => fail(event.message)
worker.onmessage = ({ data }: MessageEvent<{ outcome?: unknown; failure?: string }>) => {
  if (data.failure === undefined) document.body.dataset.outcome = JSON.stringify(data.outcome)
  else fail(data.failure)
}
