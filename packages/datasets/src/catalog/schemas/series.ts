// What each column of a file holds. Values over time.

export const flights = {
  year: 'number',
  month: 'text',
  passengers: 'number',
} as const

export const airlinePassengers = {
  Month: 'text',
  Passengers: 'number',
} as const

export const monthlySunspots = {
  Month: 'text',
  Sunspots: 'number',
} as const

export const dailyMinTemperatures = {
  Date: 'text',
  Temp: 'number',
} as const

export const dailyFemaleBirths = {
  Date: 'text',
  Births: 'number',
} as const

export const shampooSales = {
  Month: 'text',
  Sales: 'number',
} as const

export const monthlyCarSales = {
  Month: 'text',
  Sales: 'number',
} as const

export const co2 = {
  date: 'text',
  co2: 'number',
} as const

export const nile = {
  year: 'number',
  volume: 'number',
} as const

export const sunspots = {
  YEAR: 'number',
  SUNACTIVITY: 'number',
} as const

export const macrodata = {
  year: 'number',
  quarter: 'number',
  realgdp: 'number',
  realcons: 'number',
  realinv: 'number',
  realgovt: 'number',
  realdpi: 'number',
  cpi: 'number',
  m1: 'number',
  tbilrate: 'number',
  unemp: 'number',
  pop: 'number',
  infl: 'number',
  realint: 'number',
} as const

export const longley = {
  Obs: 'number',
  TOTEMP: 'number',
  GNPDEFL: 'number',
  GNP: 'number',
  UNEMP: 'number',
  ARMED: 'number',
  POP: 'number',
  YEAR: 'number',
} as const

export const elnino = {
  YEAR: 'number',
  JAN: 'number',
  FEB: 'number',
  MAR: 'number',
  APR: 'number',
  MAY: 'number',
  JUN: 'number',
  JUL: 'number',
  AUG: 'number',
  SEP: 'number',
  OCT: 'number',
  NOV: 'number',
  DEC: 'number',
} as const

export const euStockMarkets = {
  DAX: 'number',
  SMI: 'number',
  CAC: 'number',
  FTSE: 'number',
} as const

export const seattleWeather = {
  date: 'text',
  precipitation: 'number',
  temp_max: 'number',
  temp_min: 'number',
  wind: 'number',
  weather: ['drizzle', 'fog', 'rain', 'snow', 'sun'],
} as const
