// Run by Node, Deno and Bun: prints the outcome, and must then end by itself.
import { program } from './program.js'

console.log(JSON.stringify(await program()))
