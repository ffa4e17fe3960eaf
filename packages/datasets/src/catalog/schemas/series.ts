/** What each column of a file holds. Values over time. */
export const seriesSchemas = {
  flights: {
    year: 'number',
    month: 'text',
    passengers: 'number',
  },

  airlinePassengers: {
    Month: 'text',
    Passengers: 'number',
  },

  monthlySunspots: {
    Month: 'text',
    Sunspots: 'number',
  },

  dailyMinTemperatures: {
    Date: 'text',
    Temp: 'number',
  },

  dailyFemaleBirths: {
    Date: 'text',
    Births: 'number',
  },

  shampooSales: {
    Month: 'text',
    Sales: 'number',
  },

  monthlyCarSales: {
    Month: 'text',
    Sales: 'number',
  },

  co2: {
    date: 'text',
    co2: 'number',
  },

  nile: {
    year: 'number',
    volume: 'number',
  },

  sunspots: {
    YEAR: 'number',
    SUNACTIVITY: 'number',
  },

  macrodata: {
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
  },

  longley: {
    Obs: 'number',
    TOTEMP: 'number',
    GNPDEFL: 'number',
    GNP: 'number',
    UNEMP: 'number',
    ARMED: 'number',
    POP: 'number',
    YEAR: 'number',
  },

  elnino: {
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
  },

  euStockMarkets: {
    DAX: 'number',
    SMI: 'number',
    CAC: 'number',
    FTSE: 'number',
  },

  seattleWeather: {
    date: 'text',
    precipitation: 'number',
    temp_max: 'number',
    temp_min: 'number',
    wind: 'number',
    weather: ['drizzle', 'fog', 'rain', 'snow', 'sun'],
  },
} as const
