import { decodeDoubles } from './decode-doubles.ts'

/**
 * The reciprocals 1/c of the 128 subinterval centres that `log` reduces its argument by: figures (not code) from the
 * table of log in Arm's Optimized Routines, which glibc uses too. Each c was searched for there so that log(c) lies
 * within a hair of a multiple of 2⁻⁴³; the logarithms themselves are therefore computed here, not stored.
 */
const reciprocals = /* @__PURE__ */ [
  'n97gw/A09z8f6SxqeBP3P6C1+ghg8vY/fYwTH6bR9j/RtMULSbH2P7oMLzNHkfY/I0IiGJ9x9j/ZHqWZT1L2P8Qkj6pWM/Y/FNyd',
  'a7MU9j9MXMZSZPb1P08skbVn2PU/3pBby7y69T94GtnyYZ31P4dWRhJWgPU/02vnzpdj9T+Tf6fiJUf1P4NFBkL/KvU/372y2yIP',
  '9T/X3jRHj/P0P0Ao3s9D2PQ/yKN4wD699D+KJeDDf6L0PzSE1CQFiPQ/Cy0ZG85t9D9UGDnT2VP0P1qEtEQnOvQ/+/gVQbUg9D+x',
  '9D7aggf0P4/+V12P7vM/6UwLoNnV8z8rwRDAYL3zP7jadSskpfM/AtCfzSKN8z8ceoTFW3XzP+I2rUnOXfM/QNRNmHlG8z8ky//O',
  'XC/zP0kNoXV3GPM/kDk+N8gB8z9B+JW7TuvyP9GpGQIK1fI/Kv23qPm+8j+rGwx6HKnyPzC1FGByk/I/9aFXV/p98j+/Ox2bs2jy',
  'P731j4OdU/I/OwjJqrc+8j+2QKkrASryPzJBzJZ5FfI/m/zSHSAB8j8LSE1J9OzxP2llj1L12PE/fH5XESPF8T/pJst0fLHxP7Ya',
  'LAwBnvE/vXC2e7CK8T+2vO8linfxP9oxTDWNZPE/3V8nkLlR8T9M0jKkDj/xP9r5EHKLLPE/MbXsKDAa8T+vNITa+wfxP7NrTg/u',
  '9fA/zp8qXQbk8D8hpSxjRNLwPxqY4nynwPA/0TbGgy+v8D85E6CY253wP9/nUq+rjPA/+yhOL5978D8ZjzWMtWrwPyz57KXuWfA/',
  'kCzRzUlJ8D+prfDGxjjwP6kyeRNlKPA/SHPqJyQY8D+VsRQGBAjwPxr6Jvcf4O8/dOphwhyh7z8umYGwEGPvP82t7jz2Je8/5xOR',
  'A8jp7j+rsct4gK7uP5sMnaIadO4/tZkKg5E67j9WmmAJ4AHuP5i7d+UByu0/A5F8C/KS7T/OXPtmrFztP53eXqosJ+0/zSxrPm7y',
  '7D8Ceaeibb7sP20IN20mi+w/BFhdvZRY7D+Mn7sztSbsPz/n7O6D9es/wZbbdf3E6z8oSoYMHpXrPyw+78XiZes/i4jJZ0g36z9K',
  'MB0hSwnrP37v8oXo2+o/oj1gMR2v6j+nWNM/5oLqP4tzCe9AV+o/J0urkCos6j/R8pMToAHqPxs82ySf1+k/kLHHBSWu6T8vzpfy',
  'LoXpP3VLpO66XOk/OEjnncY06T/mUmcvTw3pP53X/45S5ug/fADMn86/6D8Ow77awJnoP/sXI6ondOg/CJqzrABP6D9VPmXoSSro',
  'P2AC9JUBBug/KaPgYyXi5z+ttdx3s77nP8Ill2eqm+c/VwYX8gd55z8ME9bbylbnPw==',
].join('')

/** Four numbers per subinterval: 1/c, its upper 26 bits, the rest of it, and log(c) to a multiple of 2⁻⁴³. */
export function logTable(): Float64Array {
  const table = new Float64Array(4 * 128)
  decodeDoubles(reciprocals).forEach((reciprocal, i) => {
    const shifted = 134217729 * reciprocal
    const upper = shifted - (shifted - reciprocal)
    // The distance to a tie is near half a unit for every entry, so that any engine's Math.log rounds to the same one.
    const logarithm = Math.round(-Math.log(reciprocal) * 2 ** 43) / 2 ** 43
    table.set([reciprocal, upper, reciprocal - upper, logarithm], 4 * i)
  })
  return table
}
