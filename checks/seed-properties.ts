import fc from 'fast-check'

// The same cases on every run and every machine: a failure that comes and goes helps nobody. Where the properties should
// be tried on other cases, FAST_CHECK_SEED says which.
fc.configureGlobal({ seed: Number(globalThis.process?.env.FAST_CHECK_SEED ?? 20261120) })
